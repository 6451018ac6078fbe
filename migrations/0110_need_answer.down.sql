-- Hours that count as granted keep the name of whoever was asked for them, else of whoever proposed the project;
-- where there is neither they are open again.
update need
set granted_by = coalesce(need.asked_of, project.proposed_by),
    granted_at = case when coalesce(need.asked_of, project.proposed_by) is not null then need.granted_at end
from project
where project.id = need.project_id
    and need.granted_by is null
    and need.granted_at is not null;

alter table need
    drop constraint need_granted_by_name,
    add constraint need_granted_by_name check ((granted_by is null) = (granted_at is null)),
    drop column passed_on,
    drop column answer,
    drop column answered_by,
    drop column answered_at,
    drop column less,
    drop column answer_reason,
    drop column taken,
    drop column arrival,
    drop column arrival_at;
