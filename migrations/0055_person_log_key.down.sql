alter table person drop column log_key;
