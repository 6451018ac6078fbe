package lead_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func changeLed(to skein.LedWords, read string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.ChangeLed(by, to, read) }
}

// ledWords is what whoever leads may change, as it stands.
func (w *world) ledWords() skein.LedWords { return w.project.LedWords(w.further) }

// changesLed is a change of somebody who has read what it says, or another.
func (w *walk) changesLed() verb {
	words := w.ledWords()
	read := words.Version()
	if w.draw(6) == 5 {
		read = "another"
	}
	words.Title, words.EndOn = fmt.Sprint("Night Pressure ", w.draw(9)), skein.Day(w.now).AddDate(0, 0, w.draw(90))
	words.Further = circlesElse[:w.draw(len(circlesElse)+1)]
	return changeLed(words, read)
}

// circlesElse are some beside the project's own, which may be among them.
var circlesElse = []skein.CircleID{"customers", "lab", "leaks"}

// movesRightly: a project's own circle is never among those that must move with it beside its own.
func (w *walk) movesRightly() {
	if slices.Contains(w.further, w.project.Circle) || !slices.IsSorted(w.further) {
		w.fail("%v must move with what is of %s", w.further, w.project.Circle)
	}
}

// endsStand: no lead lasts longer than the guardrail allows because its project's end was moved.
func (w *walk) endsStand() {
	if w.rules.LongestMonths == 0 {
		return
	}
	for _, t := range w.terms {
		if t.Role == skein.Primary && t.State == skein.TermLive && t.Claim != "" && t.EndsOn.After(skein.AddMonths(skein.Day(t.OfferedAt), w.rules.LongestMonths)) {
			w.fail("a lead given on %s lasts until %s", t.OfferedAt, t.EndsOn)
		}
	}
}

func TestALeadChangesTheWordsAndTheEndWithinTheGuardrail(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	words := w.ledWords()
	read := words.Version()
	w.refused(t, "refused", lee, changeLed(words, read))
	w.refused(t, "invalid title purpose end", noor, changeLed(skein.LedWords{JudgedBy: "By the meter."}, read))
	past := words
	past.EndOn = w.in(-1)
	w.refused(t, "invalid end", noor, changeLed(past, read))
	long := words
	long.Title = strings.Repeat("a", skein.MaxTitle+1)
	w.refused(t, "invalid title", noor, changeLed(long, read))
	w.must(noor, changeLed(words, "any")) // the same: nothing
	w.saw(t, "", "")
	words.Title, words.EndOn = " Night Pressure, west ", w.in(40)
	w.refused(t, "conflict", noor, changeLed(words, "another"))
	w.refused(t, "invalid end", kim, changeLed(words, read))
	w.must(noor, changeLed(words, read))
	d := w.events[0].Details
	if d["title"] != "Night Pressure, west" || d["was_title"] != "Night Pressure" || d["end"] == "" || d["was_end"] == "" || d["purpose"] != nil {
		t.Errorf("%v", d)
	}
	w.saw(t, "project.change", "kim ending/moved of noor")
	if w.project.Version == 1 || !w.termOf(noor, skein.Primary).EndsOn.Equal(w.in(40)) || !w.termOf(kim, skein.CoLead).EndsOn.Equal(w.in(40)) {
		t.Errorf("%+v", w.terms)
	}
	w.rules.LongestMonths = 3
	words = w.ledWords()
	words.EndOn = w.in(300)
	w.must(noor, changeLed(words, w.ledWords().Version()))
	lasts := w.termOf(noor, skein.Primary)
	if !lasts.EndsOn.Equal(skein.AddMonths(lasts.From, 3)) || !w.project.EndOn.Equal(w.in(300)) {
		t.Errorf("%+v", lasts)
	}
	words.EndOn = w.in(20)
	w.must(noor, changeLed(words, w.ledWords().Version()))
	if at := w.termOf(noor, skein.Primary).EndsOn; !at.Equal(w.in(20)) {
		t.Errorf("it ends on %s", at)
	}
	w.must(noor, handOn)
	w.forget()
	w.refused(t, "conflict", noor, changeLed(long, w.ledWords().Version()))
}

