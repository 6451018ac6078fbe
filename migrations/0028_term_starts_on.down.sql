-- Without the day, nothing would bring these into office: claims gather until somebody takes the lead.
update claim_window
set state = 'inviting',
    closed_at = null,
    told_at = null,
    claimed = null
from term
where term.project_id = claim_window.project_id
    and term.role = 'primary'
    and term.state = 'accepted'
    and term.starts_on is not null
    and claim_window.state = 'picked';

update term set state = 'void' where starts_on is not null and state = 'accepted';
drop index term_start_due;
alter table term drop column starts_on;
