package lead_test

import (
	"slices"

	"skein/internal/lead"
	"skein/internal/skein"
)

func (s *store) executives() []lead.Reader {
	var all []lead.Reader
	for _, h := range s.here(s.execs...) {
		all = append(all, lead.Reader{Here: h, Executive: true})
	}
	return all
}

// owner looks after the project while nobody leads it: whoever proposed it, else a steward, an
// executive, an administrator.
func (s *store) owner() skein.PersonID {
	chain := []skein.PersonID{s.project.ProposedBy}
	for _, st := range s.stewards {
		if !st.Left {
			chain = append(chain, st.Person)
		}
	}
	for _, h := range s.here(append(append(chain, s.execs...), adam)...) {
		return h.Person
	}
	return ""
}

// here are those of some people who are with the organisation.
func (s *store) here(people ...skein.PersonID) []lead.Here {
	var here []lead.Here
	for _, p := range people {
		if !s.out(p) {
			here = append(here, lead.Here{Person: p, AwayUntil: s.away[p]})
		}
	}
	return here
}

// askedOf lists who was asked for something of an aggregate.
func askedOf(l *lead.Lead) []skein.PersonID {
	var asked []skein.PersonID
	for _, n := range l.Needs {
		asked = append(asked, n.AskedOf)
	}
	for _, p := range l.Picks {
		asked = append(asked, p.AskedOf)
	}
	for _, i := range l.Invites {
		asked = append(asked, i.Person)
	}
	for _, t := range l.Terms {
		if t.Role == skein.CoLead && t.State == skein.TermOffered {
			asked = append(asked, t.Person)
		}
	}
	for _, s := range l.StandIns {
		if s.State.Open() {
			asked = append(asked, s.Person)
		}
	}
	for _, r := range l.Reviews {
		asked = append(asked, r.AskedOf)
	}
	for _, c := range l.Claims {
		asked = append(asked, c.With, c.Coach)
	}
	slices.Sort(asked)
	return slices.DeleteFunc(slices.Compact(asked), func(p skein.PersonID) bool { return p == "" })
}

// withUs is a list of stewards that says which of them have left, and who is away.
func (s *store) withUs(stewards []lead.Steward) []lead.Steward {
	stewards = slices.Clone(stewards)
	for i := range stewards {
		st := &stewards[i]
		st.Left, st.AwayUntil = st.Left || s.out(st.Person), s.away[st.Person]
	}
	return stewards
}
