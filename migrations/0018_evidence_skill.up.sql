drop index concurrently if exists evidence_skill;
