package board

import (
	"cmp"
	"slices"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Suggestion is an open lead that could be the person's.
type Suggestion struct {
	factsdb.Lead
	Wish       string           // what of it they want to try; empty: nothing
	Ground     bool             // new ground: it is here because they wish to try it
	Assessment match.Assessment // how they stand in it, without the nearest change
	Names      match.Names      // spoken to the person themselves

	at     int // among the leads
	covers int // how important what it asks of that which they are known for is
}

// MostSuggested is how many leads are suggested at once: two that suit best, and new ground.
const MostSuggested = 3

// Suggestions are a few open leads: the two that suit best, and as a third one that asks for something
// the person wishes to try. Where nobody is compared only a wish brings a lead here.
func (s *Standings) Suggestions() []Suggestion { return s.New(time.Time{}) }

// New are Suggestions among the leads for which claims opened after a moment.
func (s *Standings) New(since time.Time) []Suggestion {
	chosen := s.choose(since)
	for i := range chosen {
		l := &s.leads.list[chosen[i].at]
		look := s.look(l)
		chosen[i].Lead, chosen[i].Names = l.Lead, look.Names()
		chosen[i].Assessment, _ = look.Compare(l.ID)
	}
	return chosen
}

// choose goes through all leads. Fit and zone are known of each, so whatever could not be among the
// first few by these is not looked at any further.
func (s *Standings) choose(since time.Time) []Suggestion {
	f := s.own.Facts()
	mine := match.Candidate{Person: f.Person, Active: f.Active, Leads: f.Leads, LastLed: f.LastLed}
	var suit, wished []Suggestion
	for i := range s.leads.list {
		suits := zones[s.scores.zone[i]] != match.NotYet && s.mayAdd(suit, i)
		if !suits && (len(s.own.wishes) == 0 || !s.mayAdd(wished, i)) {
			continue
		}
		l := &s.leads.list[i]
		if !s.offered(l) || !l.OpenedAt.After(since) {
			continue
		}
		c := Suggestion{at: i}
		if !c.touches(l, s.own) {
			continue
		}
		if c.Wish != "" {
			wished = s.add(wished, c)
		}
		mine.FreeHours = chooser.FreeHours(f, l.question)
		mine.TermsRunning = chooser.TermsRunning(f.Person, l.question.LastLeads)
		if suits && l.question.Matching && match.Passes(&l.query, mine) {
			suit = s.add(suit, c)
		}
	}
	chosen := slices.Clone(suit[:min(MostSuggested-1, len(suit))])
	for _, c := range slices.Concat(wished, suit) {
		if !slices.ContainsFunc(chosen, func(o Suggestion) bool { return o.at == c.at }) {
			c.Ground = c.Wish != ""
			chosen = append(chosen, c)
			break
		}
	}
	return chosen
}

// OpenLeads counts the leads that gather claims.
func (s *Standings) OpenLeads() int {
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
func (s *Standings) offered(l *lead) bool {
	return l.Window != "" && l.State.Seeks() &&
		l.Uncertainty != skein.Unclear &&
		!s.own.dismissed[l.ID] && !s.own.placed[l.ID] && !s.own.claimed[l.Phase]
}

// touches finds out what a lead asks of that which somebody is known for, or wishes to try; false
// when it is nothing.
func (c *Suggestion) touches(l *lead, o *own) bool {
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

// bySuiting sorts leads by whether the person is ready, then by fit.
func (s *Standings) bySuiting(a, b int) int {
	ready := func(i int) bool { return zones[s.scores.zone[i]] == match.Ready }
	return cmp.Or(compareTrue(ready(b), ready(a)), cmp.Compare(s.scores.fit[b], s.scores.fit[a]))
}

// mayAdd tells whether a lead could be added to a list that holds no more than a few.
func (s *Standings) mayAdd(all []Suggestion, i int) bool {
	return len(all) < MostSuggested || s.bySuiting(i, all[len(all)-1].at) <= 0
}

// add keeps the first few: ready before others, then by fit, then those that ask for most of what
// the person is known for.
func (s *Standings) add(all []Suggestion, c Suggestion) []Suggestion {
	order := func(a, b Suggestion) int {
		return cmp.Or(
			s.bySuiting(a.at, b.at),
			cmp.Compare(b.covers, a.covers), compareTrue(a.Wish == "", b.Wish == ""), cmp.Compare(a.at, b.at),
		)
	}
	at, _ := slices.BinarySearchFunc(all, c, order)
	if at == MostSuggested {
		return all
	}
	all = slices.Insert(all, at, c)
	return all[:min(MostSuggested, len(all))]
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
