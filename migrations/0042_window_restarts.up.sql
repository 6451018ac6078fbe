-- How often a change of what is asked has started claims again since they closed last.
alter table claim_window add column restarts integer not null default 0;
