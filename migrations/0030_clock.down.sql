drop table clock;
