drop index concurrently if exists mail_ended;
