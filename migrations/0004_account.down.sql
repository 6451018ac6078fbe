drop table sign_in_failure;
drop table sessions;
drop table invitation;
drop table hat;
drop table account;
