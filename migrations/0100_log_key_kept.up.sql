-- The log's chain holds people's keys and not whose they are: with another's key, what somebody did would be
-- read as the other's, and no link would be broken. It is not the serving login's to change.
create function person_log_key_stays() returns trigger
language plpgsql
as $$
begin
    if new.log_key is distinct from old.log_key then
        raise exception 'a person''s key in the log stays' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

create trigger person_log_key_stays before update of log_key on person
for each row execute function person_log_key_stays();
