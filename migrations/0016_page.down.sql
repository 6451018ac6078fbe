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
delete from change where noun is not null;
alter table change drop column noun;
