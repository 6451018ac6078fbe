-- How leads rotate wherever no circle states it, and in projects without a circle: part of the
-- published tables, because an organisation's own past proposes it together with them.
alter table policy add column rotation double precision not null default 0;
alter table policy add constraint policy_rotation_range check (rotation between -1 and 1);
