alter table sessions drop column mark;

do $$
declare
    t record;
begin
    for t in
        select tgname as name, tgrelid::regclass as of
        from pg_trigger
        join pg_proc on pg_proc.oid = tgfoid
        where proname in ('note_leads_of_rows', 'note_every_lead', 'note_leads_of_person')
    loop
        execute format('drop trigger %I on %s', t.name, t.of);
    end loop;
end
$$;
drop function note_leads_of_person();
drop function note_leads_of_rows();
drop function note_every_lead();
drop function note_leads(text[]);

-- From here on as 0016 made it.
alter table change drop constraint change_noun_known;
alter table change add constraint change_noun_known check (noun in ('page', 'lead', 'everything'));

create function note_shown(people text[], projects text[]) returns void
language plpgsql
as $$
begin
    if coalesce(cardinality(people), 0) + coalesce(cardinality(projects), 0) = 0 then
        return;
    end if;
    if coalesce(cardinality(people), 0) + coalesce(cardinality(projects), 0) > 1000 then
        insert into change (noun) values ('everything');
    else
        insert into change (noun, person_id) select 'page', p from unnest(people) p;
        insert into change (noun, project_id) select 'lead', p from unnest(projects) p;
    end if;
    perform pg_notify('skein_change', '');
end
$$;

create function note_shown_everything() returns trigger
language plpgsql
as $$
begin
    insert into change (noun) values ('everything');
    perform pg_notify('skein_change', '');
    return null;
end
$$;

-- Notes the people and projects that the rows of a statement name. Its arguments are the columns
-- that name people and the ones that name projects, with commas.
create function note_rows_shown() returns trigger
language plpgsql
as $$
declare
    named text := case tg_op
        when 'INSERT' then 'select * from new_rows'
        when 'DELETE' then 'select * from old_rows'
        else 'select * from old_rows union all select * from new_rows'
    end;
    people text[];
    projects text[];
begin
    if tg_argv[0] <> '' then
        execute format('select array(select distinct id_named_here from (%s) named, unnest(array[%s]) id_named_here where id_named_here is not null limit 1001)', named, tg_argv[0])
        into people;
    end if;
    if tg_argv[1] <> '' then
        execute format('select array(select distinct id_named_here from (%s) named, unnest(array[%s]) id_named_here where id_named_here is not null limit 1001)', named, tg_argv[1])
        into projects;
    end if;
    perform note_shown(people, projects);
    return null;
end
$$;

-- Requirements name a phase, and the phase its project.
create function note_requirement_shown() returns trigger
language plpgsql
as $$
declare
    projects text[];
begin
    if tg_op = 'INSERT' then
        projects := array(select distinct project_id from phase where id in (select phase_id from new_rows) limit 1001);
    elsif tg_op = 'DELETE' then
        projects := array(select distinct project_id from phase where id in (select phase_id from old_rows) limit 1001);
    else
        projects := array(
            select distinct project_id from phase
            where id in (select phase_id from old_rows union select phase_id from new_rows) limit 1001
        );
    end if;
    perform note_shown(null, projects);
    return null;
end
$$;

-- A person's row is their own, but a name stands on other people's pages.
create function note_person_shown() returns trigger
language plpgsql
as $$
begin
    if exists (
        select from old_rows o
        full join new_rows n on n.id = o.id
        where (o.id, o.name, o.deactivated_at) is distinct from (n.id, n.name, n.deactivated_at)
    ) then
        insert into change (noun) values ('everything');
        perform pg_notify('skein_change', '');
    else
        perform note_shown(array(select id from new_rows limit 1001), null);
    end if;
    return null;
end
$$;

-- A project's title stands where evidence says what it came from. Ids that we made ourselves are
-- new to everybody; those of files may have been named before.
create function note_project_shown() returns trigger
language plpgsql
as $$
declare
    named boolean;
    people text[];
    projects text[];
begin
    if tg_op = 'INSERT' then
        named := exists (select from new_rows where id !~ '^[0-9a-f]{8}-');
        people := array(select distinct proposed_by from new_rows where proposed_by is not null limit 1001);
        projects := array(select id from new_rows limit 1001);
    else
        named := exists (
            select from old_rows o
            full join new_rows n on n.id = o.id
            where (o.id, o.title) is distinct from (n.id, n.title)
        );
        people := array(
            select proposed_by from old_rows where proposed_by is not null
            union
            select proposed_by from new_rows where proposed_by is not null
            limit 1001
        );
        projects := array(select id from new_rows limit 1001);
    end if;
    if named then
        insert into change (noun) values ('everything');
        perform pg_notify('skein_change', '');
    else
        perform note_shown(people, projects);
    end if;
    return null;
end
$$;

create trigger person_shown_changed after update on person
referencing old table as old_rows new table as new_rows for each statement execute function note_person_shown();
create trigger person_shown_removed after delete on person
for each statement execute function note_shown_everything();

create trigger project_shown_added after insert on project
referencing new table as new_rows for each statement execute function note_project_shown();
create trigger project_shown_changed after update on project
referencing old table as old_rows new table as new_rows for each statement execute function note_project_shown();
create trigger project_shown_removed after delete on project
for each statement execute function note_shown_everything();

create trigger requirement_shown_added after insert on requirement
referencing new table as new_rows for each statement execute function note_requirement_shown();
create trigger requirement_shown_changed after update on requirement
referencing old table as old_rows new table as new_rows for each statement execute function note_requirement_shown();
create trigger requirement_shown_removed after delete on requirement
referencing old table as old_rows for each statement execute function note_requirement_shown();

do $$
declare
    t record;
begin
    -- tables whose rows belong to people or projects: the columns that name them
    for t in
        select *
        from (values
            ('account', 'person_id', ''),
            ('notice', 'person_id', ''),
            ('ask', 'asked_of', ''),
            ('dismissal', 'person_id', ''),
            ('claim', 'person_id, with_person_id, coach_id', ''),
            ('invite', 'person_id', ''),
            ('pick', 'asked_of', ''),
            ('review', 'asked_of', ''),
            ('wish', 'person_id', ''),
            ('absence', 'person_id', ''),
            ('need', 'asked_of', 'project_id'),
            ('remit', '', 'project_id'),
            ('phase', '', 'project_id'),
            ('claim_window', '', 'project_id'),
            ('member', 'person_id', 'project_id'),
            ('term', 'person_id', 'project_id')
        ) shown (name, people, projects)
    loop
        execute format('create trigger %I after insert on %I referencing new table as new_rows '
            'for each statement execute function note_rows_shown(%L, %L)', t.name || '_shown_added', t.name, t.people, t.projects);
        execute format('create trigger %I after update on %I referencing old table as old_rows new table as new_rows '
            'for each statement execute function note_rows_shown(%L, %L)', t.name || '_shown_changed', t.name, t.people, t.projects);
        execute format('create trigger %I after delete on %I referencing old table as old_rows '
            'for each statement execute function note_rows_shown(%L, %L)', t.name || '_shown_removed', t.name, t.people, t.projects);
    end loop;
    -- tables that stand on everybody's pages and hardly ever change
    for t in
        select *
        from (values ('organisation'), ('circle'), ('priority'), ('guardrail'), ('policy'), ('hat')) shown (name)
    loop
        execute format('create trigger %I after insert or update or delete on %I '
            'for each statement execute function note_shown_everything()', t.name || '_shown', t.name);
    end loop;
    -- a new skill is on no page yet
    create trigger skill_shown after update or delete on skill
    for each statement execute function note_shown_everything();
end
$$;
