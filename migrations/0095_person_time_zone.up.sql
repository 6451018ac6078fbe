-- By whose clocks times are said to somebody; none: by the organisation's.
alter table person add column time_zone text;
alter table person add constraint person_time_zone_said check (time_zone <> '');
