-- A person's id as their key in the log, or back. An id whose person was erased is kept by nothing: whoever was about to
-- write a row of them while that happened writes none, or the id would stand in the chain for ever.
create or replace function audit_person(person_ref text, back boolean) returns text
language plpgsql stable
as $$
declare
    known text := coalesce(
        case when back then (select id from person where log_key = person_ref)
        else (select log_key from person where id = person_ref) end,
        case when back then (select person_id from person_alias where log_key = person_ref)
        else (select max(log_key) from person_alias where id = person_ref) end
    );
begin
    if known is null and not back and exists (select from erased)
        and exists (select from erased where id_hash = erased_hash(person_ref)) then
        raise exception 'whoever had this id was erased' using errcode = 'check_violation', constraint = 'log_names_nobody_erased';
    end if;
    return coalesce(known, person_ref);
end
$$;

-- After a way back to a version that does not know of it, whoever was erased is known as such again.
update person
set erased_at = deactivated_at
where erased_at is null and deactivated_at is not null and id = log_key and name = 'Somebody who has left' and email is null;
