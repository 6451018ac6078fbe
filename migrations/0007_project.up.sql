create table project (
    id             text primary key default uuid_v7()::text,
    title          text not null,
    purpose        text not null default '',
    judged_by      text not null default '',
    circle_id      text references circle (id),
    priority_id    text references priority (id),
    group_name     text,
    proposed_by    text references person (id),
    state          text not null default 'draft',
    trust          text not null default 'weighed',
    trust_reason   text not null default '',
    trust_until    date,
    template       text,
    hours_per_week numeric(5, 2),
    start_on       date,
    end_on         date,
    made_at        timestamptz not null default now(),
    published_at   timestamptz,
    ended_at       timestamptz,
    end_reason     text not null default '',
    version        integer not null default 1,
    idempotency_key uuid,
    attributes     jsonb not null default '{}',
    search         tsvector generated always as (to_tsvector('english', title || ' ' || purpose || ' ' || judged_by)) stored,
    constraint project_title_given check (btrim(title) <> ''),
    constraint project_state_known check (state in ('draft', 'open', 'led', 'handing_over', 'paused', 'completed', 'cancelled')),
    constraint project_trust_known check (trust in ('open', 'weighed', 'verified', 'zero')),
    constraint project_hours_range check (hours_per_week between 0 and 168),
    constraint project_sent_once unique (idempotency_key)
);

create index project_state on project (state, id);
create index project_circle on project (circle_id);
create index project_priority on project (priority_id);
create index project_proposer on project (proposed_by);
create index project_search on project using gin (search);

-- A stretch of a project with one situation; the one without an end is the current one.
create table phase (
    id          uuid primary key default uuid_v7(),
    project_id  text not null references project (id) on delete cascade,
    number      integer not null default 1,
    name        text not null default '',
    uncertainty text,
    stakes      smallint,
    urgency     smallint,
    expertise   smallint,
    commitment  smallint,
    reach       smallint,
    readiness   smallint,
    stated_at   timestamptz not null default now(),
    ended_at    timestamptz,
    constraint phase_number_once unique (project_id, number),
    constraint phase_uncertainty_known check (uncertainty in ('clear', 'complicated', 'complex', 'chaotic', 'unclear')),
    constraint phase_stakes_range check (stakes between 1 and 5),
    constraint phase_urgency_range check (urgency between 1 and 5),
    constraint phase_expertise_range check (expertise between 1 and 5),
    constraint phase_commitment_range check (commitment between 1 and 5),
    constraint phase_reach_range check (reach between 1 and 5),
    constraint phase_readiness_range check (readiness between 1 and 5)
);

create unique index phase_one_current on phase (project_id) where ended_at is null;

-- What a phase asks of its lead: its own words. Practices come from the lens; a row here with the
-- practice's skill changes it, and one that is struck leaves it out.
create table requirement (
    phase_id   uuid not null references phase (id) on delete cascade,
    skill_id   text not null references skill (id),
    importance smallint not null,
    level      smallint not null default 3,
    must       boolean not null default false,
    struck     boolean not null default false,
    place      integer not null default 0,
    primary key (phase_id, skill_id),
    constraint requirement_importance_range check (importance between 1 and 5),
    constraint requirement_level_range check (level between 1 and 5)
);

create index requirement_skill on requirement (skill_id);

-- The capacity contract: what the lead gets.
create table need (
    id            uuid primary key default uuid_v7(),
    project_id    text not null references project (id) on delete cascade,
    kind          text not null,
    what          text not null,
    amount        numeric(12, 2),
    place         integer not null default 0,
    -- who is asked for it; null: the circle's stewards
    asked_of      text references person (id),
    answer_by     timestamptz,
    granted_by    text references person (id),
    granted_at    timestamptz,
    granted_until date,
    waived_by     text references person (id),
    waived_at     timestamptz,
    constraint need_kind_known check (kind in ('hours', 'budget', 'coach', 'people', 'tools', 'sponsor')),
    constraint need_what_given check (btrim(what) <> ''),
    constraint need_granted_by_name check ((granted_by is null) = (granted_at is null)),
    constraint need_waived_by_name check ((waived_by is null) = (waived_at is null)),
    constraint need_granted_or_waived check (granted_at is null or waived_at is null)
);

create index need_project on need (project_id);
create index need_asked_of on need (asked_of) where granted_at is null and waived_at is null;

-- What the lead decides, by area.
create table remit (
    id         uuid primary key default uuid_v7(),
    project_id text not null references project (id) on delete cascade,
    area       text not null,
    level      text not null,
    ceiling    numeric(12, 2),
    with_whom  text not null default '',
    place      integer not null default 0,
    constraint remit_area_given check (btrim(area) <> ''),
    constraint remit_level_known check (level in ('alone', 'after_advice', 'by_agreement', 'propose'))
);

create index remit_project on remit (project_id);

create table member (
    project_id text not null references project (id) on delete cascade,
    person_id  text not null references person (id) on delete cascade,
    joined_at  timestamptz not null,
    left_at    timestamptz,
    brings     text not null default '',
    primary key (project_id, person_id, joined_at)
);

create unique index member_once on member (project_id, person_id) where left_at is null;
create index member_person on member (person_id) where left_at is null;

-- "Not for me": kept off somebody's home page.
create table dismissal (
    person_id  text not null references person (id) on delete cascade,
    project_id text not null references project (id) on delete cascade,
    at         timestamptz not null,
    primary key (person_id, project_id)
);
