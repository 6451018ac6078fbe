package lead

import (
	"iter"

	"skein/internal/skein"
)

// find returns the first for which is holds; nil when there is none.
func find[T any](list []T, is func(T) bool) *T {
	for found := range each(list, is) {
		return found
	}
	return nil
}

// each walks through those for which is holds. What it hands out may be changed in place.
func each[T any](list []T, is func(T) bool) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range list {
			if is(list[i]) && !yield(&list[i]) {
				return
			}
		}
	}
}

// claim returns a claim that was loaded; nil when there is no such claim.
func (l *Lead) claim(id skein.ClaimID) *Claim {
	return find(l.Claims, func(c Claim) bool { return c.ID == id && id != "" })
}

// claims walks through the window's claims in one of some states.
func (l *Lead) claims(in func(Claim) bool) iter.Seq[*Claim] {
	return each(l.Claims, func(c Claim) bool { return c.Window == l.Window.ID && in(c) })
}

// term returns the first term for which is holds; nil when there is none.
func (l *Lead) term(is func(skein.Term) bool) *skein.Term { return find(l.Terms, is) }

// primary returns the primary term whose state is in a set; nil when there is none.
func (l *Lead) primary(in func(skein.TermState) bool) *skein.Term {
	return l.term(func(t skein.Term) bool { return t.Role == skein.Primary && in(t.State) })
}

// terms walks through the terms whose state is in a set.
func (l *Lead) terms(in func(skein.TermState) bool) iter.Seq[*skein.Term] {
	return each(l.Terms, func(t skein.Term) bool { return in(t.State) })
}

func (l *Lead) need(id skein.NeedID) *skein.Need {
	return find(l.Needs, func(n skein.Need) bool { return n.ID == id })
}

func (l *Lead) review(id skein.ReviewID) *skein.Review {
	return find(l.Reviews, func(r skein.Review) bool { return r.ID == id })
}

// pickOf returns a pick of the window, or ErrNotFound.
func (l *Lead) pickOf(id skein.PickID) (*skein.Pick, error) {
	if p := find(l.Picks, func(p skein.Pick) bool { return p.ID == id }); p != nil {
		return p, nil
	}
	return nil, skein.ErrNotFound
}

// unanswered tells whether an invitation of the window waits for its answer.
func (l *Lead) unanswered(i skein.Invite) bool {
	return i.Window == l.Window.ID && i.State == skein.InviteWaiting
}
