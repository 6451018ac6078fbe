-- When the clocks were last looked at, on whichever server: it says when deadlines stand still.
create table clock (
    single       boolean primary key default true,
    last_tick_at timestamptz,
    constraint clock_is_one check (single)
);

insert into clock default values;
