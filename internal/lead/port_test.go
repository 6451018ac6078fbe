package lead_test

import (
	"cmp"
	"fmt"
	"slices"

	"skein/internal/lead"
	"skein/internal/skein"
)

func (w *world) port(by skein.By, k *locks) lead.Port {
	return lead.Port{
		Judge: lead.Judge{
			Claims: func(_ skein.Window, claims []skein.Claim, equal []skein.ClaimID) ([]skein.Judged, error) {
				var people []skein.PersonID
				for _, c := range claims {
					people = append(people, c.Person)
				}
				if err := k.lock(people); err != nil {
					return nil, err
				}
				return w.judge(claims, equal), nil
			},
			Invite: func(_ skein.Window, asked []skein.PersonID) ([]skein.PersonID, error) { return w.invite(asked), nil },
			Stops: func(p skein.PersonID, was, now skein.Situation) (bool, error) {
				return w.stopped[p] && was != now, nil
			},
			Trust: func(stated skein.Trust, s skein.Situation) skein.Trust {
				if w.raises && s.Stakes >= 4 && stated == skein.Open {
					return skein.Weighed
				}
				return stated
			},
			CheckIn: func(skein.Situation) int { return w.checkIn },
			Remit:   func(skein.Situation) []skein.Remit { return w.lens },
			Asks: func(p skein.Phase) []skein.Requirement {
				return append(slices.Clone(p.Requirements), skein.Requirement{Skill: "listening", Importance: 1, Level: 1})
			},
		},
		Hold:     k.hold,
		Known:    func(people []skein.PersonID) ([]lead.Here, error) { return w.here(people...), nil },
		Stewards: func(c skein.CircleID) ([]lead.Steward, error) { return w.withUs(w.others[c]), nil },
		ID:       w.id,
		Seed:     w.id,
		Read:     func() (bool, error) { return w.read[by.Person], nil },
	}
}

func (w *world) id() string {
	w.ids++
	return fmt.Sprintf("%05d", w.ids)
}

// locks are the people whom the tries of one verb have locked.
type locks struct {
	w      *world
	taken  bool // in this try
	people map[skein.PersonID]bool
}

func (k *locks) lock(people []skein.PersonID) error {
	missing := false
	for _, p := range people {
		missing = missing || !k.people[p]
	}
	if k.people == nil {
		k.people = map[skein.PersonID]bool{}
	}
	for _, p := range people {
		k.people[p] = true
	}
	if k.taken && missing {
		return lead.ErrAgain
	}
	if do := k.w.meanwhile; do != nil && !k.taken {
		k.w.meanwhile = nil
		do()
	}
	k.taken = true
	return nil
}

func (k *locks) hold(people []skein.PersonID) (map[skein.PersonID]lead.Holding, error) {
	if err := k.lock(people); err != nil {
		return nil, err
	}
	held := map[skein.PersonID]lead.Holding{}
	for _, p := range people {
		h := lead.Holding{
			Leads: k.w.elsewhere[p], Invites: k.w.invited[p], Hours: k.w.hours[p], Asked: k.w.asked[p], Gone: k.w.out(p), AwayUntil: k.w.away[p],
		}
		if free, ok := k.w.free[p]; ok {
			h.Free = &free
		}
		held[p] = h
	}
	return held, nil
}

// judge compares by the table: whoever passes and is compared has a turn.
func (w *world) judge(claims []skein.Claim, equal []skein.ClaimID) []skein.Judged {
	w.judged = claims
	judged := make([]skein.Judged, len(claims))
	var in []int
	for i, c := range claims {
		f := w.found[c.Person]
		zone := cmp.Or(f.zone, skein.Ready)
		judged[i] = skein.Judged{
			Claim: c.ID, Stops: f.stops, Zone: zone, Written: f.written || c.Unscored, Fit: 0.5, Detail: []byte("{}"),
		}
		fits := zone == skein.Ready || zone == skein.Stretch && c.Coach != ""
		if f.stops == "" && (slices.Contains(equal, c.ID) || fits && !judged[i].Written) {
			in = append(in, i)
		}
	}
	place := func(i int) int { return cmp.Or(w.found[claims[i].Person].place, 100) }
	slices.SortStableFunc(in, func(a, b int) int { return place(a) - place(b) })
	for n, i := range in {
		j := &judged[i]
		j.Turn, j.Place, j.Rule, j.Sentence, j.Order = n+1, n+1, "placed", "One was better placed.", 0.5
		j.Band, j.BandSize = cmp.Or(w.found[claims[i].Person].band, n+1), 1
	}
	return judged
}

func (w *world) invite(asked []skein.PersonID) []skein.PersonID {
	var next []skein.PersonID
	for _, p := range w.ready {
		if !slices.Contains(asked, p) && len(next) < 2 {
			next = append(next, p)
		}
	}
	return next
}
