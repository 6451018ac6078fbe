-- Lists of people by name. person_by_name, which the version before lists by, goes one release later.
create index concurrently if not exists person_by_folded_name on person (folded(name), id);
