drop table step;
drop table project_link;
