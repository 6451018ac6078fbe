drop table calendar_entry;
alter table account
    drop column calendar_hash,
    drop column calendar_at;
