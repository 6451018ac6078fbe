drop index concurrently if exists claim_window_closed;
