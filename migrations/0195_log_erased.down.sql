create or replace function audit_person(person_ref text, back boolean) returns text
language sql stable
as $$
    select coalesce(
        case when back then (select id from person where log_key = person_ref)
        else (select log_key from person where id = person_ref) end,
        case when back then (select person_id from person_alias where log_key = person_ref)
        else (select max(log_key) from person_alias where id = person_ref) end,
        person_ref
    )
$$;
