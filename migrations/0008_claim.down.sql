drop table review;
drop table invite;
drop table pick;
drop table claim;
drop table claim_window;
