-- A lead that somebody had before counts when a colleague confirms it: the ask says which.
alter table ask add column about text not null default '';

-- Names are looked for as they are written; no word of a name is a stop word.
create index person_name_words on person using gin (to_tsvector('simple', name));
