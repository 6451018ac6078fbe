drop table absence;
drop table person;
