drop index concurrently if exists person_folded_name_words;
