delete from mail where door is not null;
alter table mail
    drop constraint mail_is_of_one_thing,
    drop column door,
    drop column link_id,
    drop column address,
    add constraint mail_is_of_one_thing check (num_nonnulls(notice_id, week) = 1);
-- The version before would take a link that changes an address for one that sets a password.
delete from invitation where email is not null;
alter table invitation
    drop column id,
    drop column mailed,
    drop column email,
    drop column refused;
