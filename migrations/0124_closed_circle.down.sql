create or replace function circle_stays_a_tree() returns trigger
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
update notice set circle_id = null where circle_id is not null and not exists (select from circle where circle.id = notice.circle_id);
alter table notice add constraint notice_circle_id_fkey foreign key (circle_id) references circle (id) on delete set null;
drop trigger circle_opened on circle;
drop function circle_opens_again();
drop view circle_named;
drop table closed_circle;
