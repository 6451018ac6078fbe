-- What held when a window began decides it; the best of the whole organisation is taken at its close.
alter table claim_window add column trust text;
alter table claim_window add column rotation double precision;
alter table claim_window add column policy_version integer;
alter table claim_window add column best_fit double precision;
alter table claim_window add column best_order bigint;
alter table claim_window add column best_mark bigint;
