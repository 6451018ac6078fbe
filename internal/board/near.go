package board

import (
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Way is how somebody may come to a lead: claim it, ask to lead beside its lead, or look over their
// shoulder.
type Way string

// The ways, from the front to the back.
const (
	ToLead   Way = "lead"
	ToCoLead Way = "co-lead"
	ToShadow Way = "shadow"
)

// Near is the nearest lead that one way leads to.
type Near struct {
	factsdb.Lead

	Way    Way
	Answer chooser.Answer // how the person stands in it
}

// Nearest are the lead, the place as a co-lead and the place as a shadow that suit best, each in another
// project and none of those suggested already: so that a home page has somewhere to go even where nothing
// asks for what somebody is known for. A way that is nowhere open is left out.
func (s *Standings) Nearest(but []Suggestion, now time.Time) []Near {
	taken := make(map[skein.ProjectID]bool, len(but))
	for _, b := range but {
		taken[b.ID] = true
	}
	var all []Near
	for _, w := range []struct {
		way  Way
		open func(i int) bool
	}{
		{ToLead, func(i int) bool { l := &s.leads.list[i]; return s.offered(l) && l.gathers(now) }},
		{ToCoLead, func(i int) bool {
			return s.besideFor(i) && !s.leads.list[i].CoLed && zones[s.scores.zone[i]] != match.NotYet
		}},
		{ToShadow, func(i int) bool { return s.besideFor(i) && !s.leads.list[i].Shadowed }},
	} {
		i := s.first(func(i int) bool { return !taken[s.leads.list[i].ID] && w.open(i) })
		if i < 0 {
			continue
		}
		l := &s.leads.list[i]
		taken[l.ID] = true
		near := Near{Lead: l.Lead, Way: w.way}
		near.Answer, _ = s.Answer(l.ID)
		all = append(all, near)
	}
	return all
}

// besideFor tells whether somebody else leads it, and the person neither has a place there nor sent it away.
func (s *Standings) besideFor(i int) bool {
	l := &s.leads.list[i]
	return l.State == skein.Led && s.besideOthers(l) && !s.own.dismissed[l.ID]
}

// first is the place of the one that suits best; -1 where there is none.
func (s *Standings) first(counts func(i int) bool) int {
	best := -1
	for i := range s.leads.list {
		if (best < 0 || s.bySuit(i, best) < 0) && counts(i) {
			best = i
		}
	}
	return best
}
