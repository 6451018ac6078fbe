package match

// zone says whether a person may take the lead, looking at where they stand and not at how much
// evidence there is, so that a new colleague whom two people vouch for is ready. Where must-haves
// have to be corroborated, one's own word for one of them does not do, not even for a stretch.
func zone(q Query, met []Met) Zone {
	var all, shown, claimed float64
	ready, stretch := true, true
	strict := q.Policy.Trust.Row(q.Trust).MustCorroborated
	for _, m := range met {
		all += m.Counts
		if m.Standing == Shown {
			shown += m.Counts
		}
		if m.Standing != Missing {
			claimed += m.Counts
		}
		if m.Must {
			ready = ready && m.Standing == Shown
			stretch = stretch && m.Standing != Missing && (m.Standing != Word || !strict)
		}
	}
	switch {
	case ready && shown >= q.Setting.ReadyShare*all-slack:
		return Ready
	case stretch && claimed >= q.Setting.StretchShare*all-slack:
		return Stretch
	}
	return NotYet
}

// metTogether meets each requirement with what a claim's people bring, without witnesses.
func metTogether(q Query, c Claimant) []Met {
	met := metAll(q, c.Candidate, false)
	if c.With != nil {
		met = better(met, metAll(q, *c.With, false))
	}
	return met
}

// better joins what two people meet: in each requirement the better of the two stands for both.
func better(a, b []Met) []Met {
	out := make([]Met, len(a))
	for i := range a {
		one, other := a[i], b[i]
		if other.Satisfied > one.Satisfied {
			one.Satisfied, one.Capability = other.Satisfied, other.Capability
			one.Strength, one.LevelShown, one.By = other.Strength, other.LevelShown, other.By
		}
		if other.Standing.rank() > a[i].Standing.rank() {
			one.Standing, one.Corroborated = other.Standing, other.Corroborated
			one.By, one.Witnesses = other.By, other.Witnesses
		}
		out[i] = one
	}
	return out
}
