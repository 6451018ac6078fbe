drop index concurrently if exists account_calendar_once;
