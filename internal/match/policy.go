package match

import "skein/internal/skein"

// Policy is everything that the matching takes from a published, versioned table. Its two parts
// are kept as JSON in the columns lens and trust of table policy.
type Policy struct {
	Version int        `json:"version"`
	Lens    Lens       `json:"lens"`
	Trust   TrustTable `json:"trust"`
}

// TrustTable says what evidence counts for at each trust level, and how it ages.
type TrustTable struct {
	Levels           map[skein.Trust]TrustRow `json:"levels"`
	HalfLifeDays     float64                  `json:"half_life_days"`     // of a skill that has none of its own
	W0               float64                  `json:"w0"`                 // evidence that a level must outweigh to be believed by half
	TurnHalfLifeDays float64                  `json:"turn_half_life"`     // of an earlier lead in the area
	TurnMost         float64                  `json:"turn_most"`          // earlier leads count up to this together
	ReciprocalDays   int                      `json:"reciprocal_days"`    // praise returned within these counts as self
	MostTermsRunning int                      `json:"most_terms_running"` // where the lead may stay with one person
	FloorAtMost      skein.Trust              `json:"floor_at_most"`      // stakes raise the floor no further
}

// TrustRow is one trust level's weights.
type TrustRow struct {
	Self             float64 `json:"self"`
	Peer             float64 `json:"peer"`
	Outcome          float64 `json:"outcome"`
	Credential       float64 `json:"credential"`
	MustCorroborated bool    `json:"must_corroborated"` // nobody may claim on their own word for a must-have
	Reason           string  `json:"reason"`
}

// Weight is what one piece of evidence of that kind counts for, before it ages.
func (r TrustRow) Weight(k skein.EvidenceKind) float64 {
	switch k {
	case skein.Self:
		return r.Self
	case skein.Peer:
		return r.Peer
	case skein.Outcome:
		return r.Outcome
	case skein.Credential:
		return r.Credential
	}
	return 0
}

// DefaultPolicy is where an organisation starts.
func DefaultPolicy() Policy {
	return Policy{Version: 1, Lens: DefaultLens(), Trust: DefaultTrust()}
}

// DefaultTrust is the trust table where an organisation starts.
func DefaultTrust() TrustTable {
	return TrustTable{
		Levels: map[skein.Trust]TrustRow{
			skein.Open: {
				Self: 1, Peer: 1, Outcome: 1, Credential: 1,
				Reason: "Mutual trust: everything counts at face value.",
			},
			skein.Weighed: {
				Self: .2, Peer: skein.PeerCounts, Outcome: 1, Credential: 1,
				Reason: "What came out counts most, what colleagues saw counts half, one's own word counts little.",
			},
			skein.Verified: {
				Peer: .5, Outcome: 1, Credential: 1, MustCorroborated: true,
				Reason: "Trust, and verify: one's own word does not count.",
			},
			skein.Zero: {
				Outcome: 1, Credential: 1, MustCorroborated: true,
				Reason: "Only outcomes and credentials count.",
			},
		},
		HalfLifeDays: skein.HalfLifeDays, W0: 1,
		TurnHalfLifeDays: 365, TurnMost: 1.5, MostTermsRunning: 2,
		ReciprocalDays: skein.ReturnedDays,
		FloorAtMost:    skein.Weighed,
	}
}

// Row returns a trust level's row; an unknown or unstated level counts as weighed.
func (t TrustTable) Row(l skein.Trust) TrustRow {
	if r, ok := t.Levels[l]; ok {
		return r
	}
	return t.Levels[skein.Weighed]
}

// Check reports what is out of range, field by field.
func (p Policy) Check() error {
	var bad skein.Invalid
	bad.Add(!(p.Trust.HalfLifeDays > 0), "half_life_days", "Evidence needs a half-life of at least a day.")
	bad.Add(!(p.Trust.W0 > 0), "w0", "This number is above zero.")
	bad.Add(!(p.Trust.TurnHalfLifeDays > 0), "turn_half_life", "Earlier leads need a half-life of at least a day.")
	bad.Add(!(p.Trust.TurnMost >= 0), "turn_most", "This number is zero or more.")
	bad.Add(p.Trust.ReciprocalDays < 0, "reciprocal_days", "Say how many days, zero or more.")
	bad.Add(p.Trust.MostTermsRunning < 1, "most_terms_running", "At least one term.")
	bad.Add(p.Trust.FloorAtMost.Notch() < 0, "floor_at_most", "Choose one of the trust levels.")
	for _, level := range skein.Trusts {
		row, ok := p.Trust.Levels[level]
		bad.Add(!ok, "trust."+string(level), "This trust level needs a row.")
		for _, k := range skein.EvidenceKinds {
			w := row.Weight(k)
			bad.Add(!(w >= 0 && w <= 1), "trust."+string(level)+"."+string(k), "A weight is a number from 0 to 1.")
		}
	}
	p.Lens.check(&bad)
	return bad.Err()
}
