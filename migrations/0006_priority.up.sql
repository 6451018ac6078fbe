create table priority (
    id         text primary key default uuid_v7()::text,
    title      text not null,
    place      integer not null,
    weight     numeric(6, 3) not null default 1,
    horizon    text not null default '',
    measure    text not null default '',
    owner_id   text references person (id),
    retired_at timestamptz,
    attributes jsonb not null default '{}',
    constraint priority_title_given check (btrim(title) <> ''),
    constraint priority_weight_positive check (weight > 0),
    constraint priority_place_once unique (place) deferrable initially deferred
);

-- Rules that the software checks where they bite.
create table guardrail (
    id         uuid primary key default uuid_v7(),
    kind       text not null,
    number     integer,
    reason     text not null,
    owner_id   text references person (id),
    review_on  date,
    made_at    timestamptz not null,
    retired_at timestamptz,
    constraint guardrail_kind_known check (kind in ('leads_at_once', 'priority_named', 'longest_term', 'shortest_window')),
    constraint guardrail_number_where_needed check ((kind = 'priority_named') = (number is null)),
    constraint guardrail_number_positive check (number > 0),
    constraint guardrail_reason_given check (btrim(reason) <> '')
);

create unique index guardrail_once on guardrail (kind) where retired_at is null;
comment on column guardrail.number is 'leads_at_once: leads; longest_term: months; shortest_window: days';

-- How often a guardrail said no, for the executives' review.
create table refusal (
    id           uuid primary key default uuid_v7(),
    guardrail_id uuid not null references guardrail (id),
    person_id    text references person (id) on delete set null,
    project_id   text,
    at           timestamptz not null
);

create index refusal_guardrail on refusal (guardrail_id, at);

-- Published tables of the matching: the lens and the trust table, versioned; the newest counts.
create table policy (
    version integer primary key,
    lens    jsonb not null,
    trust   jsonb not null,
    made_at timestamptz not null,
    made_by text references person (id),
    reason  text not null
);
