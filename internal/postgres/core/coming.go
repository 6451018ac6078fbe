package core

// Coming reads who is known to have accepted the lead of a project and has not begun, with the day on which they
// begin, where one is set: once everybody is told or, where a file said so, at once. To join it laterally.
func Coming(project string) string {
	return `(
    select next.name, accepted.starts_on
    from term accepted
    join person next on next.id = accepted.person_id
    left join claim on claim.id = accepted.claim_id
    left join claim_window on claim_window.id = claim.window_id
    where accepted.project_id = ` + project + ` and accepted.role = 'primary' and accepted.state = 'accepted'
        and (accepted.claim_id is null or claim_window.told_at is not null)
    limit 1
)`
}
