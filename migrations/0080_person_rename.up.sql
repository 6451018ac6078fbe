-- Somebody's id may change: whatever refers to them, or to their account, follows in the same statement.
-- A key that is made after this says "on update cascade" itself; a test holds it.
do $$
declare
    key record;
begin
    for key in
        select conrelid::regclass as at, conname as named,
            regexp_replace(pg_get_constraintdef(oid), '(REFERENCES \S+\([^)]*\))', '\1 ON UPDATE CASCADE') as def
        from pg_constraint
        where contype = 'f' and confrelid in ('person'::regclass, 'account'::regclass) and confupdtype <> 'c'
        order by conrelid::regclass::text, conname
    loop
        execute format('alter table %s drop constraint %I, add constraint %I %s', key.at, key.named, key.named, key.def);
    end loop;
end
$$;

-- A document in which a person is named under some names, with another id for them.
create function person_renamed(doc jsonb, under text[], was text, now text, named boolean default false) returns jsonb
language plpgsql immutable
as $$
begin
    case jsonb_typeof(doc)
        when 'string' then
            return case when named and doc #>> '{}' = was then to_jsonb(now) else doc end;
        when 'array' then
            return (
                select coalesce(jsonb_agg(person_renamed(part.value, under, was, now, named) order by part.ordinality), '[]')
                from jsonb_array_elements(doc) with ordinality part
            );
        when 'object' then
            return (
                select coalesce(jsonb_object_agg(part.key, person_renamed(part.value, under, was, now, part.key = any (under))), '{}')
                from jsonb_each(doc) part
            );
        else
            return doc;
    end case;
end
$$;
