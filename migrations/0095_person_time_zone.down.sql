alter table person drop column time_zone;
