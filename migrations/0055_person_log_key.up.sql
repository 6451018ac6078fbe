-- Names the person in the audit log: no rename, merge or erasure changes it, and it says nothing of
-- whom it names.
alter table person add column log_key text not null default gen_random_uuid()::text;
alter table person add constraint person_log_key_once unique (log_key);
