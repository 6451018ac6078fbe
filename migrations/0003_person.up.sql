create table person (
    id             text primary key default uuid_v7()::text,
    name           text not null,
    email          text,
    circle_id      text references circle (id),
    -- decides hours, has no veto
    manager_id     text references person (id) deferrable initially deferred,
    -- room to lead, hours a week; null is not stated
    hours_per_week numeric(5, 2),
    about          text not null default '',
    active_from    date,
    active_until   date,
    deactivated_at timestamptz,
    -- when they read the page that says what is compared; no claim before
    read_how_at    timestamptz,
    welcomed_at    timestamptz,
    made_at        timestamptz not null default now(),
    -- columns of an import that the matcher cannot see
    attributes     jsonb not null default '{}',
    search         tsvector generated always as (to_tsvector('english', name || ' ' || about)) stored,
    constraint person_name_given check (btrim(name) <> ''),
    constraint person_hours_range check (hours_per_week between 0 and 168),
    constraint person_active_in_order check (active_until >= active_from)
);

create unique index person_email_once on person (lower(email)) where email is not null;
create index person_circle on person (circle_id);
create index person_search on person using gin (search);
create index person_by_name on person (lower(name), id);

-- Leave: decay of evidence stops, and nobody is invited meanwhile.
create table absence (
    id        uuid primary key default uuid_v7(),
    person_id text not null references person (id) on delete cascade,
    from_on   date not null,
    until_on  date,
    constraint absence_in_order check (until_on >= from_on)
);

create index absence_person on absence (person_id);
