drop trigger person_stays_erased on person;

drop function person_stays_erased();

drop trigger person_not_erased_changed on person;

drop trigger person_not_erased_added on person;

drop function person_is_not_erased();

drop function erased_hash(text);

alter table person drop column erased_at;

drop table erased;

drop table erasure;

drop table removed;

drop table retention;
