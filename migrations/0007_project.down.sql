drop table dismissal;
drop table member;
drop table remit;
drop table need;
drop table requirement;
drop table phase;
drop table project;
