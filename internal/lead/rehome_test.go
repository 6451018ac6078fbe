package lead_test

import (
	"reflect"
	"slices"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func rehome(circle skein.CircleID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Rehome(by, circle) }
}

// place is where a project's circle lies: what decides its claims.
type place struct {
	circle   skein.CircleID
	stewards []lead.Steward
}

// places are some to go to: the first two are one circle that lies elsewhere.
var places = []place{
	{"leaks", []lead.Steward{{Person: sofie}, {Person: uma, Depth: 1}}},
	{"leaks", []lead.Steward{{Person: sofie}, {Person: zoe, Depth: 1}}},
	{"customers", []lead.Steward{{Person: zoe}, {Person: uma, Depth: 1}}},
	{"customers", nil},
}

// rehomes brings the project along with its circle, as its store does: where claims go on, and where what
// decides them is other there. Else there is nothing to bring.
func (w *walk) rehomes(skein.PersonID) move {
	to := places[w.draw(len(places))]
	return move{name: "go with its circle", by: adam, run: func() error {
		here := place{w.project.Circle, w.stewards}
		if reflect.DeepEqual(here, to) || !w.present("").State.Going() {
			return skein.Conflict{Why: "It is there already, or nothing gathers."}
		}
		if to.circle == here.circle { // it has moved before its projects follow
			w.stewards = to.stewards
		}
		others := w.others
		w.others = map[skein.CircleID][]lead.Steward{to.circle: to.stewards}
		err := w.do(adam, rehome(to.circle))
		if w.others = others; err != nil {
			w.stewards = here.stewards
			return err
		}
		w.stewards = to.stewards
		return nil
	}}
}

// rehomedRightly: claims that gathered begin again, all of them and none but those; whether there are any,
// the project and its window do not tell. What was decided is left as it is.
func (w *walk) rehomedRightly(m move, before *store) {
	if m.name != "go with its circle" {
		return
	}
	was, is := before.present(""), w.present("")
	if w.project.Version != before.project.Version+1 || w.project.State != before.project.State || !reflect.DeepEqual(w.terms, before.terms) {
		w.fail("it went, and more has changed: %+v", w.project)
	}
	if was.State == skein.WindowPicked {
		if is.ID != was.ID || is.State != was.State || len(w.sentTo(was, skein.ClaimSubmitted)) > 0 {
			w.fail("it went while it was being decided: %+v", is)
		}
		return
	}
	if is.ID == was.ID || is.Number != was.Number+1 || is.Restarts != was.Restarts+1 || is.State != skein.WindowOpen {
		w.fail("claims have not begun again: %+v, then %+v", was, is)
	}
	if got := w.sentTo(is, skein.ClaimDraft); !slices.Equal(got, before.sentTo(was, skein.ClaimDraft)) || len(w.sentTo(was, skein.ClaimDraft)) > 0 {
		w.fail("%v have begun a claim: not those who had", got)
	}
	sent := before.sentTo(was, skein.ClaimSubmitted)
	if got := w.sentTo(is, skein.ClaimSubmitted); !slices.Equal(got, sent) || len(w.sentTo(was, skein.ClaimSubmitted)) > 0 {
		w.fail("%v had claimed, and %v have", sent, got)
	}
	for _, p := range sent {
		if p != m.by && !slices.ContainsFunc(w.notices, func(n skein.Notice) bool { return n.To == p && n.Kind == skein.NoticeRestarted }) {
			w.fail("%s claimed, and is not told that claims began again", p)
		}
	}
	for _, n := range w.notices {
		if n.Kind == skein.NoticeRestarted && !slices.Contains(sent, n.To) {
			w.fail("%s is told that claims began again, and had sent none", n.To)
		}
	}
}

// sentTo lists whose claims are in a window in some state.
func (s *store) sentTo(in skein.Window, state skein.ClaimState) []skein.PersonID {
	var all []skein.PersonID
	for _, c := range s.claims {
		if c.Window == in.ID && c.State == state {
			all = append(all, c.Person)
		}
	}
	slices.Sort(all)
	return all
}

// What decides claims is other where a circle went: claims begin again, whether or not somebody has claimed,
// twice at most, and not once they have closed with somebody's among them.
func TestAProjectThatGoesWithItsCircleStartsClaimsAgain(t *testing.T) {
	t.Parallel()
	for _, claimed := range []bool{true, false} {
		w := opened(t, skein.Verified)
		told := ""
		if claimed {
			w.claim(noor)
			told = "noor restarted"
		}
		w.forget()
		w.must(adam, rehome("customers"))
		w.saw(t, "project.update, window.open", told)
		if w.project.Circle != "customers" || w.present("").Number != 2 || w.present("").Restarts != 1 || w.project.Version != 3 {
			t.Errorf("%+v %+v", w.project, w.present(""))
		}
		w.must(adam, rehome("customers")) // it stays in its own, which lies elsewhere
		w.forget()
		w.refused(t, "conflict", adam, rehome("water"))
	}
	w := picked(t, noor, kim)
	before := w.store.clone()
	w.refused(t, "conflict", adam, rehome("customers"))
	if diff := differs(before, w.store); diff != "" {
		t.Error(diff)
	}
	l := w.load(w.by(adam), "")
	l.Proposal = nil
	if got := sort(l.Rehome(w.by(adam), "water")); got == "fine" {
		t.Error("changed what was not loaded")
	}
}
