drop table reconsideration;
alter table term drop column chosen_how;
alter table term drop column chosen_for;
alter table phase drop column why;
alter table phase drop column said_by;
