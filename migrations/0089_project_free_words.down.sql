drop index concurrently if exists project_free_words;
