-- The end of a window that a claim started is kept nowhere any more: it follows from the claims that
-- stand. The column stays for the version before.
update claim_window set closes_at = null, sealed = false where sealed and closed_at is null;

-- Who has read what is compared. A row of its own: a claim that is sent writes nothing that a page of
-- anybody else is made from.
create table read_how (
    person_id text primary key references person (id) on delete cascade,
    at        timestamptz not null
);

insert into read_how (person_id, at) select id, read_how_at from person where read_how_at is not null;
