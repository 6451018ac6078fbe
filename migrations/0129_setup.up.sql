-- When the first administrator's list was put away; null: it is still shown.
alter table organisation add column setup_away_at timestamptz;
