-- What the organisation calls several circles; empty: its word for one, with an s.
alter table organisation add column circle_words text not null default '';
alter table organisation add constraint organisation_circle_words_seen check (circle_words !~ '[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]');
