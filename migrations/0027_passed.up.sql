-- Why a lead passed a claim by when its turn came: leads, hours, away or gone; empty: it did not.
alter table claim add column passed text not null default '';
alter table claim add constraint claim_passed_known check (passed in ('', 'leads', 'hours', 'away', 'gone'));

-- Who has left is looked for at every tick.
create index person_deactivated on person (id) where deactivated_at is not null;
create index person_active_until on person (active_until) where active_until is not null;

-- A review that everybody was silent on ends without an answer.
alter table review drop constraint review_answer_whole;
alter table review add constraint review_answer_whole check (
    (answered_by is null) = (upheld is null) and (answered_by is null or answered_at is not null)
);
