drop table ask;
drop table wish;
drop table evidence;
drop table skill;
