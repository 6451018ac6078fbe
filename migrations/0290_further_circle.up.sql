-- Further circles that must move with a project, beside the one that it belongs to, which is never among them.
create table further_circle (
    project_id text not null references project (id) on delete cascade,
    circle_id  text not null references circle (id),
    primary key (project_id, circle_id)
);

create index further_circle_circle on further_circle (circle_id);

-- What files said so far under that name was kept as an attribute.
insert into further_circle (project_id, circle_id)
select distinct project.id, circle.id
from project
cross join regexp_split_to_table(project.attributes ->> 'teams', '\|') named
join circle on circle.id = btrim(named)
where circle.id is distinct from project.circle_id;

update project set attributes = attributes - 'teams' where attributes ? 'teams';
