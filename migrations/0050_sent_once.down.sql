-- Whoever came later with somebody else's key keeps what they made, without the key.
update claim
set idempotency_key = null
where exists (select from claim earlier where earlier.idempotency_key = claim.idempotency_key and earlier.id < claim.id);
update project
set idempotency_key = null
where exists (
    select from project earlier
    where earlier.idempotency_key = project.idempotency_key and (earlier.made_at, earlier.id) < (project.made_at, project.id)
);
alter table claim drop constraint claim_sent_once;
alter table claim add constraint claim_sent_once unique (idempotency_key);
alter table project drop constraint project_sent_once;
alter table project add constraint project_sent_once unique (idempotency_key);
