-- A key keeps one person's form from being done twice. Two people with one key do not meet.
alter table project drop constraint project_sent_once;
alter table project add constraint project_sent_once unique (proposed_by, idempotency_key);
alter table claim drop constraint claim_sent_once;
alter table claim add constraint claim_sent_once unique (person_id, idempotency_key);
