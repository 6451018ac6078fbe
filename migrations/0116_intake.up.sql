-- Files that an administrator handed in with a browser. They stay for a day under their hash, so that what is
-- loaded is what was tried, on whichever server.
create table handed_file (
    sha256     bytea primary key,
    bytes      bytea not null,
    expires_at timestamptz not null,
    constraint handed_file_is_its_hash check (length(sha256) = 32),
    constraint handed_file_fits check (length(bytes) between 1 and 20 * 1024 * 1024)
);

-- They are packed already, or short.
alter table handed_file alter column bytes set storage external;

create index handed_file_expires on handed_file (expires_at);

-- What was handed in together, what is to be done with it, and how far that has come.
create table intake (
    id         uuid primary key default uuid_v7(),
    person_id  text not null references person (id) on update cascade on delete cascade,
    wants      text not null default 'try',
    encoding   text not null default '',
    version    integer not null default 1,
    made_at    timestamptz not null,
    wanted_at  timestamptz not null,
    expires_at timestamptz not null,
    -- Whoever does what it wants, and when they were heard last: null while nobody does.
    runner     text,
    beat_at    timestamptz,
    runs       integer not null default 0,
    step       text not null default '',
    -- What the last run found, and why it did not get there.
    answer     text,
    says       text not null default '',
    loaded_at  timestamptz,
    constraint intake_wants check (wants in ('try', 'load', 'nothing')),
    constraint intake_is_run_by_somebody check ((runner is null) = (beat_at is null)),
    constraint intake_loaded_wants_nothing check (loaded_at is null or wants = 'nothing' and answer is not null),
    constraint intake_ends check (expires_at > made_at)
);

create index intake_wanted on intake (wanted_at) where wants <> 'nothing';
create index intake_expires on intake (expires_at);
create index intake_person on intake (person_id);

-- The tables of it: each what it is read as, and how.
create table intake_part (
    intake_id uuid not null references intake (id) on delete cascade,
    place     integer not null,
    sha256    bytea not null references handed_file (sha256),
    -- Where in a zip it lies; '': it is the file itself.
    inside    text not null default '',
    -- What the file is called, and the sheet of a workbook.
    name      text not null,
    sheet     text not null default '',
    file      text not null default '',
    choices   text not null default '',
    primary key (intake_id, place)
);

create index intake_part_file on intake_part (sha256);
