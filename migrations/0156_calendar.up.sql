-- Somebody's calendar is read by whoever has its address: the hash of the secret part of that, and since when.
alter table account
    add column calendar_hash bytea,
    add column calendar_at timestamptz,
    add constraint account_calendar_whole check ((calendar_hash is null) = (calendar_at is null));

-- When each thing in calendars was last said to be, so that one that moved is known for the same, moved. It names nobody.
create table calendar_entry (
    uid        text primary key,
    starts_at  timestamptz not null,
    sequence   integer not null default 0,
    changed_at timestamptz not null
);
