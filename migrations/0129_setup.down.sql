alter table organisation drop column setup_away_at;
