drop function person_renamed(jsonb, text[], text, text, boolean);

do $$
declare
    key record;
begin
    for key in
        select conrelid::regclass as at, conname as named, replace(pg_get_constraintdef(oid), ' ON UPDATE CASCADE', '') as def
        from pg_constraint
        where contype = 'f' and confrelid in ('person'::regclass, 'account'::regclass) and confupdtype = 'c'
        order by conrelid::regclass::text, conname
    loop
        execute format('alter table %s drop constraint %I, add constraint %I %s', key.at, key.named, key.named, key.def);
    end loop;
end
$$;
