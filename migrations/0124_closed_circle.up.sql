-- A circle that is closed is gone from circle, so that nothing can belong to it any more: the keys of
-- people, projects, stewards and circles within see to that. Its name is kept for the log and for what
-- people were told.
create table closed_circle (
    id        text primary key,
    name      text not null,
    parent_id text, -- where what was in it went; null: to no circle
    closed_at timestamptz not null
);

-- What a circle is called, or was.
create view circle_named as
select id, name, false as closed from circle
union all
select closed_circle.id, closed_circle.name, true
from closed_circle
where not exists (select from circle where circle.id = closed_circle.id);

-- A circle that is made again by its id, as by an import, is open again.
create function circle_opens_again() returns trigger
language plpgsql
as $$
begin
    delete from closed_circle using new_rows where closed_circle.id = new_rows.id;
    return null;
end
$$;

create trigger circle_opened after insert on circle
referencing new table as new_rows for each statement execute function circle_opens_again();

-- What somebody was told of a circle stays, with its name, when it is closed.
alter table notice drop constraint notice_circle_id_fkey;

-- Two moves at once, each of a circle under the other, would make a ring that neither sees: whoever
-- changes where circles lie waits for whoever does so at the same time, and then looks at what stands.
create or replace function circle_stays_a_tree() returns trigger
language plpgsql
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('circles', 0));
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
