drop table intake_part;
drop table intake;
drop table handed_file;
