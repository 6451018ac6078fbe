-- The practices that the lens asks for are skills like any other: people can say they have them.
insert into skill (id, name, kind) values
    ('practice-seeing-through', 'Seeing things through', 'practice'),
    ('practice-weighing-experts', 'Weighing what experts say', 'practice'),
    ('practice-small-steps', 'Trying things in small steps', 'practice'),
    ('practice-incidents', 'Running incidents', 'practice'),
    ('practice-quick-decisions', 'Deciding quickly', 'practice'),
    ('practice-no-way-back', 'Handling what cannot be undone', 'practice'),
    ('practice-many-heads', 'Bringing many heads together', 'practice'),
    ('practice-hearing', 'Hearing those affected', 'practice'),
    ('practice-several-teams', 'Moving several teams', 'practice'),
    ('practice-new-team', 'Bringing a new team together', 'practice')
on conflict (id) do nothing;
