package core

// ActiveToday holds for people who are with the organisation today.
const ActiveToday = `
(person.deactivated_at is null
    and coalesce(person.active_from <= @today, true)
    and coalesce(person.active_until >= @today, true))`

// ActiveBy holds for people who are with the organisation when the day begins, whenever it was:
// unlike activeToday it counts whoever was signed off since.
const ActiveBy = `
(person.deactivated_at is null or person.deactivated_at >= @day::date)
    and coalesce(person.active_from < @day, true)
    and coalesce(person.active_until >= @day::date - 1, true)`

// The states of a term, by what they say of its person.
const (
	// TermHolds is of those who lead now: see skein.TermState.Holds.
	TermHolds = `('live', 'handing_over')`
	// TermCounts is of places that are held or outstanding: see skein.TermState.Counts.
	TermCounts = `('offered', 'accepted', 'live', 'handing_over')`
)

// IsLead holds for projects that somebody leads or could lead.
const IsLead = `project.state in ('open', 'led', 'handing_over')`
