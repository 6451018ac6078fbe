drop table audit_event;
drop function audit_event_is_append_only();
