package postgres

// activeToday holds for people who are with the organisation today.
const activeToday = `
(person.deactivated_at is null
    and coalesce(person.active_from <= @today, true)
    and coalesce(person.active_until >= @today, true))`

// activeBy holds for people who are with the organisation when the day begins, whenever it was:
// unlike activeToday it counts whoever was signed off since.
const activeBy = `
(person.deactivated_at is null or person.deactivated_at >= @day::date)
    and coalesce(person.active_from < @day, true)
    and coalesce(person.active_until >= @day::date - 1, true)`

// The states of a term, by what they say of its person.
const (
	// termHolds is of those who lead now: see skein.TermState.Holds.
	termHolds = `('live', 'handing_over')`
	// termCounts is of places that are held or outstanding: see skein.TermState.Counts.
	termCounts = `('offered', 'accepted', 'live', 'handing_over')`
)
