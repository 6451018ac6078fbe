drop function database_life();
drop table epoch;
