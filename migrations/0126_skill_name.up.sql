-- Skills are found by what they are like. The extension comes with Postgres, and whoever may create in
-- the database may have it; where that is refused, whoever runs Postgres has it made once.
do $$
begin
    create extension if not exists pg_trgm;
exception
    when insufficient_privilege or undefined_file or feature_not_supported then
        raise exception 'Skein needs the extension pg_trgm, and this database does not let it be made (%). Let whoever runs Postgres run "create extension pg_trgm" in this database once, and migrate again.', sqlerrm;
end
$$;

alter table skill
    -- not offered and not typed any more; what has it keeps it
    add column retired_at timestamptz,
    -- has the name of another skill, as a file says that knew of both; or from before names were kept once
    add column twin boolean not null default false,
    add column version integer not null default 1;

-- What is the same of a name however it is written.
create function skill_key(name text) returns text
language sql immutable parallel safe
return folded(btrim(regexp_replace(name, '\s+', ' ', 'g')));

-- Each name that a skill has or had, once however it is written. What is not its present name is another
-- name of it: forms, files and searches find the skill by all of them.
create table skill_name (
    key      text primary key,
    skill_id text not null references skill (id) on delete cascade,
    name     text not null,
    constraint skill_name_key_is_of_name check (key = skill_key(name))
);

create index skill_name_skill on skill_name (skill_id);
create index skill_name_like on skill_name using gin (key gin_trgm_ops);

-- Where a skill went that was merged into another: files and open pages still name it.
create table skill_was (
    id       text primary key,
    skill_id text not null references skill (id) on delete cascade
);

create index skill_was_skill on skill_was (skill_id);

-- The skill that an id means now.
create function skill_now(was text) returns text
language sql stable
return coalesce((select skill_was.skill_id from skill_was where skill_was.id = was), was);

insert into skill_name (key, skill_id, name)
select skill_key(name), id, name from skill order by id
on conflict do nothing;

update skill set twin = true
where not exists (select from skill_name where skill_name.skill_id = skill.id);

create function skill_changes() returns trigger
language plpgsql
as $$
begin
    if tg_op = 'INSERT' then
        if exists (select from skill_was where skill_was.id = new.id) then
            raise exception 'the skill % was merged into another', new.id using errcode = 'unique_violation', constraint = 'skill_was_pkey';
        end if;
    elsif row (new.*) is distinct from row (old.*) then
        new.version := old.version + 1;
        if skill_key(new.name) <> skill_key(old.name) then
            new.twin := false; -- its new name is its own, or it is refused
        end if;
    end if;
    return new;
end
$$;

create trigger skill_changes before insert or update on skill
for each row execute function skill_changes();

create function skill_is_named() returns trigger
language plpgsql
as $$
declare
    owner text;
begin
    if new.twin then
        return null; -- its name is the other's
    end if;
    insert into skill_name (key, skill_id, name)
    values (skill_key(new.name), new.id, new.name)
    on conflict (key) do update set name = excluded.name where skill_name.skill_id = excluded.skill_id
    returning skill_id into owner;
    if owner is null then
        raise exception 'another skill is called %', new.name using errcode = 'unique_violation', constraint = 'skill_name_pkey';
    end if;
    return null;
end
$$;

create trigger skill_is_named_first after insert on skill
for each row execute function skill_is_named();

create trigger skill_is_named_anew after update on skill
for each row when (new.name is distinct from old.name) execute function skill_is_named();
