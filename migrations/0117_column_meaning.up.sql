-- What columns of other systems' files became when they were imported last: kept for next time.
create table column_meaning (
    file    text not null,
    heading text not null,
    becomes text not null,
    kept_at timestamptz not null,
    primary key (file, heading)
);
