package match

// zone says whether a person may take the lead, looking at where they stand and not at how much
// evidence there is, so that a new colleague whom two people vouch for is ready. Where must-haves
// have to be corroborated, one's own word for one of them does not do, not even for a stretch.
func zone(q Query, met []Met) Zone {
	t := newZoned(q)
	for i := range met {
		t.add(met[i].Counts, met[i].Must, met[i].Standing)
	}
	return t.zone(q.Setting)
}

// zoned adds up, requirement by requirement, what a zone turns on.
type zoned struct {
	all, shown, claimed    float64
	unready, out, strictly bool
}

func newZoned(q Query) zoned { return zoned{strictly: q.Policy.Trust.Row(q.Trust).MustCorroborated} }

func (z *zoned) add(counts float64, must bool, s Standing) {
	z.all += counts
	if s == Shown {
		z.shown += counts
	}
	if s != Missing {
		z.claimed += counts
	}
	if must {
		z.unready = z.unready || s != Shown
		z.out = z.out || s == Missing || s == Word && z.strictly
	}
}

func (z *zoned) zone(set Setting) Zone {
	switch {
	case !z.unready && z.shown >= set.ReadyShare*z.all-slack:
		return Ready
	case !z.out && z.claimed >= set.StretchShare*z.all-slack:
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

// Covered is how much of what counts is shown, and how much is shown, nearly so or claimed: 0 to 1.
// Zones look at these.
func Covered(met []Met) (shown, claimed float64) {
	var all float64
	for _, m := range met {
		all += m.Counts
		if m.Standing == Shown {
			shown += m.Counts
		}
		if m.Standing != Missing {
			claimed += m.Counts
		}
	}
	if all == 0 {
		return 0, 0
	}
	return shown / all, claimed / all
}
