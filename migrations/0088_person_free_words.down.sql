drop index concurrently if exists person_free_words;
