create table skill (
    id             text primary key default uuid_v7()::text,
    name           text not null,
    kind           text not null default 'domain',
    half_life_days integer,
    uri            text,
    parent_id      text references skill (id) deferrable initially deferred,
    attributes     jsonb not null default '{}',
    search         tsvector generated always as (to_tsvector('english', name)) stored,
    constraint skill_name_given check (btrim(name) <> ''),
    constraint skill_kind_known check (kind in ('domain', 'practice')),
    constraint skill_half_life_positive check (half_life_days > 0),
    constraint skill_not_its_own_parent check (parent_id <> id)
);

create index skill_search on skill using gin (search);
create index skill_by_name on skill (lower(name));

create table evidence (
    id          uuid primary key default uuid_v7(),
    person_id   text not null references person (id) on delete cascade,
    skill_id    text not null references skill (id),
    kind        text not null,
    level       smallint not null,
    observed_on date not null,
    expires_on  date,
    given_by    text references person (id),
    source      text,
    note        text not null default '',
    -- the endorsed person chose not to show it: it then counts for nothing
    hidden_at   timestamptz,
    attributes  jsonb not null default '{}',
    constraint evidence_kind_known check (kind in ('self', 'peer', 'outcome', 'credential')),
    constraint evidence_level_range check (level between 1 and 5),
    constraint evidence_expiry_after check (expires_on >= observed_on),
    constraint evidence_not_of_oneself check (kind <> 'peer' or given_by is distinct from person_id),
    constraint evidence_key unique nulls not distinct (person_id, skill_id, kind, observed_on, expires_on, given_by, source)
);

create index evidence_skill on evidence (skill_id, person_id) include (kind, level, observed_on, expires_on);
create index evidence_giver on evidence (given_by) where given_by is not null;

-- What somebody would like to grow in.
create table wish (
    person_id text not null references person (id) on delete cascade,
    skill_id  text not null references skill (id),
    made_at   timestamptz not null,
    primary key (person_id, skill_id)
);

-- "Whom could we ask about these?": one question to one colleague about one skill.
create table ask (
    id          uuid primary key default uuid_v7(),
    person_id   text not null references person (id) on delete cascade,
    skill_id    text not null references skill (id),
    asked_of    text not null references person (id) on delete cascade,
    asked_at    timestamptz not null,
    answer_by   timestamptz not null,
    answered_at timestamptz,
    evidence_id uuid references evidence (id) on delete set null,
    constraint ask_somebody_else check (asked_of <> person_id)
);

create unique index ask_once on ask (person_id, skill_id, asked_of) where answered_at is null;
create index ask_waiting on ask (asked_of) where answered_at is null;
