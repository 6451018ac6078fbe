drop index concurrently if exists person_by_folded_name;
