-- Mails that went out, or never will.
create index concurrently if not exists mail_ended on mail (coalesce(sent_at, dropped_at)) where sent_at is not null or dropped_at is not null;
