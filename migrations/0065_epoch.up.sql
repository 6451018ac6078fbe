-- Which history the database tells. A restore by other tools, or into another database, goes on under
-- the same identifiers as before: whoever restores renews this row, so that servers forget what they
-- keep in memory (update epoch set id = gen_random_uuid()).
create table epoch (
    one boolean primary key default true check (one),
    id  uuid not null default gen_random_uuid()
);

insert into epoch default values;

-- The cluster, its timeline, which a failover or a restore of files begins anew, and the epoch: as long
-- as it is the same, what was committed stays committed, and transactions are numbered on.
create function database_life() returns text
language sql volatile
as $$
    select concat_ws('.',
        (select system_identifier from pg_control_system()),
        case
            when pg_is_in_recovery() then 'standby'
            else left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)
        end,
        (select id from epoch)
    )
$$;
