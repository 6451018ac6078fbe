package core

// LeadsIt holds where somebody decides what the lead of a project does: who leads it, or beside its lead, and who stands
// in today. Person and project are SQL, such as "@me" and "decision.project_id".
func LeadsIt(person, project string) string {
	return `exists (
    select from term
    where term.project_id = ` + project + ` and term.person_id = ` + person + ` and term.role in ('primary', 'co') and term.state in ` + TermHolds + `
    union all
    select from stand_in
    where stand_in.project_id = ` + project + ` and stand_in.person_id = ` + person + ` and stand_in.state = 'standing'
        and stand_in.from_on <= @today::date and coalesce(stand_in.until_on >= @today::date, true)
)`
}

// LedSince holds where somebody leads a project now, or led it, or beside its lead, or stood in, on a day or since:
// lead's ledSince. Day is SQL for a day that is past, or today.
func LedSince(person, project, day string) string {
	return `(` + LeadsIt(person, project) + ` or exists (
    select from term
    where term.project_id = ` + project + ` and term.person_id = ` + person + ` and term.role in ('primary', 'co') and term.state in ` + TermBegun + `
        and coalesce(upper(term.during) > ` + day + `, true)
    union all
    select from stand_in
    where stand_in.project_id = ` + project + ` and stand_in.person_id = ` + person + ` and stand_in.from_on <= @today::date
        and case stand_in.state
            when 'standing' then coalesce(stand_in.until_on >= ` + day + `, true)
            when 'ended' then stand_in.ended_on >= ` + day + ` and stand_in.ended_on >= stand_in.from_on
            else false
        end
))`
}

// ProposedOn is the organisation's day on which a decision was first asked of others; today where it was not.
const ProposedOn = `coalesce(organisation_day(decision.asked_at), @today::date)`

// ProposedIt holds where a decision that is proposed upwards is somebody's own question: lead's proposers.
func ProposedIt(person string) string {
	return `(decision.opened_by = ` + person + ` or ` + LedSince(person, "decision.project_id", ProposedOn) + `)`
}
