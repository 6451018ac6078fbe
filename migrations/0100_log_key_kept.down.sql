drop trigger person_log_key_stays on person;
drop function person_log_key_stays();
