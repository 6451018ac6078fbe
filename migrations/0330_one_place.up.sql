-- Whoever leads beside the lead shadows nobody there: the smaller place ends.
update term lesser
set state = 'ended',
    ended_at = now(),
    end_reason = 'has another place',
    during = daterange(lower(lesser.during), greatest(current_date, lower(lesser.during)), '[]')
where lesser.role = 'shadow' and lesser.state in ('live', 'handing_over') and exists (
    select from term other
    where other.project_id = lesser.project_id and other.person_id = lesser.person_id
        and other.role = 'co' and other.state in ('live', 'handing_over')
);

create unique index one_place_beside on term (project_id, person_id)
where role <> 'primary' and state in ('live', 'handing_over');
