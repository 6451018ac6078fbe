-- Links that were used, or have run out.
create index concurrently if not exists invitation_over on invitation (coalesce(used_at, expires_at));
