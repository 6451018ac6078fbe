drop table sign_in_refused;
drop table sign_in_wait;
