-- How a lead says that a project stands: one sentence a day, in the term of whoever leads.
create table week_word (
    id         uuid primary key default uuid_v7(),
    project_id text not null references project (id) on delete cascade,
    -- a new lead has no old words to answer
    term_id    uuid not null references term (id) on delete cascade,
    person_id  text not null references person (id) on update cascade,
    -- the organisation's
    day        date not null,
    state      text not null,
    says       text not null,
    said_at    timestamptz not null,
    -- who answers for the priority, once they have seen it
    seen_by    text references person (id) on update cascade,
    seen_at    timestamptz,
    constraint week_word_state_known check (state in ('on_track', 'at_risk', 'off_track', 'on_hold')),
    constraint week_word_says_something check (btrim(says) <> '' and length(says) <= 300),
    constraint week_word_one_a_day unique (term_id, day),
    constraint week_word_seen_by_somebody check ((seen_by is null) = (seen_at is null)),
    constraint week_word_seen_by_another check (seen_by <> person_id)
);

create index week_word_project on week_word (project_id, day desc);
create index week_word_person on week_word (person_id);
create index week_word_seen_by on week_word (seen_by) where seen_by is not null;

-- By when whoever leads says it next; null: reckoned when the clock first looks. And who was told that it is due.
alter table term add column word_due date;
alter table term add column word_told text not null default '';
alter table term add constraint term_word_told_known check (word_told in ('', 'lead', 'steward'));
create index term_word_due on term (word_due) where role = 'primary' and state in ('live', 'handing_over');
