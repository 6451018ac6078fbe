-- A browser in which somebody signed in with all that it takes. It has tries of its own, so that nobody
-- elsewhere locks them out of it. It opens no door by itself.
create table device (
    id         uuid primary key default uuid_v7(),
    person_id  text not null references account (person_id) on delete cascade,
    -- of what the browser keeps in a cookie
    token_hash bytea not null,
    browser    text not null default '',
    made_at    timestamptz not null,
    used_at    timestamptz not null,
    expires_at timestamptz not null,
    -- wrong passwords since the last right one
    tries      double precision not null default 0,
    tried_at   timestamptz,
    constraint device_token_once unique (token_hash),
    constraint device_tries_timed check (tries = 0 or tried_at is not null)
);

create index device_person on device (person_id);
create index device_expires on device (expires_at);

-- Whose a session is, so that they see where they are signed in and can end one. The version before
-- writes none of this; such a session is filled in when it is next noted to be in use.
alter table sessions
    add column id uuid not null default uuid_v7(),
    add column person_id text references account (person_id) on delete cascade,
    add column device_id uuid references device (id) on delete set null,
    add column epoch integer,
    add column browser text not null default '',
    add column made_at timestamptz,
    add column seen_at timestamptz,
    add constraint sessions_id_once unique (id);

create index sessions_person on sessions (person_id) where person_id is not null;
create index sessions_device on sessions (device_id) where device_id is not null;
