-- What seals links and cursors, the same on all servers, where none is given to them.
create table secret (
    single boolean primary key default true,
    value  bytea not null,
    constraint secret_is_one check (single),
    constraint secret_long_enough check (length(value) = 32)
);
