-- The lead's time in office, from the offer on. Co-leads and shadows have terms too.
create table term (
    id          uuid primary key default uuid_v7(),
    project_id  text not null references project (id) on delete cascade,
    phase_id    uuid references phase (id) on delete set null,
    person_id   text not null references person (id),
    role        text not null default 'primary',
    state       text not null,
    -- days in office, both ends included; null until it is live
    during      daterange,
    ends_on     date,
    claim_id    uuid references claim (id) on delete set null,
    offered_at  timestamptz,
    answer_by   timestamptz,
    answered_at timestamptz,
    -- accepted, needs still open: until when they may stay open
    needs_by    timestamptz,
    live_at     timestamptz,
    ended_at    timestamptz,
    end_reason  text not null default '',
    attributes  jsonb not null default '{}',
    constraint term_role_known check (role in ('primary', 'co', 'shadow')),
    constraint term_state_known check (state in ('asked', 'offered', 'accepted', 'live', 'handing_over', 'ended', 'declined', 'lapsed', 'void')),
    constraint term_during_when_live check (state not in ('live', 'handing_over', 'ended') or during is not null),
    constraint term_during_not_empty check (not isempty(during))
);

-- One lead per project, always: an outstanding offer, an accepted one, or a lead in office.
create unique index one_lead_per_project on term (project_id)
where role = 'primary' and state in ('offered', 'accepted', 'live');

-- Whoever hands over stays in front until the next takes over: one of them at a time.
create unique index one_holder_per_project on term (project_id)
where role = 'primary' and state in ('live', 'handing_over');

create unique index one_place_per_person on term (project_id, person_id, role)
where state in ('asked', 'offered', 'accepted', 'live', 'handing_over');

create index term_person on term (person_id, state);
create index term_project on term (project_id);
create index term_answer_due on term (answer_by) where state in ('offered', 'asked');
create index term_needs_due on term (needs_by) where state = 'accepted';
create index term_end_due on term (ends_on) where state in ('live', 'handing_over');
