-- Who did what, when. Rows are only ever added; no foreign keys, so that they outlive what they tell of.
create table audit_event (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp(),
    -- null: Skein itself, by a clock
    actor_id   text,
    action     text not null,
    noun       text not null,
    noun_id    text not null,
    project_id text,
    circle_id  text,
    details    jsonb not null default '{}',
    constraint audit_event_action_given check (action <> '')
);

create index audit_event_at on audit_event (at desc, id desc);
create index audit_event_noun on audit_event (noun, noun_id);
create index audit_event_project on audit_event (project_id, id) where project_id is not null;
create index audit_event_actor on audit_event (actor_id, id);

create function audit_event_is_append_only() returns trigger
language plpgsql
as $$
begin
    raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_no_change before update or delete on audit_event
for each row execute function audit_event_is_append_only();

create trigger audit_event_no_truncate before truncate on audit_event
for each statement execute function audit_event_is_append_only();
