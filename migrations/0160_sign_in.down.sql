alter table account drop column keeps_password;

alter table hat drop column from_group;

drop table sign_in_rule;

drop table group_role;

drop table identity;
