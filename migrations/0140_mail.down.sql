alter table account
    drop column mail_at_once,
    drop column mail_weekly,
    drop column mail_refused,
    drop column mail_refused_at,
    drop column mail_refused_says;
drop table mail;
drop table mail_state;
