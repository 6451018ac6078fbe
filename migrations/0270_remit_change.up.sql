-- A change of what a lead decides, and of its hours: those who lead it or whoever answers for the priority propose it,
-- and the others agree.
create table remit_change (
    id          uuid primary key default uuid_v7(),
    project_id  text not null references project (id) on delete cascade,
    -- the lead whom it is for
    term_id     uuid not null references term (id) on delete cascade,
    state       text not null,
    proposed_by text not null references person (id) on update cascade,
    proposed_at timestamptz not null,
    -- by those who lead it, and the priority's side answers; else the other way round
    by_lead     boolean not null,
    reason      text not null,
    asked_of    text references person (id) on update cascade,
    answer_by   timestamptz not null,
    reminded    boolean not null default false,
    answered_by text references person (id) on update cascade,
    answered_at timestamptz,
    refusal     text not null default '',
    ended_at    timestamptz,
    -- {rows: [{area, level, ceiling, with_whom}], hours}
    was         jsonb not null,
    becomes     jsonb not null,
    constraint remit_change_state_known check (state in ('proposed', 'agreed', 'refused', 'lapsed', 'void')),
    constraint remit_change_asks_somebody check (state <> 'proposed' or asked_of is not null),
    constraint remit_change_ended check ((state = 'proposed') = (ended_at is null)),
    constraint remit_change_answered check ((state in ('agreed', 'refused')) <= (answered_by is not null and answered_at is not null)),
    constraint remit_change_refused_with_a_reason check ((state = 'refused') <= (btrim(refusal) <> ''))
);

-- One waits at a time: two could be agreed that know nothing of each other.
create unique index one_remit_change_waits on remit_change (project_id) where state = 'proposed';
create index remit_change_project on remit_change (project_id);
create index remit_change_term on remit_change (term_id);
create index remit_change_asked on remit_change (asked_of) where state = 'proposed';
create index remit_change_due on remit_change (answer_by) where state = 'proposed';
