drop table organisation;
drop function uuid_v7();
