alter table intake drop column wanted_by;
