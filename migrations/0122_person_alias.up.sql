-- Two people who were one: the id and the key in the log of whom was merged, and who they are now. The log
-- names people by a key that nothing changes; this is what reads the key of somebody merged as whom they are.
create table person_alias (
    log_key   text primary key,
    id        text not null, -- more than once where whom it leads to took it, and was merged too
    person_id text not null references person on update cascade on delete cascade,
    made_at   timestamptz not null
);

create index person_alias_id on person_alias (id);

create index person_alias_person on person_alias (person_id);

-- Addresses by which somebody is known besides their own: signing in, files and invitations know them.
create table email_alias (
    email     text primary key,
    person_id text not null references person on update cascade on delete cascade,
    made_at   timestamptz not null,
    constraint email_alias_lower check (email = lower(email) and btrim(email) <> '')
);

create index email_alias_person on email_alias (person_id);

-- An id or an address that leads to somebody is not given to somebody else. It looks after the rows are
-- written, so that whoever waited for a merge sees what it made. Where it leads to nobody at that moment, its
-- person is being given another id, and it follows in the same statement.
create function person_is_no_alias() returns trigger
language plpgsql
as $$
begin
    if exists (
        select from new_rows
        join person_alias taken on taken.id = new_rows.id and taken.person_id <> new_rows.id
        join person kept on kept.id = taken.person_id
    ) then
        raise exception 'this id leads to somebody who was merged' using errcode = 'unique_violation', constraint = 'person_alias_id';
    end if;
    if exists (
        select from new_rows
        join email_alias taken on taken.email = lower(new_rows.email) and taken.person_id <> new_rows.id
        join person kept on kept.id = taken.person_id
    ) then
        raise exception 'this address leads to somebody who was merged' using errcode = 'unique_violation', constraint = 'person_email_once';
    end if;
    return null;
end
$$;

create trigger person_no_alias_added after insert on person
referencing new table as new_rows
for each statement execute function person_is_no_alias();

create trigger person_no_alias_changed after update on person
referencing new table as new_rows
for each statement execute function person_is_no_alias();

create function account_is_no_alias() returns trigger
language plpgsql
as $$
begin
    if exists (
        select from email_alias taken
        join person kept on kept.id = taken.person_id
        where taken.email = lower(new.email) and taken.person_id <> new.person_id
    ) then
        raise exception 'this address leads to somebody who was merged' using errcode = 'unique_violation', constraint = 'account_email_once';
    end if;
    return null;
end
$$;

create trigger account_no_alias after insert or update of email, person_id on account
for each row execute function account_is_no_alias();

-- A person's id as their key in the log, or back as the id that they have now. Whoever was merged keeps the
-- key that they had. Other texts stay.
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

-- The log as it is read: people by the ids that they have now, and by the key of whom they are now.
create or replace view audit_told as
select event.id, event.position, event.at, event.recorded_at,
    coalesce(actor.log_key, acted.log_key, event.actor_id) as actor_key,
    coalesce(actor.id, acted.id, event.actor_id) as actor_id,
    event.action, event.noun,
    coalesce(about.id, about_was.person_id, event.noun_id) as noun_id,
    event.project_id, event.circle_id,
    audit_people(event.details || coalesce(content.details, '{}'), true) as details
from audit_event event
left join audit_content content on content.event_id = event.id
left join person actor on actor.log_key = event.actor_id
left join person_alias actor_was on actor_was.log_key = event.actor_id
left join person acted on acted.id = actor_was.person_id
left join person about on about.log_key = event.noun_id and event.noun in ('person', 'account')
left join person_alias about_was on about_was.log_key = event.noun_id and event.noun in ('person', 'account');
