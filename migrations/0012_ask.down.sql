drop index person_name_words;
alter table ask drop column about;
