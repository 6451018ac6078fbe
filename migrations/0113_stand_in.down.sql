alter table term drop column leave_seen;
drop table stand_in;
