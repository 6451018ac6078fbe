drop table kept_form;
