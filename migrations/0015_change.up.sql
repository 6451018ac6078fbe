-- What changed of that which people are compared by, so that whoever keeps it in memory can follow.
-- The transaction's number tells what a reader has not seen yet, in whatever order transactions
-- commit. A row that names nobody means everybody.
create table change (
    id         bigint generated always as identity primary key,
    xid        xid8 not null default pg_current_xact_id(),
    at         timestamptz not null default clock_timestamp(),
    person_id  text,
    -- whoever has led it
    project_id text
);

create index change_xid on change (xid);
create index change_at on change (at);

create function note_change(people text[], projects text[]) returns void
language plpgsql
as $$
begin
    if people is null and projects is null then
        return;
    end if;
    if coalesce(cardinality(people), 0) + coalesce(cardinality(projects), 0) > 20000 then
        insert into change default values;
    else
        insert into change (person_id) select distinct p from unnest(people) p where p is not null;
        insert into change (project_id) select distinct p from unnest(projects) p where p is not null;
    end if;
    perform pg_notify('skein_change', '');
end
$$;

create function note_change_of_everybody() returns trigger
language plpgsql
as $$
begin
    insert into change default values;
    perform pg_notify('skein_change', '');
    return null;
end
$$;

-- For evidence: the person and, as praise may be mutual, the giver. A statement with very many rows
-- is one change of everybody.
create function note_evidence() returns trigger
language plpgsql
as $$
declare
    rows bigint;
    people text[];
begin
    if tg_op = 'INSERT' then
        select count(*) into rows from (select from new_rows limit 20001) seen;
    elsif tg_op = 'DELETE' then
        select count(*) into rows from (select from old_rows limit 20001) seen;
    else
        select count(*) into rows from (select from new_rows limit 20001) seen;
    end if;
    if rows > 20000 then
        insert into change default values;
        perform pg_notify('skein_change', '');
        return null;
    end if;
    if tg_op = 'INSERT' then
        select array_agg(who) into people from new_rows, unnest(array[person_id, given_by]) who;
    elsif tg_op = 'DELETE' then
        select array_agg(who) into people from old_rows, unnest(array[person_id, given_by]) who;
    else
        select array_agg(who) into people
        from (select person_id, given_by from old_rows union select person_id, given_by from new_rows) both_rows,
            unnest(array[person_id, given_by]) who;
    end if;
    perform note_change(people, null);
    return null;
end
$$;

create trigger evidence_added after insert on evidence
referencing new table as new_rows for each statement execute function note_evidence();
create trigger evidence_changed after update on evidence
referencing old table as old_rows new table as new_rows for each statement execute function note_evidence();
create trigger evidence_removed after delete on evidence
referencing old table as old_rows for each statement execute function note_evidence();
create trigger evidence_emptied after truncate on evidence
for each statement execute function note_change_of_everybody();

-- Only what people are compared by: that somebody read a page is no change.
create function note_person() returns trigger
language plpgsql
as $$
declare
    people text[];
begin
    if tg_op = 'INSERT' then
        select array_agg(id) into people from new_rows;
    elsif tg_op = 'DELETE' then
        select array_agg(id) into people from old_rows;
    else
        select array_agg(coalesce(o.id, n.id)) into people
        from old_rows o
        full join new_rows n on n.id = o.id
        where (o.id, o.circle_id, o.hours_per_week, o.active_from, o.active_until, o.deactivated_at)
            is distinct from (n.id, n.circle_id, n.hours_per_week, n.active_from, n.active_until, n.deactivated_at);
    end if;
    perform note_change(people, null);
    return null;
end
$$;

create trigger person_added after insert on person
referencing new table as new_rows for each statement execute function note_person();
create trigger person_changed after update on person
referencing old table as old_rows new table as new_rows for each statement execute function note_person();
create trigger person_removed after delete on person
referencing old table as old_rows for each statement execute function note_person();
create trigger person_emptied after truncate on person
for each statement execute function note_change_of_everybody();

