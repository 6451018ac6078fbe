package chooser

import (
	"cmp"
	"slices"

	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
)

// Could is an open lead that could be the person's.
type Could struct {
	postgres.Lead
	Wish   string // what of it they want to try; empty: nothing
	Ground bool   // new ground: it is here because they wish to try it
	Answer Answer

	at     int // among the leads
	covers int // how important what it asks of that which they are known for is
}

// mostCould is how many leads could be somebody's at once: two that suit best, and new ground.
const mostCould = 3

// Could are a few open leads: the two that suit best, and as a third one that asks for something
// the person wishes to try. Where nobody is compared only a wish brings a lead here.
func (s *Sight) Could() []Could {
	chosen := s.choose()
	for i := range chosen {
		chosen[i].Lead = s.leads.list[chosen[i].at].Lead
		chosen[i].Answer, _ = s.Answer(chosen[i].ID)
	}
	return chosen
}

func (s *Sight) choose() []Could {
	f := s.own.Facts()
	mine := match.Candidate{Person: f.Person, Active: f.Active, FreeHours: f.HoursFree, Leads: f.Leads, LastLed: f.LastLed}
	var suit, wished []Could
	for i := range s.leads.list {
		l := &s.leads.list[i]
		if !s.offered(l) {
			continue
		}
		c := Could{at: i}
		if !c.touches(l, s.own) {
			continue
		}
		if c.Wish != "" {
			wished = s.add(wished, c)
		}
		mine.TermsRunning = running(f.Person, l.question.LastLeads)
		if l.question.Matching && zones[s.sums.zone[i]] != match.NotYet && match.Lets(&l.query, mine) {
			suit = s.add(suit, c)
		}
	}
	chosen := slices.Clone(suit[:min(mostCould-1, len(suit))])
	for _, c := range slices.Concat(wished, suit) {
		if !slices.ContainsFunc(chosen, func(o Could) bool { return o.at == c.at }) {
			c.Ground = c.Wish != ""
			chosen = append(chosen, c)
			break
		}
	}
	return chosen
}

// OpenLeads counts the leads that gather claims.
func (s *Sight) OpenLeads() int {
	n := 0
	for i := range s.leads.list {
		if s.leads.list[i].Window != "" {
			n++
		}
	}
	return n
}

// offered tells whether a lead may be put before the person: it gathers claims, nobody has to split
// it first, and they have neither a place in it, nor claimed it, nor sent it away.
func (s *Sight) offered(l *lead) bool {
	return l.Window != "" && (l.State == skein.OpenForLead || l.State == skein.HandingOver) &&
		l.Uncertainty != skein.Unclear &&
		!s.own.dismissed[l.ID] && !s.own.placed[l.ID] && !s.own.claimed[l.Phase]
}

// touches finds out what a lead asks of that which somebody is known for, or wishes to try; false
// when it is nothing.
func (c *Could) touches(l *lead, o *own) bool {
	touched := false
	most := 0
	for _, r := range l.question.Requirements {
		if o.known[r.Skill] {
			touched = true
			c.covers += r.Importance
		}
		if name := o.wishes[r.Skill]; name != "" {
			touched = true
			if r.Importance > most || r.Importance == most && name < c.Wish {
				most, c.Wish = r.Importance, name
			}
		}
	}
	return touched
}

// add keeps the first few: ready before others, then by fit, then those that ask for most of what
// the person is known for.
func (s *Sight) add(all []Could, c Could) []Could {
	order := func(a, b Could) int {
		ready := func(x Could) bool { return zones[s.sums.zone[x.at]] == match.Ready }
		return cmp.Or(
			compareTrue(ready(b), ready(a)), cmp.Compare(s.sums.fit[b.at], s.sums.fit[a.at]),
			cmp.Compare(b.covers, a.covers), compareTrue(a.Wish == "", b.Wish == ""), cmp.Compare(a.at, b.at),
		)
	}
	at, _ := slices.BinarySearchFunc(all, c, order)
	if at == mostCould {
		return all
	}
	all = slices.Insert(all, at, c)
	return all[:min(mostCould, len(all))]
}

func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
