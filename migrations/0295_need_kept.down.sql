alter table need drop column kept;