-- For tables whose rows belong to a person: terms, members, leave, wishes.
create function note_of_person() returns trigger
language plpgsql
as $$
declare
    people text[];
begin
    if tg_op = 'INSERT' then
        select array_agg(person_id) into people from new_rows;
    elsif tg_op = 'DELETE' then
        select array_agg(person_id) into people from old_rows;
    else
        select array_agg(person_id) into people
        from (select person_id from old_rows union select person_id from new_rows) both_rows;
    end if;
    perform note_change(people, null);
    return null;
end
$$;

create trigger term_added after insert on term
referencing new table as new_rows for each statement execute function note_of_person();
create trigger term_changed after update on term
referencing old table as old_rows new table as new_rows for each statement execute function note_of_person();
create trigger term_removed after delete on term
referencing old table as old_rows for each statement execute function note_of_person();
create trigger term_emptied after truncate on term
for each statement execute function note_change_of_everybody();

create trigger member_added after insert on member
referencing new table as new_rows for each statement execute function note_of_person();
create trigger member_changed after update on member
referencing old table as old_rows new table as new_rows for each statement execute function note_of_person();
create trigger member_removed after delete on member
referencing old table as old_rows for each statement execute function note_of_person();

create trigger absence_added after insert on absence
referencing new table as new_rows for each statement execute function note_of_person();
create trigger absence_changed after update on absence
referencing old table as old_rows new table as new_rows for each statement execute function note_of_person();
create trigger absence_removed after delete on absence
referencing old table as old_rows for each statement execute function note_of_person();

create trigger wish_added after insert on wish
referencing new table as new_rows for each statement execute function note_of_person();
create trigger wish_removed after delete on wish
referencing old table as old_rows for each statement execute function note_of_person();

-- What a project takes, and what it is about, bears on whoever has led it.
create function note_project() returns trigger
language plpgsql
as $$
declare
    projects text[];
begin
    select array_agg(n.id) into projects
    from new_rows n
    join old_rows o on o.id = n.id
    where o.hours_per_week is distinct from n.hours_per_week;
    perform note_change(null, projects);
    return null;
end
$$;

create trigger project_changed after update on project
referencing old table as old_rows new table as new_rows for each statement execute function note_project();

create function note_phase() returns trigger
language plpgsql
as $$
declare
    projects text[];
begin
    if tg_op = 'INSERT' then
        select array_agg(project_id) into projects from new_rows;
    elsif tg_op = 'DELETE' then
        select array_agg(project_id) into projects from old_rows;
    else
        select array_agg(n.project_id) into projects
        from new_rows n
        join old_rows o on o.id = n.id
        where (o.number, o.ended_at is null) is distinct from (n.number, n.ended_at is null);
    end if;
    perform note_change(null, projects);
    return null;
end
$$;

create trigger phase_added after insert on phase
referencing new table as new_rows for each statement execute function note_phase();
create trigger phase_changed after update on phase
referencing old table as old_rows new table as new_rows for each statement execute function note_phase();
create trigger phase_removed after delete on phase
referencing old table as old_rows for each statement execute function note_phase();

create function note_requirement() returns trigger
language plpgsql
as $$
declare
    projects text[];
begin
    if tg_op = 'INSERT' then
        select array_agg(project_id) into projects from phase where id in (select phase_id from new_rows);
    elsif tg_op = 'DELETE' then
        select array_agg(project_id) into projects from phase where id in (select phase_id from old_rows);
    else
        select array_agg(project_id) into projects
        from phase
        where id in (select phase_id from old_rows union select phase_id from new_rows);
    end if;
    perform note_change(null, projects);
    return null;
end
$$;

create trigger requirement_added after insert on requirement
referencing new table as new_rows for each statement execute function note_requirement();
create trigger requirement_changed after update on requirement
referencing old table as old_rows new table as new_rows for each statement execute function note_requirement();
create trigger requirement_removed after delete on requirement
referencing old table as old_rows for each statement execute function note_requirement();
