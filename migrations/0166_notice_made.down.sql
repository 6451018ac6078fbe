drop index concurrently if exists notice_made;
