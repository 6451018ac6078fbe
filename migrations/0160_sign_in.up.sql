-- Who somebody is to the organisation's own provider of accounts: by what it calls them, which stays when
-- their address changes. Which person that is, an address says once, when they first come.
create table identity (
    issuer     text not null,
    subject    text not null,
    person_id  text not null references person (id) on update cascade on delete cascade,
    linked_at  timestamptz not null,
    used_at    timestamptz not null,
    -- when somebody else was last turned away who came with an address of theirs
    refused_at timestamptz,
    constraint identity_pkey primary key (issuer, subject),
    constraint identity_given check (issuer <> '' and subject <> '')
);

create index identity_person on identity (person_id);

-- Which role a group at that provider gives.
create table group_role (
    id        uuid primary key default uuid_v7(),
    name      text not null,
    kind      text not null,
    circle_id text references circle (id) on update cascade on delete cascade,
    made_at   timestamptz not null,
    constraint group_role_named check (btrim(name) <> ''),
    constraint group_role_kind_known check (kind in ('steward', 'executive', 'administrator')),
    constraint group_role_steward_has_circle check ((kind = 'steward') = (circle_id is not null)),
    constraint group_role_once unique nulls not distinct (name, kind, circle_id)
);

create index group_role_circle on group_role (circle_id) where circle_id is not null;

-- How people sign in, as administrators set it.
create table sign_in_rule (
    single    boolean primary key default true,
    -- what becomes of somebody whom the provider vouches for and nobody here knows
    unknown   text not null default 'refuse',
    -- whether everybody who has a password may sign in with it
    passwords boolean not null default true,
    constraint sign_in_rule_is_one check (single),
    constraint sign_in_rule_unknown_known check (unknown in ('refuse', 'make'))
);

insert into sign_in_rule default values;

-- The group that gave a role; null: somebody gave it by hand.
alter table hat add column from_group text;

-- May sign in with a password also when others may not, while they are an administrator.
alter table account add column keeps_password boolean not null default false;
