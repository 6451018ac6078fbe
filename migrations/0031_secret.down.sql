drop table secret;
