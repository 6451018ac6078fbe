delete from skill
where id in (
    'practice-seeing-through',
    'practice-weighing-experts',
    'practice-small-steps',
    'practice-incidents',
    'practice-quick-decisions',
    'practice-no-way-back',
    'practice-many-heads',
    'practice-hearing',
    'practice-several-teams',
    'practice-new-team'
)
    and not exists (select from evidence where evidence.skill_id = skill.id)
    and not exists (select from requirement where requirement.skill_id = skill.id)
    and not exists (select from wish where wish.skill_id = skill.id)
    and not exists (select from ask where ask.skill_id = skill.id);
