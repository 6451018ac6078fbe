-- A time zone that this database does not know, though Skein does (their lists differ in age), would break every
-- page that asks for the organisation's day.
create function organisation_zone_is_known() returns trigger
language plpgsql
as $$
begin
    perform timestamp '2000-01-01' at time zone new.zone;
    return new;
exception when invalid_parameter_value then
    raise exception 'this database knows no time zone "%"', new.zone
        using errcode = 'check_violation', constraint = 'organisation_zone_known', table = 'organisation';
end
$$;

create trigger organisation_zone_is_known before insert or update of zone on organisation
for each row execute function organisation_zone_is_known();
