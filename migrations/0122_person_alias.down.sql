create or replace view audit_told as
select event.id, event.position, event.at, event.recorded_at,
    event.actor_id as actor_key,
    coalesce(actor.id, event.actor_id) as actor_id,
    event.action, event.noun,
    coalesce(about.id, event.noun_id) as noun_id,
    event.project_id, event.circle_id,
    audit_people(event.details || coalesce(content.details, '{}'), true) as details
from audit_event event
left join audit_content content on content.event_id = event.id
left join person actor on actor.log_key = event.actor_id
left join person about on about.log_key = event.noun_id and event.noun in ('person', 'account');

create or replace function audit_person(person_ref text, back boolean) returns text
language sql stable
as $$
    select coalesce(
        case when back then (select id from person where log_key = person_ref)
        else (select log_key from person where id = person_ref) end,
        person_ref
    )
$$;

drop trigger account_no_alias on account;

drop function account_is_no_alias();

drop trigger person_no_alias_changed on person;

drop trigger person_no_alias_added on person;

drop function person_is_no_alias();

drop table email_alias;

drop table person_alias;
