create table circle (
    id       text primary key default uuid_v7()::text,
    name     text not null,
    purpose  text not null default '',
    parent_id text references circle (id),
    -- rotation policy (matching): .6 take turns, 0 neutral, -.4 stay with; null is the parent's
    rotation double precision,
    -- false: nobody is compared here, stewards decide on the written claims; null is the parent's
    matching boolean,
    attributes jsonb not null default '{}',
    constraint circle_name_given check (btrim(name) <> ''),
    constraint circle_not_its_own_parent check (parent_id <> id),
    constraint circle_rotation_range check (rotation between -1 and 1)
);

create index circle_parent on circle (parent_id);

-- A circle may not lie within itself, however far down.
create function circle_stays_a_tree() returns trigger
language plpgsql
as $$
begin
    if exists (
        with recursive up as (
            select parent_id from circle where id = new.parent_id
            union
            select circle.parent_id from circle join up on circle.id = up.parent_id
        )
        select from up where parent_id = new.id
    ) then
        raise exception 'circle % lies within itself', new.id
            using errcode = 'check_violation', constraint = 'circle_is_a_tree';
    end if;
    return new;
end
$$;

create constraint trigger circle_is_a_tree
after insert or update of parent_id on circle
deferrable initially immediate
for each row when (new.parent_id is not null)
execute function circle_stays_a_tree();
