create index concurrently if not exists evidence_skill on evidence (skill_id, person_id) include (kind, level, observed_on, expires_on);
