package lead

import (
	"slices"

	"skein/internal/skein"
)

// seekBeside asks the best placed ready person, in the name of whoever leads, whether they would lead it beside them:
// one at a time, and nobody twice by one reconsideration. Asked is false where there is nobody to ask; nobody is told of
// that here.
func (l *Lead) seekBeside(by skein.By, t *skein.Term, r *skein.Reconsideration) (asked bool, err error) {
	not := people{t.Person}
	not.add(l.beside()...)
	for _, other := range l.Terms {
		if other.Role != skein.Shadow && other.State.Waits() || other.Role == skein.CoLead && !other.OfferedAt.Before(r.EndedAt) {
			not.add(other.Person)
		}
	}
	for {
		ready, err := l.readyBut(not)
		if err != nil || len(ready) == 0 {
			return false, err
		}
		for i, p := range ready {
			h, err := l.holding(p, ready[i+1:])
			if err != nil {
				return false, err
			}
			if l.cannot(by, h, skein.CoLead, l.Rules.Answer) == "" {
				l.seek(by, t.Person, p)
				return true, nil
			}
		}
		not.add(ready...)
	}
}

// seek asks somebody to lead it beside its lead.
func (l *Lead) seek(by skein.By, holder, p skein.PersonID) {
	t := skein.OfferCoLead(l.Project, l.Phase.ID, p, by, l.Rules.Clocks)
	t.ID = skein.TermID(l.port.ID())
	l.Terms = append(l.Terms, t)
	l.noteProject("beside.ask", map[string]any{"person": p, "lead": holder})
	l.tell(skein.Notice{
		To: p, Kind: skein.NoticeChanged, Code: skein.CodeAsked, Who: holder, Of: string(t.ID), By: t.AnswerBy, About: "beside:" + string(t.ID),
	})
}

// AnswerToCoLead is the yes or no of whoever is asked to lead it beside its lead; of others it is not found. After a yes
// whoever leads it says yes or no, as to anybody who asks; after a no the next is asked. Whoever has no hours left for it
// is refused a yes; the question keeps its clock. A settled one is a conflict.
func (l *Lead) AnswerToCoLead(by skein.By, id skein.TermID, yes bool) error {
	t := l.term(func(t skein.Term) bool { return t.ID == id && id != "" })
	if t == nil {
		return skein.ErrNotFound
	}
	if err := t.AnswerToCoLead(by, yes, l.Rules.Clocks); err != nil {
		return err
	}
	l.noteProject("beside.answer", map[string]any{"person": by.Person, "lead": l.Holder(), "state": t.State})
	if !yes {
		return l.seekNext(by)
	}
	if err := l.refuseFull(by, skein.CoLead); err != nil {
		return err
	}
	l.tellHolder(by, skein.CodeAsks, string(t.Role)+":"+string(t.ID))
	return nil
}

// seeks is whose lead somebody is to lead beside, by which reconsideration; nil: nobody is. Once somebody does so, it is
// over.
func (l *Lead) seeks() (*skein.Term, *skein.Reconsideration) {
	t := l.primary(skein.TermState.Holds)
	if t == nil || (t.State != skein.TermLive || l.Project.State != skein.Led) && !l.leadsOnLater(t) {
		return nil, nil
	}
	r := l.lastOf(t)
	if r == nil || r.State != skein.ReconsiderCoLead || slices.ContainsFunc(l.Terms, func(o skein.Term) bool {
		return o.Sought() || o.Role == skein.CoLead && o.State.Holds() && o.LiveAt.After(r.EndedAt)
	}) {
		return nil, nil
	}
	return t, r
}

// seekNext asks the next after somebody who was asked, while somebody is wanted. Where nobody is left, whoever leads and
// the stewards are told.
func (l *Lead) seekNext(by skein.By) error {
	t, r := l.seeks()
	if r == nil {
		return nil
	}
	asked, err := l.seekBeside(by, t, r)
	if err == nil && !asked {
		l.tellSought(by, skein.Notice{Code: skein.CodeNobody, Who: t.Person, About: "nobody beside:" + string(r.ID)})
	}
	return err
}

// besideLapses ends the question of somebody who does not answer it, and asks the next.
func (l *Lead) besideLapses(by skein.By, t *skein.Term) error {
	if err := move(&t.State, skein.TermLapsed); err != nil {
		return err
	}
	t.EndedAt = by.At
	l.noteProject("beside.lapse", map[string]any{"person": t.Person, "lead": l.Holder()})
	l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeChanged, Code: skein.CodeAnswer, Who: l.Holder(), About: "beside lapsed:" + string(t.ID)})
	return l.seekNext(by)
}

// unheard tells that somebody who was asked said yes, and whoever leads said nothing in time. Nobody else is asked then:
// they would not be heard either.
func (l *Lead) unheard(by skein.By, t skein.Term) {
	if _, r := l.seeks(); r != nil {
		l.tellSought(by, skein.Notice{Code: skein.CodeUnheard, Who: t.Person, About: "unheard:" + string(t.ID)})
	}
}

// tellSought tells whoever leads, and the nearest stewards, what came of asking others.
func (l *Lead) tellSought(by skein.By, n skein.Notice) {
	n.Kind = skein.NoticeChanged
	told := people{l.Holder()}
	told.add(l.nearest(l.Holder())...)
	l.tellOthers(by, told, n)
}

// seekNobody ends that somebody is asked: it has another lead, is reconsidered anew, or somebody leads beside them.
func (l *Lead) seekNobody(by skein.By) error {
	for t := range each(l.Terms, func(t skein.Term) bool { return t.Role == skein.CoLead && t.State == skein.TermOffered }) {
		if err := move(&t.State, skein.TermVoid); err != nil {
			return err
		}
		t.EndedAt = by.At
		l.noteProject("beside.void", map[string]any{"person": t.Person})
		if t.Person != by.Person {
			l.tell(skein.Notice{To: t.Person, Kind: skein.NoticeChanged, Code: skein.CodeOver, About: "beside over:" + string(t.ID)})
		}
	}
	return nil
}

// besideInVain is the question to lead it beside its lead of somebody who is away for all of it; nil: there is none.
func (l *Lead) besideInVain(by skein.By, a Here) *skein.Term {
	return l.term(func(t skein.Term) bool {
		return t.Role == skein.CoLead && t.State == skein.TermOffered && t.Person == a.Person && covers(a.AwayUntil, by, t.AnswerBy)
	})
}
