-- People by words of their names. person_name_words goes one release later.
create index concurrently if not exists person_folded_name_words on person using gin (name_words(name));
