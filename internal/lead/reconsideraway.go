package lead

import "skein/internal/skein"

// waitsForReturn moves the date of a reconsideration to after the return of whoever is asked, has not answered and is away
// for all that is left: else the other's answer alone would count without them. It tells whether it has. Who is back too
// late for that, see ReconsiderAway, holds nothing up, so it is not put off for ever.
func (l *Lead) waitsForReturn(by skein.By, r *skein.Reconsideration) bool {
	was := r.Due
	for _, until := range []skein.Date{l.leadBack(by, r), l.stewardsBack(by, r)} {
		if !covers(until, by, was) {
			continue
		}
		back := by.At.AddDate(0, 0, int(until.Sub(by.Day).Hours()/24)+1)
		if to := back.Add(ReconsiderLeast); !back.After(r.OpenedAt.Add(ReconsiderAway)) && to.After(r.Due) {
			r.Due, r.Reminded = to, false
		}
	}
	return r.Due.After(was)
}

// leadBack is the last day of the leave that whoever leads is on, where their answer is waited for; zero: none, or one
// without an end.
func (l *Lead) leadBack(by skein.By, r *skein.Reconsideration) skein.Date {
	if r.Lead != "" {
		return skein.Date{}
	}
	for _, a := range skein.Spells(l.Leaves) {
		if a.Covers(by.Day) {
			return a.Until
		}
	}
	return skein.Date{}
}

// stewardsBack is the last day on which all the stewards are away who are asked, where the answer of one is waited for;
// zero: one is there, or nobody is asked.
func (l *Lead) stewardsBack(by skein.By, r *skein.Reconsideration) skein.Date {
	if r.Steward != "" {
		return skein.Date{}
	}
	var first skein.Date
	for i, p := range l.sayingAsStewards(by) {
		s := find(l.Stewards, func(s Steward) bool { return s.Person == p })
		if s == nil || s.AwayUntil.Before(by.Day) {
			return skein.Date{}
		}
		if i == 0 || s.AwayUntil.Before(first) {
			first = s.AwayUntil
		}
	}
	return first
}
