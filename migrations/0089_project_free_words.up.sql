-- Projects by what is written of them. The column search goes one release later.
create index concurrently if not exists project_free_words on project using gin (free_words(title || ' ' || purpose || ' ' || judged_by));
