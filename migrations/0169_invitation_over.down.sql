drop index concurrently if exists invitation_over;
