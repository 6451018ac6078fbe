package core

import (
	"strings"

	"skein/internal/skein"
)

// ActiveToday holds for people who are with the organisation today.
const ActiveToday = `
(person.deactivated_at is null
    and coalesce(person.active_from <= @today, true)
    and coalesce(person.active_until >= @today, true))`

// Left holds for people who were with the organisation and are not any more.
const Left = `(person.deactivated_at is not null or person.active_until < @today)`

// ReadHowAt is when a person read what is compared; null: not yet. The version before kept it with the
// person.
const ReadHowAt = `coalesce((select read_how.at from read_how where read_how.person_id = person.id), person.read_how_at)`

// Spells lists the spells of leave of a person, in one column, spell, of ranges of days: leaves that overlap or follow
// each other without a day between are one. Go's is skein.Spells. Person is SQL, such as "person.id".
func Spells(person string) string {
	return `(
    select unnest(range_agg(daterange(absence.from_on, absence.until_on, '[]'))) as spell
    from absence
    where absence.person_id = ` + person + `
)`
}

// AwayUntil is the last day of the leave that a person is on today; null: of none. A leave without an
// end lasts.
var AwayUntil = `(
    select coalesce(upper(leave.spell) - 1, date '9999-12-31')
    from ` + Spells("person.id") + ` leave
    where leave.spell @> @today::date
)`

// ActiveBy holds for people who are with the organisation when the day begins, whenever it was:
// unlike activeToday it counts whoever was signed off since.
const ActiveBy = `
(person.deactivated_at is null or person.deactivated_at >= @day::date)
    and coalesce(person.active_from < @day, true)
    and coalesce(person.active_until >= @day::date - 1, true)`

// ProjectWords is what a project is searched by, as its index has it.
const ProjectWords = `free_words(project.title || ' ' || project.purpose || ' ' || project.judged_by)`

// ProjectShown holds for projects of which everybody may know: see skein.Project.SeenBy.
const ProjectShown = `(project.state <> 'draft' and (project.state <> 'cancelled' or project.published_at is not null))`

// NeedAsked holds for a need of which somebody's answer is awaited: skein.Need.Asked.
const NeedAsked = `(need.granted_at is null and need.waived_at is null and need.answer is null)`

// NeedOfExecutives holds for a need that has come to the executives: whoever is asked is one, and no steward
// of the project's circle or of one above.
const NeedOfExecutives = `(
    exists (select from hat where hat.person_id = need.asked_of and hat.kind = 'executive')
    and not exists (
        select from circles_above(project.circle_id) up
        join hat on hat.circle_id = up.circle_id and hat.kind = 'steward' and hat.person_id = need.asked_of
    )
)`

// AskedBeside holds for a term of somebody who is asked to lead beside the lead, and has said nothing yet.
const AskedBeside = `(term.role = 'co' and term.state = 'offered')`

// TakesHours lists, each once, the projects whose hours somebody holds: of leads and co-leads, those offered
// and accepted included, and of where they stand in: see skein.Term's method of that name. People is SQL on whom, such
// as "= person.id".
func TakesHours(people string) string {
	return `(
        select term.project_id
        from term
        where term.person_id ` + people + ` and term.role in ('primary', 'co') and term.state in ` + TermCounts + ` and not ` + AskedBeside + `
        union
        select stand_in.project_id
        from stand_in
        where stand_in.person_id ` + people + ` and stand_in.state = 'standing'
    )`
}

// Reconsidered holds where the lead of a project is being reconsidered.
func Reconsidered(project string) string {
	return `exists (
		select from reconsideration
		join term on term.id = reconsideration.term_id and term.state in ` + TermHolds + `
		where reconsideration.project_id = ` + project + ` and reconsideration.state = 'open'
	)`
}

// The sets of states as SQL lists them, such as ('offered', 'accepted'). Each is skein's method of that
// name, which says what it means; no SQL lists states of terms or projects by itself.
var (
	TermHolds      = listed(skein.TermStates, skein.TermState.Holds)
	TermComing     = listed(skein.TermStates, skein.TermState.Coming)
	TermCounts     = listed(skein.TermStates, skein.TermState.Counts)
	TermWaits      = listed(skein.TermStates, skein.TermState.Waits)
	TermPlaced     = listed(skein.TermStates, skein.TermState.Placed)
	TermUnanswered = listed(skein.TermStates, skein.TermState.Unanswered)
	TermAgreed     = listed(skein.TermStates, skein.TermState.Agreed)
	TermStays      = listed(skein.TermStates, skein.TermState.Stays)
	TermBegun      = listed(skein.TermStates, skein.TermState.Begun)
	TermFailed     = listed(skein.TermStates, skein.TermState.Failed)

	StandInOpen = listed(skein.StandInStates, skein.StandInState.Open)

	HandoverStands = listed(skein.HandoverStates, skein.HandoverState.Stands)

	ClaimPending = listed(skein.ClaimStates, skein.ClaimState.Pending)
	ClaimAsks    = listed(skein.ClaimStates, skein.ClaimState.Asks)
	ClaimStands  = listed(skein.ClaimStates, skein.ClaimState.Stands)
	ClaimNamed   = listed(skein.ClaimStates, seen(skein.EyesNamed))   // seen by who is named in it
	ClaimChecked = listed(skein.ClaimStates, seen(skein.EyesChecker)) // seen by who checks the pick
	ClaimSecret  = listed(skein.ClaimStates, secret)                  // said as submitted until the telling
	WindowKnown  = `(claim_window.told_at is not null or claim_window.state in ` + listed(skein.WindowStates, known) + `)`
	WindowGoing  = listed(skein.WindowStates, skein.WindowState.Going)

	ProjectSeeks    = listed(skein.ProjectStates, skein.ProjectState.Seeks)
	ProjectHasLead  = listed(skein.ProjectStates, skein.ProjectState.HasLead)
	ProjectIsLead   = listed(skein.ProjectStates, skein.ProjectState.IsLead)
	ProjectUnderWay = listed(skein.ProjectStates, skein.ProjectState.UnderWay)
	ProjectHappens  = listed(skein.ProjectStates, skein.ProjectState.Happens)
	ProjectOver     = listed(skein.ProjectStates, skein.ProjectState.Over)
)

func seen(eyes skein.ClaimEyes) func(skein.ClaimState) bool {
	return func(s skein.ClaimState) bool { return s.SeenBy(eyes) }
}

func secret(s skein.ClaimState) bool { return s.AsSeen(skein.EyesNamed, false) != s }

func known(s skein.WindowState) bool { return s.Known(false) }

// listed says as SQL which of all states are in a set.
func listed[State ~string](all []State, in func(State) bool) string {
	var quoted []string
	for _, state := range all {
		if in(state) {
			quoted = append(quoted, "'"+string(state)+"'")
		}
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}
