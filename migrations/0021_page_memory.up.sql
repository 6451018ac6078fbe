-- Pages are made anew each time. What is still kept in memory is what people are compared by (0015)
-- and the leads that are browsed; changes of all else need not be told any more:
--   null        as before: the facts of a person, or of whoever has led a project
--   lead        a project, with all that the board says of it and that it asks
--   everything  every lead: a team, a priority, a skill, a rule
do $$
declare
    t record;
begin
    for t in
        select tgname as name, tgrelid::regclass as of
        from pg_trigger
        join pg_proc on pg_proc.oid = tgfoid
        where proname in ('note_rows_shown', 'note_shown_everything', 'note_requirement_shown', 'note_person_shown', 'note_project_shown')
    loop
        execute format('drop trigger %I on %s', t.name, t.of);
    end loop;
end
$$;
drop function note_project_shown();
drop function note_person_shown();
drop function note_requirement_shown();
drop function note_rows_shown();
drop function note_shown_everything();
drop function note_shown(text[], text[]);
delete from change where noun = 'page';
alter table change drop constraint change_noun_known;
alter table change add constraint change_noun_known check (noun in ('lead', 'everything'));

create function note_leads(projects text[]) returns void
language plpgsql
as $$
begin
    if coalesce(cardinality(projects), 0) = 0 then
        return;
    end if;
    if cardinality(projects) > 1000 then
        insert into change (noun) values ('everything');
    else
        insert into change (noun, project_id) select 'lead', p from unnest(projects) p;
    end if;
    perform pg_notify('skein_change', '');
end
$$;

create function note_every_lead() returns trigger
language plpgsql
as $$
begin
    insert into change (noun) values ('everything');
    perform pg_notify('skein_change', '');
    return null;
end
$$;

-- Notes the projects of a statement's rows. Its argument finds them in the rows named rows.
create function note_leads_of_rows() returns trigger
language plpgsql
as $$
declare
    changed text := case tg_op
        when 'INSERT' then 'select * from new_rows'
        when 'DELETE' then 'select * from old_rows'
        else 'select * from old_rows union all select * from new_rows'
    end;
    projects text[];
begin
    execute format('with rows as (%s) select array(select distinct project from (%s) found (project) where project is not null limit 1001)', changed, tg_argv[0])
    into projects;
    perform note_leads(projects);
    return null;
end
$$;

-- A name stands on the board where its person leads.
create function note_leads_of_person() returns trigger
language plpgsql
as $$
begin
    perform note_leads(array(
        select term.project_id
        from old_rows o
        join new_rows n on n.id = o.id
        join term on term.person_id = n.id and term.role = 'primary' and term.state in ('live', 'handing_over')
        where o.name <> n.name
        limit 1001
    ));
    return null;
end
$$;

create trigger person_lead_changed after update on person
referencing old table as old_rows new table as new_rows for each statement execute function note_leads_of_person();

do $$
declare
    t record;
begin
    for t in
        select *
        from (values
            ('project', 'select id from rows'),
            ('phase', 'select project_id from rows'),
            ('requirement', 'select project_id from phase where id in (select phase_id from rows)'),
            ('claim_window', 'select project_id from rows'),
            ('term', 'select project_id from rows'),
            ('need', 'select project_id from rows')
        ) followed (name, projects)
    loop
        execute format('create trigger %I after insert on %I referencing new table as new_rows '
            'for each statement execute function note_leads_of_rows(%L)', t.name || '_lead_added', t.name, t.projects);
        execute format('create trigger %I after update on %I referencing old table as old_rows new table as new_rows '
            'for each statement execute function note_leads_of_rows(%L)', t.name || '_lead_changed', t.name, t.projects);
        execute format('create trigger %I after delete on %I referencing old table as old_rows '
            'for each statement execute function note_leads_of_rows(%L)', t.name || '_lead_removed', t.name, t.projects);
    end loop;
    -- what bears on every lead, and hardly ever changes
    for t in
        select *
        from (values ('circle'), ('priority'), ('guardrail'), ('policy')) followed (name)
    loop
        execute format('create trigger %I after insert or update or delete on %I '
            'for each statement execute function note_every_lead()', t.name || '_lead', t.name);
    end loop;
    -- a new skill is in no lead yet
    create trigger skill_lead after update or delete on skill
    for each statement execute function note_every_lead();
end
$$;

-- What was committed when this browser's person last did something: their next page shows it.
alter table sessions add column mark text not null default '';
