-- How long records of matches are kept, where administrators chose something else than is usual. All other lengths
-- are fixed: see skein.Keeps.
create table retention (
    single       boolean primary key default true,
    match_months  integer not null,
    constraint retention_is_one check (single),
    constraint retention_match_floor check (match_months >= 6)
);

-- What the clock removed last of each kind, and when.
create table removed (
    kind text primary key,
    at   timestamptz not null,
    last integer not null, -- rows that went then
    rows bigint not null   -- and in all
);

-- Who asked to be erased. An administrator does it, or they take it back.
create table erasure (
    person_id text primary key references person (id) on update cascade on delete cascade,
    asked_at  timestamptz not null
);

-- Ids that people had who were erased, hashed with what nobody outside knows: a file may not bring them back, and
-- nothing here leads to the row that is left of them.
create table erased (
    id_hash bytea primary key,
    constraint erased_is_a_hash check (octet_length(id_hash) = 32)
);

-- Since when nothing is left of a person but the key that records of matches and the log name them by.
alter table person add column erased_at timestamptz;

create function erased_hash(person_ref text) returns bytea
language sql stable
as $$
    select sha256(secret.value || convert_to('erased ' || person_ref, 'UTF8')) from secret
$$;

create function person_is_not_erased() returns trigger
language plpgsql
as $$
begin
    if exists (select from erased) and exists (select from new_rows join erased on erased.id_hash = erased_hash(new_rows.id)) then
        raise exception 'whoever had this id was erased' using errcode = 'unique_violation', constraint = 'person_not_erased';
    end if;
    return null;
end
$$;

create trigger person_not_erased_added after insert on person
referencing new table as new_rows
for each statement execute function person_is_not_erased();

create trigger person_not_erased_changed after update on person
referencing new table as new_rows
for each statement execute function person_is_not_erased();

create function person_stays_erased() returns trigger
language plpgsql
as $$
begin
    if tg_op = 'DELETE' or new is distinct from old then
        raise exception 'this person was erased' using errcode = 'check_violation', constraint = 'person_stays_erased';
    end if;
    return new;
end
$$;

create trigger person_stays_erased before update or delete on person
for each row when (old.erased_at is not null) execute function person_stays_erased();
