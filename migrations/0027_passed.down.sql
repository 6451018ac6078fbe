-- The version before knows no review without an answer: there they go on waiting for nobody.
alter table review drop constraint review_answer_whole;
update review set answered_at = null where answered_by is null and answered_at is not null;
alter table review add constraint review_answer_whole check ((answered_at is null) = (upheld is null));

drop index person_active_until;
drop index person_deactivated;

alter table claim drop constraint claim_passed_known;
alter table claim drop column passed;
