-- Ids are UUIDv7: they sort by the time they were made. Postgres 15 has no uuidv7() of its own.
create function uuid_v7() returns uuid
language sql volatile parallel safe
as $$
    select encode(
        overlay(
            overlay(
                uuid_send(gen_random_uuid())
                placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                from 1 for 6
            )
            placing set_byte('\x00'::bytea, 0, (get_byte(uuid_send(gen_random_uuid()), 0) & 15) | 112)
            from 7 for 1
        ),
        'hex'
    )::uuid
$$;

create table organisation (
    single        boolean primary key default true,
    name          text not null default 'Our organisation',
    vision        text not null default '',
    purpose       text not null default '',
    circle_word   text not null default 'team',
    zone          text not null default 'UTC',
    currency      text not null default '£',
    demo          boolean not null default false,
    clock_offset  interval not null default '0',
    -- the clocks of a claim, in hours; a circle's guardrails may lengthen them
    window_hours  integer not null default 168,
    confirm_hours integer not null default 48,
    answer_hours  integer not null default 48,
    needs_hours   integer not null default 336,
    confirm_weighed boolean not null default true,
    vision_changed_at timestamptz,
    constraint organisation_is_one check (single),
    constraint organisation_name_given check (btrim(name) <> ''),
    constraint organisation_clocks_positive check (window_hours > 0 and confirm_hours > 0 and answer_hours > 0 and needs_hours > 0)
);

insert into organisation default values;
