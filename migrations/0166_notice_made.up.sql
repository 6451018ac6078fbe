-- Notices that a year has passed over.
create index concurrently if not exists notice_made on notice (made_at);
