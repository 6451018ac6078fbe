-- What was cleaned stays clean.
alter table project drop constraint project_title_seen;
alter table priority drop constraint priority_title_seen;
alter table skill drop constraint skill_name_seen;
alter table person drop constraint person_name_seen;
alter table circle drop constraint circle_name_seen;
alter table organisation drop constraint organisation_name_seen;
