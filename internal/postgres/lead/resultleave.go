package leaddb

import (
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// leaveRow is a leave of somebody who claimed.
type leaveRow struct {
	Person skein.PersonID
	From   skein.Date
	Until  skein.Date
}

// resultLeavesSQL reads the leave, not over yet, of those whose claim the viewer sees: their own, those
// that they check, and of whoever was picked once everybody is told.
var resultLeavesSQL = `
with ` + lastWindow + `
select claim.person_id as person, absence.from_on as "from", absence.until_on as until
from claim
join closed on closed.id = claim.window_id
join absence on absence.person_id = claim.person_id and coalesce(absence.until_on >= @today, true)
where claim.state not in ('draft', 'withdrawn')
	and (
		claim.person_id = @me
		or` + checkedByMe + `
		or closed.told_at is not null and exists (
			select from term
			where term.claim_id = claim.id and term.role = 'primary' and term.state in ` + core.TermCounts + `
		)
	)
order by absence.from_on, absence.id`

// leave gives everybody their leave.
func (r *resultRows) leave() {
	of := func(person skein.PersonID) (all []skein.Absence) {
		for _, l := range r.leaves {
			if l.Person == person {
				all = append(all, skein.Absence{From: l.From, Until: l.Until})
			}
		}
		return all
	}
	for _, claims := range [][]ResultClaim{r.mine, r.all} {
		for i := range claims {
			claims[i].Leaves = of(claims[i].Person)
		}
	}
	for i := range r.picks {
		r.picks[i].Leaves = of(r.picks[i].Person)
	}
}
