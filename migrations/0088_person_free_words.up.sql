-- People by what they say of themselves. The column search goes one release later.
create index concurrently if not exists person_free_words on person using gin (free_words(name || ' ' || about));
