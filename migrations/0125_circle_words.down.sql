alter table organisation drop column circle_words;
