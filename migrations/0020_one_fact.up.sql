-- What more than one query asks for is said here once. The first two are plain SQL that Postgres
-- writes into the query that calls them, so they cost no more than a copy would.

-- The circles that a circle lies in, itself included at depth 0, its parent at 1, and so on.
create function circles_above(circle text) returns table (circle_id text, depth integer)
language sql stable rows 4
as $$
    with recursive up as (
        select below.id, below.parent_id, 0 as depth from circle below where below.id = $1
        union all
        select above.id, above.parent_id, up.depth + 1 from circle above join up on above.id = up.parent_id
    )
    select up.id, up.depth from up
$$;

-- The trust that holds on a day: one that was given until a day before is weighed again.
create function trust_on(trust text, trust_until date, day date) returns text
language sql immutable
as $$ select case when $2 < $3 then 'weighed' else $1 end $$;

-- The day that a moment is where the organisation is.
create function organisation_day(at timestamptz) returns date
language sql stable
as $$ select (organisation_day.at at time zone organisation.zone)::date from organisation $$;
