-- When this database was restored from a backup. While it is set this is a copy, of which nobody has said
-- yet that it is the one that runs: it sends no mail and opens no link, as the other may do so too.
alter table organisation add column restored_at timestamptz;
