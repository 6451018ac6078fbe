-- A lead of a file that begins on a day to come: accepted, and in office from that day on.
alter table term add column starts_on date;
create index term_start_due on term (starts_on) where state = 'accepted' and starts_on is not null;

-- Whoever was imported without an end leads until a day on which the lead is due to change: the
-- project's last, or in a year.
update term
set ends_on = least(
        case when project.end_on > current_date then project.end_on end,
        (current_date + make_interval(months => coalesce(
            (select number from guardrail where kind = 'longest_term' and retired_at is null), 12)))::date)
from project
where project.id = term.project_id
    and term.role = 'primary'
    and term.state = 'live'
    and term.ends_on is null;

-- Imports left places beside the lead in projects that they completed.
update term
set state = 'ended',
    during = daterange(lower(term.during), greatest(lower(term.during), coalesce(project.ended_at::date, current_date) - 1), '[]'),
    ended_at = coalesce(project.ended_at, now()),
    end_reason = 'the project was completed'
from project
where project.id = term.project_id
    and project.state in ('completed', 'cancelled')
    and term.role <> 'primary'
    and term.state = 'live';
