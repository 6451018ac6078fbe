delete from mail where door in ('key_added', 'key_removed', 'code_used', 'codes_made', 'key_copied', 'second_off');
alter table mail
    drop constraint mail_door_known,
    add constraint mail_door_known check (door in ('invite', 'password', 'confirm', 'set', 'moved'));

alter table sign_in_rule drop column second_step;

drop table second_step;

drop table recovery_code;

drop table passkey;
