drop trigger audit_event_chain on audit_event;

alter table audit_event disable trigger audit_event_no_change;

-- The version before names people by their ids. What was erased stays so.
update audit_event
set actor_id = told.actor_id, noun_id = told.noun_id, details = told.details
from audit_told told
where told.id = audit_event.id;

alter table audit_event enable trigger audit_event_no_change;

drop view audit_told;
drop function audit_event_chain();
drop function audit_kept(audit_event);
drop function audit_hash(bytea, audit_event);
drop function audit_field(bytea);
drop function audit_lasting(text, text, jsonb);
drop function audit_people(jsonb, boolean, boolean);
drop function audit_person(text, boolean);
drop function audit_person_names();
drop table audit_head;
drop table audit_content;

alter table audit_event
    drop column position,
    drop column content_hash,
    drop column hash;
