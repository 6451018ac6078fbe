drop table column_meaning;
