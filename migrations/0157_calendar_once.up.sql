-- Whose calendar an address is.
create unique index concurrently if not exists account_calendar_once on account (calendar_hash) where calendar_hash is not null;
