alter table term drop column word_told;
alter table term drop column word_due;
drop table week_word;