// Whoever granted something until the last day hears that it goes on for longer, once; the word of others stands.
func TestWhoeverGrantedUntilTheLastDayHearsThatItGoesOn(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.project.EndOn = w.in(30)
	for id, until := range map[skein.NeedID]skein.Date{"until the end": w.in(30), "for less": w.in(20), "for long": w.in(300)} {
		w.needs = append(w.needs, skein.Need{
			ID: id, Project: "p", Kind: skein.NeedTools, What: string(id), GrantedBy: dario, GrantedAt: w.now, GrantedUntil: until, Arrival: skein.Arrived, ArrivalAt: w.now,
		})
	}
	to := func(days int) skein.LedWords {
		words := w.ledWords()
		words.EndOn = w.in(days)
		return words
	}
	w.must(noor, changeLed(to(100), w.ledWords().Version()))
	w.saw(t, "project.change", "dario needs/moved of noor")
	w.must(noor, changeLed(to(90), w.ledWords().Version()))
	w.saw(t, "project.change", "")
	for _, n := range w.needs {
		if n.GrantedBy != dario || n.Asked() {
			t.Errorf("%+v", n)
		}
	}
}

// Whoever leads beside the lead would end the lead's lead by a nearer day; a later one they may choose, and the lead is
// told of it.
func TestNobodyEndsALeadByBringingTheLastDayNearer(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	read, words := w.ledWords().Version(), w.ledWords()
	words.EndOn = w.in(0)
	w.refused(t, "invalid end", kim, changeLed(words, read))
	words.EndOn = w.in(300)
	w.must(kim, changeLed(words, read))
	w.saw(t, "project.change", "noor ending/moved of kim")
	w.ready = []skein.PersonID{lee}
	w.must(noor, w.askStandIn(kim, w.in(30)))
	w.must(kim, w.answerStandIn(true))
	w.forget()
	words.EndOn = w.in(100)
	w.must(kim, changeLed(words, w.ledWords().Version()))
	w.saw(t, "project.change", "noor ending/moved of kim")
}

// Whoever looks after a circle that must move with it from now on hears of it, or that it need not any more; one whose
// circle has nobody is heard of by who looks after the next above.
func TestALeadChangesWhatMovesWithIt(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.others = map[skein.CircleID][]lead.Steward{
		"lab": {{Person: zoe}, {Person: uma, Depth: 1}}, "desk": {{Person: uma, Depth: 2}}, "bench": {{Person: noor}, {Person: uma, Depth: 1}},
	}
	words, read := w.ledWords(), w.ledWords().Version()
	words.Further = []skein.CircleID{"lab", "desk", "lab", w.project.Circle}
	w.refused(t, "refused", lee, changeLed(words, read))
	w.must(noor, changeLed(words, read))
	if d := w.events[0].Details; fmt.Sprint(d["teams"], d["was_teams"], d["title"]) != "[desk lab] [] <nil>" {
		t.Errorf("%v", d)
	}
	w.saw(t, "project.change", "uma circle/added of noor, zoe circle/added of noor")
	w.must(noor, changeLed(words, w.ledWords().Version()))
	w.saw(t, "", "")
	words.Further = []skein.CircleID{"desk", "bench"}
	w.refused(t, "conflict", noor, changeLed(words, read))
	w.must(noor, changeLed(words, w.ledWords().Version()))
	w.saw(t, "project.change", "zoe circle/dropped of noor")
	words.Further = make([]skein.CircleID, skein.MostLines+1)
	for i := range words.Further {
		words.Further[i] = skein.CircleID(fmt.Sprint("circle ", i))
	}
	w.refused(t, "invalid teams", noor, changeLed(words, w.ledWords().Version()))
	w.must(noor, handOn)
	w.forget()
	w.refused(t, "conflict", noor, changeLed(w.ledWords(), w.ledWords().Version()))
}

// A draft is nobody else's to know of; what is published, and changed while it is open, tells of it.
func TestWhatMovesWithAnOpenProjectIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.others = map[skein.CircleID][]lead.Steward{"lab": {{Person: zoe}}, "desk": {{Person: uma}}}
	moves := func(circles ...skein.CircleID) verb {
		return func(l *lead.Lead, by skein.By) error {
			_, err := l.Edit(by, func(p *skein.Proposal) error {
				p.Further = circles
				return nil
			})
			return err
		}
	}
	w.must(ada, moves("lab"))
	w.saw(t, "project.update", "")
	w.publish()
	w.saw(t, "project.publish, window.open", "zoe circle/added of ada")
	w.claim(noor)
	w.forget()
	w.must(ada, moves("desk"))
	w.saw(t, "project.update, window.open", "noor restarted, uma circle/added of ada, zoe circle/dropped of ada")
}
