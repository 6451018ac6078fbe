drop index concurrently if exists evidence_of_skill;
