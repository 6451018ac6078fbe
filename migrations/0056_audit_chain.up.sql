-- The log as a chain: each row has a gapless position and a hash over its fields and the hash before
-- it. Rows that the version before adds, without these columns, are put in the chain too.
alter table audit_event
    add column position bigint,
    -- of the personal content beside the row, salted; null where it has none
    add column content_hash bytea,
    add column hash bytea;

-- What a row holds of names and free texts. It lies beside the chain, so that it can be erased: the
-- chain has its salted hash, which tells nothing once the salt is gone.
create table audit_content (
    event_id bigint primary key,
    salt     bytea not null,
    details  jsonb not null,
    constraint audit_content_salt_long check (octet_length(salt) = 16)
);

create trigger audit_content_no_change before update on audit_content
for each row execute function audit_event_is_append_only();

create trigger audit_content_no_truncate before truncate on audit_content
for each statement execute function audit_event_is_append_only();

-- The last link. Whoever adds a row locks it until they commit, so that positions have no gaps and
-- come in the order of the commits.
create table audit_head (
    single   boolean primary key default true,
    position bigint not null,
    hash     bytea not null,
    constraint audit_head_single check (single)
) with (fillfactor = 10);

insert into audit_head (position, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Under these names details hold people.
create function audit_person_names() returns text[]
language sql immutable
return array['asked_of', 'coach', 'given_by', 'lead', 'link_made_by', 'manager', 'owner', 'person', 'with'];

-- A person's id as their key in the log, or back as the id that they have now. Other texts stay.
create function audit_person(person_ref text, back boolean) returns text
language sql stable
as $$
    select coalesce(
        case when back then (select id from person where log_key = person_ref)
        else (select log_key from person where id = person_ref) end,
        person_ref
    )
$$;

-- Details with each person in them named by their key, or back by their id.
create function audit_people(details jsonb, back boolean, named boolean default false) returns jsonb
language plpgsql stable
as $$
begin
    -- most name nobody, and need no walk
    if not named and details::text !~ ('"(' || array_to_string(audit_person_names(), '|') || ')": ') then
        return details;
    end if;
    case jsonb_typeof(details)
        when 'string' then
            return case when named then to_jsonb(audit_person(details #>> '{}', back)) else details end;
        when 'array' then
            return (
                select coalesce(jsonb_agg(audit_people(part.value, back, named) order by part.ordinality), '[]')
                from jsonb_array_elements(details) with ordinality part
            );
        when 'object' then
            return (
                select coalesce(jsonb_object_agg(part.key, audit_people(part.value, back, part.key = any (audit_person_names()))), '{}')
                from jsonb_each(details) part
            );
        else
            return details;
    end case;
end
$$;

-- Whether a detail stays in the chain for ever: numbers, yes and no, moments, ids and words of ours.
-- Whatever is not listed here lies beside it: a name or a free text under a new name does, too.
create function audit_lasting(action text, name text, detail jsonb) returns boolean
language sql immutable
as $$
    select case jsonb_typeof(detail)
        when 'number' then true
        when 'boolean' then true
        when 'null' then true
        when 'string' then
            detail #>> '{}' = ''
            or detail #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            or detail #>> '{}' ~ '^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?$'
            or name in ('hat', 'kind', 'role', 'rule', 'skill', 'state') and detail #>> '{}' ~ '^[a-z0-9][a-z0-9_.-]{0,63}$'
            or name = 'why' and action in ('claim.pass_over', 'term.lapse') and detail #>> '{}' ~ '^[a-z]+$'
        when 'array' then
            name = 'changed' and not exists (
                select from jsonb_array_elements(detail) part
                where jsonb_typeof(part) <> 'string' or part #>> '{}' !~ '^[a-z][a-z_]*$'
            )
        else action = 'import.load' and name in ('counts', 'files')
    end
$$;

-- An event as the log keeps it: people by their keys, personal content put beside it.
create function audit_kept(event audit_event) returns audit_event
language plpgsql
as $$
declare
    keyed jsonb := audit_people(event.details, false);
    beside jsonb;
    fresh bytea := substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) for 16);
begin
    event.actor_id := audit_person(event.actor_id, false);
    if event.noun in ('person', 'account') then
        event.noun_id := audit_person(event.noun_id, false);
    end if;
    if jsonb_typeof(keyed) <> 'object' then
        keyed := jsonb_build_object('value', keyed);
    end if;
    select jsonb_object_agg(part.key, part.value) filter (where lasts.yes),
        jsonb_object_agg(part.key, part.value) filter (where not lasts.yes)
    into event.details, beside
    from jsonb_each(keyed) part
    cross join lateral (select audit_lasting(event.action, part.key, part.value) as yes) lasts;
    event.content_hash := null;
    if keyed is not null then
        event.details := coalesce(event.details, '{}');
    end if;
    if beside is not null then
        event.content_hash := sha256(fresh || convert_to(beside::text, 'UTF8'));
        insert into audit_content (event_id, salt, details) values (event.id, fresh, beside);
    end if;
    return event;
end
$$;

-- A field as it is hashed: its length in four bytes, then its bytes. Null has the length -1.
create function audit_field(field bytea) returns bytea
language sql immutable
return coalesce(int4send(octet_length(field)) || field, int4send(-1));

-- The hash of an event after the hash before it. Numbers are eight bytes, the highest first; times
-- are such numbers, in microseconds since 2000 UTC (the infinities are the greatest and the least);
-- texts are UTF-8; details are the text of the jsonb.
create function audit_hash(before bytea, event audit_event) returns bytea
language sql stable
as $$
    select sha256(
        before
        || audit_field(int8send(event.position))
        || audit_field(int8send(event.id))
        || audit_field(timestamptz_send(event.at))
        || audit_field(timestamptz_send(event.recorded_at))
        || audit_field(convert_to(event.actor_id, 'UTF8'))
        || audit_field(convert_to(event.action, 'UTF8'))
        || audit_field(convert_to(event.noun, 'UTF8'))
        || audit_field(convert_to(event.noun_id, 'UTF8'))
        || audit_field(convert_to(event.project_id, 'UTF8'))
        || audit_field(convert_to(event.circle_id, 'UTF8'))
        || audit_field(convert_to(event.details::text, 'UTF8'))
        || audit_field(event.content_hash)
    )
$$;

-- Rows that were there before, in the order in which they came. The last link is written once: one
-- row that is updated many times in one transaction grows slow.
alter table audit_event disable trigger audit_event_no_change;

do $$
declare
    event audit_event;
    head audit_head;
begin
    select * into head from audit_head;
    for event in select * from audit_event order by id loop
        event := audit_kept(event);
        event.position := head.position + 1;
        event.hash := audit_hash(head.hash, event);
        head.position := event.position;
        head.hash := event.hash;
        update audit_event
        set actor_id = event.actor_id, noun_id = event.noun_id, details = event.details,
            position = event.position, content_hash = event.content_hash, hash = event.hash
        where id = event.id;
    end loop;
    update audit_head set position = head.position, hash = head.hash;
end
$$;

alter table audit_event enable trigger audit_event_no_change;

alter table audit_event
    alter column position set not null,
    alter column hash set not null,
    add constraint audit_event_position_once unique (position);

-- It runs as the owner of the log, because a login that serves may change neither the last link nor
-- what lies beside a row. All reading comes before the last link is locked.
create function audit_event_chain() returns trigger
language plpgsql security definer
as $$
declare
    head audit_head;
begin
    new := audit_kept(new);
    select * into head from audit_head for update;
    if not found then
        raise exception 'the head of the log''s chain is missing';
    end if;
    new.position := head.position + 1;
    new.hash := audit_hash(head.hash, new);
    update audit_head set position = new.position, hash = new.hash;
    return new;
end
$$;

-- Fixed, so that nobody's own tables or functions are taken for these.
do $$
begin
    execute format('alter function audit_event_chain() set search_path = pg_catalog, %I, pg_temp', current_schema());
end
$$;

-- A trigger of somebody else's table would move the last link.
revoke all on function audit_event_chain() from public;
revoke all on function audit_kept(audit_event) from public;

create trigger audit_event_chain before insert on audit_event
for each row execute function audit_event_chain();

-- The log as it is read: people by the ids that they have now, what was not erased in its place.
create view audit_told as
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
