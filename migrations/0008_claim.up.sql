-- A stretch of time in which claims for a phase gather. At its end the situation picks.
create table claim_window (
    id          uuid primary key default uuid_v7(),
    project_id  text not null references project (id) on delete cascade,
    phase_id    uuid not null references phase (id) on delete cascade,
    number      integer not null default 1,
    opened_at   timestamptz not null,
    -- null: until taken (on trust before the first claim; after invitations)
    closes_at   timestamptz,
    closed_at   timestamptz,
    state       text not null default 'open',
    -- the lottery's seed, fixed before anybody claims
    seed        text not null,
    claimed     integer,
    constraint claim_window_number_once unique (phase_id, number),
    constraint claim_window_state_known check (state in ('open', 'inviting', 'picked', 'taken', 'restarted', 'void')),
    constraint claim_window_closed_when_over check ((closed_at is null) = (state in ('open', 'inviting')))
);

create unique index claim_window_one_open on claim_window (project_id) where closed_at is null;
create index claim_window_due on claim_window (closes_at) where closed_at is null;

create table claim (
    id              uuid primary key default uuid_v7(),
    window_id       uuid not null references claim_window (id) on delete cascade,
    project_id      text not null references project (id) on delete cascade,
    phase_id        uuid not null references phase (id) on delete cascade,
    person_id       text not null references person (id) on delete cascade,
    -- two people may claim together; the second says yes before it counts for them
    with_person_id  text references person (id),
    with_agreed_at  timestamptz,
    coach_id        text references person (id),
    coach_agreed_at timestamptz,
    state           text not null default 'draft',
    why             text not null default '',
    -- claimed without any score: a steward decides on the written claim
    unscored        boolean not null default false,
    drafted_at      timestamptz not null,
    changed_at      timestamptz not null,
    submitted_at    timestamptz,
    withdrawn_at    timestamptz,
    decided_at      timestamptz,
    idempotency_key uuid,
    -- set at the close, each claimant's own
    place           integer,
    band            integer,
    fit             double precision,
    ranked          double precision,
    zone            text,
    assessment      jsonb,
    constraint claim_state_known check (state in ('draft', 'submitted', 'withdrawn', 'not_chosen', 'chosen', 'offered', 'declined', 'lapsed', 'accepted', 'live', 'ended', 'void')),
    constraint claim_zone_known check (zone in ('ready', 'stretch', 'not_yet')),
    constraint claim_not_with_oneself check (with_person_id <> person_id),
    constraint claim_not_coached_by_oneself check (coach_id <> person_id),
    constraint claim_sent_once unique (idempotency_key)
);

create unique index claim_once on claim (window_id, person_id) where state <> 'withdrawn';
create index claim_person on claim (person_id, state);
create index claim_project on claim (project_id);
create index claim_with on claim (with_person_id) where with_person_id is not null;
create index claim_coach on claim (coach_id) where coach_id is not null;

-- What the rule decided in one window, and who checked it. The next pick of the same window
-- follows when the chosen declines or stays silent.
create table pick (
    id           uuid primary key default uuid_v7(),
    window_id    uuid not null references claim_window (id) on delete cascade,
    project_id   text not null references project (id) on delete cascade,
    number       integer not null,
    claim_id     uuid not null references claim (id) on delete cascade,
    rule         text not null,
    sentence     text not null,
    compared     integer not null,
    band_size    integer not null,
    made_at      timestamptz not null,
    state        text not null,
    -- who is asked to check it now, and until when; silence passes it on
    asked_of     text references person (id),
    answer_by    timestamptz,
    passed_on    text[] not null default '{}',
    answered_by  text references person (id),
    answered_at  timestamptz,
    reason       text not null default '',
    constraint pick_number_once unique (window_id, number),
    constraint pick_state_known check (state in ('waiting', 'confirmed', 'returned', 'unchecked', 'not_needed', 'void')),
    constraint pick_return_has_reason check (state <> 'returned' or btrim(reason) <> '')
);

create unique index pick_one_waiting on pick (window_id) where state = 'waiting';
create index pick_due on pick (answer_by) where state = 'waiting';
create index pick_asked_of on pick (asked_of) where state = 'waiting';

-- Nobody claimed: the best placed are invited, band by band.
create table invite (
    window_id   uuid not null references claim_window (id) on delete cascade,
    project_id  text not null references project (id) on delete cascade,
    person_id   text not null references person (id) on delete cascade,
    band        integer not null,
    state       text not null default 'waiting',
    made_at     timestamptz not null,
    answer_by   timestamptz not null,
    answered_at timestamptz,
    primary key (window_id, person_id),
    constraint invite_state_known check (state in ('waiting', 'accepted', 'declined', 'lapsed', 'void'))
);

create index invite_due on invite (answer_by) where state = 'waiting';
create index invite_person on invite (person_id) where state = 'waiting';

-- Not chosen, or an input is wrong: somebody who had no part answers by a date.
create table review (
    id          uuid primary key default uuid_v7(),
    claim_id    uuid not null references claim (id) on delete cascade,
    project_id  text not null references project (id) on delete cascade,
    asked_by    text not null references person (id) on delete cascade,
    asked_at    timestamptz not null,
    what        text not null,
    asked_of    text references person (id),
    answer_by   timestamptz not null,
    answered_by text references person (id),
    answered_at timestamptz,
    upheld      boolean,
    answer      text not null default '',
    constraint review_what_given check (btrim(what) <> ''),
    constraint review_answer_whole check ((answered_at is null) = (upheld is null))
);

create unique index review_once on review (claim_id) where answered_at is null;
create index review_waiting on review (asked_of) where answered_at is null;
