-- Nobody steps back any more for having led, and no proposed rotation outweighs the fit. Published
-- tables are never changed: where the newest says either, a newer one says so.
insert into policy (version, lens, trust, rotation, made_at, reason)
select version + 1, lens, trust - 'first_lead', least(.6, greatest(-.4, rotation)), now(),
    'Whoever has led before no longer steps back; rotation stays between -0.4 and 0.6.'
from policy
where version = (select max(version) from policy)
    and (coalesce((trust ->> 'first_lead')::double precision, 0) <> 0 or rotation not between -.4 and .6);
