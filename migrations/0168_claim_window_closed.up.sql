-- Windows by how long they are over: drafts in them, and records of matches, go by that.
create index concurrently if not exists claim_window_closed on claim_window (closed_at) where closed_at is not null;
