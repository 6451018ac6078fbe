alter table policy drop column rotation;
