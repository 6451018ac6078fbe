-- When whoever looks after a project was last asked whether claims that nobody has taken shall stay
-- open, and of which last day of its own they were told. Neither has a value before its first time.
alter table claim_window add column asked_at timestamptz;
alter table project add column end_told date;

-- The clocks look for windows without an end that are open.
create index claim_window_untaken on claim_window (coalesce(asked_at, opened_at)) where state = 'open' and closes_at is null;
