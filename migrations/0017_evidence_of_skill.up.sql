-- Skills are looked up without their people, and whether evidence is hidden is not in any index:
-- an index of the skill alone is an eighth of the size and takes half as long to build.
create index concurrently if not exists evidence_of_skill on evidence (skill_id);
