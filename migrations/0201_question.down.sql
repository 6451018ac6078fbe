drop table question;
