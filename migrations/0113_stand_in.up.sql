-- Somebody who decides what a lead decides while the lead is away, or until somebody leads again. It is no
-- term: its hours count, a lead does not.
create table stand_in (
    id          uuid primary key default uuid_v7(),
    project_id  text not null references project (id) on delete cascade,
    -- the first question of the same absence: nobody is asked twice for one
    spell       uuid not null,
    person_id   text not null references person (id) on update cascade,
    -- whose place it is
    for_id      text not null references person (id) on update cascade,
    -- null: Skein, by a leave that was noted
    asked_by    text references person (id) on update cascade,
    state       text not null,
    -- a leave of theirs lies in it: when that is over, so is this
    of_leave    boolean not null default false,
    asked_at    timestamptz not null,
    answer_by   timestamptz not null,
    answered_at timestamptz,
    -- days, both included; until null: until somebody leads
    from_on     date not null,
    until_on    date,
    ended_on    date,
    ended_at    timestamptz,
    end_reason  text not null default '',
    constraint stand_in_state_known check (state in ('asked', 'standing', 'declined', 'lapsed', 'void', 'ended')),
    constraint stand_in_for_another check (person_id <> for_id),
    constraint stand_in_days check (until_on >= from_on),
    constraint stand_in_answered check (state <> 'standing' or answered_at is not null)
);

-- One at a time, asked or standing.
create unique index one_stand_in_per_project on stand_in (project_id) where state in ('asked', 'standing');
create index stand_in_project on stand_in (project_id);
create index stand_in_person on stand_in (person_id, state);
create index stand_in_for on stand_in (for_id) where state in ('asked', 'standing');
create index stand_in_answer_due on stand_in (answer_by) where state = 'asked';

-- Its hours count, so whoever keeps people's free hours in memory has to follow.
create trigger stand_in_added after insert on stand_in
referencing new table as new_rows for each statement execute function note_of_person();
create trigger stand_in_changed after update on stand_in
referencing old table as old_rows new table as new_rows for each statement execute function note_of_person();
create trigger stand_in_removed after delete on stand_in
referencing old table as old_rows for each statement execute function note_of_person();
create trigger stand_in_emptied after truncate on stand_in
for each statement execute function note_change_of_everybody();

-- The last day of the leave by which Skein has seen to a lead: once for each leave, and again when it changes.
alter table term add column leave_seen date;
