package lead_test

import (
	"slices"

	"skein/internal/lead"
	"skein/internal/skein"
)

// The verbs of deciding, and what is true of it after every move of the walk.

var limit = 5000.0

// decides is what the lead of a world decides.
var decidesHere = []skein.Remit{
	{Area: "the daily note", Level: skein.DecideAlone},
	{Area: "money", Level: skein.DecideAlone, Ceiling: &limit},
	{Area: "the river", Level: skein.AfterAdvice, WithWhom: "River Care"},
	{Area: "release", Level: skein.ByAgreement},
	{Area: "a ban", Level: skein.ProposeAbove},
}

func openDecision(question, area string, options ...string) verb {
	return func(l *lead.Lead, by skein.By) error {
		_, err := l.OpenDecision(by, skein.Decision{Question: question, Area: area, Options: options, Costs: new(0.0)})
		return err
	}
}

func askAdvice(id skein.DecisionID, until skein.Date, people ...skein.PersonID) verb {
	var asked []skein.Asked
	for _, p := range people {
		asked = append(asked, skein.Asked{Person: p, Why: "knows the crews"})
	}
	return func(l *lead.Lead, by skein.By) error { return l.AskAdvice(by, id, asked, until) }
}

func advise(id skein.DecisionID, says string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Advise(by, id, false, skein.Counsel{Says: says}) }
}

func nothingToAdd(id skein.DecisionID) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Advise(by, id, true, skein.Counsel{}) }
}

func consent(id skein.DecisionID, yes bool, says string) verb {
	return func(l *lead.Lead, by skein.By) error {
		return l.Advise(by, id, false, skein.Counsel{Says: says, Agrees: yes})
	}
}

// decideIt decides by what was said up to now.
func (w *world) decideIt(id skein.DecisionID, says string, chosen int) verb {
	read := w.decision(id).ReadBefore(w.adviceOn(id))
	return func(l *lead.Lead, by skein.By) error {
		return l.DecideIt(by, id, read, skein.Ruling{Says: says, Chosen: chosen, Reason: "To be believed in August."})
	}
}

func closeDecision(id skein.DecisionID, reason string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.CloseDecision(by, id, reason) }
}

func (w *world) saysCame(id skein.DecisionID, says string) verb {
	read := w.decision(id).CameVersion()
	return func(l *lead.Lead, by skein.By) error { return l.SayCame(by, id, read, says) }
}

func (w *world) decision(id skein.DecisionID) skein.Decision {
	for _, d := range w.decisions {
		if d.ID == id {
			return d
		}
	}
	return skein.Decision{}
}

func (w *world) lastDecision() skein.DecisionID {
	if n := len(w.decisions); n > 0 {
		return w.decisions[n-1].ID
	}
	return "nothing"
}

func (w *world) adviceOn(id skein.DecisionID) []skein.Advice {
	return slices.DeleteFunc(slices.Clone(w.advice), func(a skein.Advice) bool { return a.Decision != id })
}

// askingAdvice begins the walk with somebody in the lead who has asked for advice.
func (w *walk) askingAdvice() {
	w.needs = nil
	w.begun()
	if w.count(skein.TermLive) == 0 {
		return
	}
	w.must(noor, openDecision("Are hosepipes next?", decidesHere[w.draw(len(decidesHere))].Area))
	id := w.lastDecision()
	for _, p := range []skein.PersonID{lee, mia} {
		w.later[p] = false
	}
	if err := w.do(noor, askAdvice(id, skein.Date{}, lee, mia)); err != nil {
		return // to whom it could be proposed has left
	}
	switch w.draw(3) {
	case 0:
		w.now = w.now.AddDate(0, 0, skein.AdviceDays+w.draw(2))
		w.tickOut()
	case 1:
		w.must(lee, consent(id, true, "It is so."))
		w.must(mia, consent(id, true, "It is so."))
	}
}

func (w *walk) anyDecision() skein.DecisionID {
	return anyOf(w, w.decisions, func(d skein.Decision) skein.DecisionID { return d.ID })
}

func (w *walk) typedDecision() skein.Decision {
	d := skein.Decision{
		Question: []string{"Are hosepipes next?", "Which street first?", "Who calls?"}[w.draw(3)],
		Area:     []string{"the daily note", "the river", "release", "a ban", "money", "the moon"}[w.draw(6)], Options: []string{"Yes.", "No."},
	}
	if w.draw(5) == 0 {
		costs := float64(w.draw(3)) * 4000
		d.Costs = &costs
	}
	if n := len(w.decisions); n > 0 && w.draw(3) == 0 {
		d.Replaces = w.decisions[w.draw(n)].ID
	}
	return d
}

func (w *walk) opensDecision() verb {
	d := w.typedDecision()
	return func(l *lead.Lead, by skein.By) error {
		_, err := l.OpenDecision(by, d)
		return err
	}
}

func (w *walk) editsDecision() verb {
	id, d := w.anyDecision(), w.typedDecision()
	read := w.decision(id).Version()
	return func(l *lead.Lead, by skein.By) error { return l.EditDecision(by, id, read, d) }
}

func (w *walk) asksAdvice() verb {
	var whom []skein.PersonID
	for range w.draw(4) {
		whom = append(whom, everybody[w.draw(len(everybody))])
	}
	until := skein.Date{}
	if w.draw(2) == 0 {
		until = skein.Day(w.now).AddDate(0, 0, w.draw(20))
	}
	return askAdvice(w.anyDecision(), until, whom...)
}

func (w *walk) advises() verb {
	id := w.anyDecision()
	switch w.draw(4) {
	case 0:
		return nothingToAdd(id)
	case 1:
		return consent(id, w.draw(2) == 0, "It is so.")
	}
	return advise(id, "Say it where it is true.")
}

func (w *walk) decidesIt() verb { return w.decideIt(w.anyDecision(), "Street by street", w.draw(3)) }

// awaitedDecisions are what whoever leads decides, and those who are asked of it.
func (w *walk) awaitedDecisions(add func(string, skein.PersonID, verb)) {
	l := w.load(w.by(skeinItself), "")
	of := l.Holder()
	if of == "" {
		return
	}
	open := false
	for _, d := range w.decisions {
		if d.State.Stands() && d.Came == "" {
			add("say what came of it", d.DecidedBy, w.saysCame(d.ID, "It held."))
		}
		if !d.State.Open() {
			continue
		}
		open = true
		if d.State == skein.DecisionDraft {
			add("ask for advice", of, askAdvice(d.ID, skein.Date{}, lee, mia, zoe))
			add("change a draft of a decision", of, w.editsDecision())
			continue
		}
		for _, a := range w.adviceOn(d.ID) {
			if a.State == skein.AdviceAsked {
				add("advise", a.Person, consent(d.ID, true, "It is so."))
			}
		}
		if d.Level() == skein.ProposeAbove {
			of = sofie
		}
		add("close a decision", l.Holder(), closeDecision(d.ID, "It rains."))
		add("decide it", of, w.decideIt(d.ID, "Street by street", 1))
	}
	if !open && w.now.Hour()%3 == 0 {
		add("open a decision", of, w.opensDecision())
	}
}

// decisionsStand: nothing is decided that the lead may not decide without others, before they were heard; what is
// replaced has another in its place; nobody is waited for who was not asked.
func (w *walk) decisionsStand() {
	replaced := map[skein.DecisionID]bool{}
	for _, d := range w.decisions {
		if d.Row().Area != d.Area || d.Area == "" {
			w.fail("it falls under nothing: %+v", d)
		}
		asked := w.adviceOn(d.ID)
		if d.State == skein.DecisionDraft && len(asked) > 0 || (d.State == skein.DecisionAsking) && (d.AskedAt.IsZero() || d.AdviceOn.IsZero()) {
			w.fail("asked, and not: %+v", d)
		}
		if d.State.Stands() {
			replaced[d.Replaces] = true
			w.decidedRightly(d, asked)
		}
	}
	for _, d := range w.decisions {
		if d.State == skein.DecisionReplaced && !replaced[d.ID] {
			w.fail("replaced by nothing: %+v", d)
		}
	}
}

func (w *walk) decidedRightly(d skein.Decision, asked []skein.Advice) {
	heard, yes := 0, 0
	for _, a := range asked {
		if a.State == skein.AdviceAsked && d.Level() == skein.AfterAdvice && !d.Past(skein.Day(d.DecidedAt)) {
			w.fail("decided while %s is waited for", a.Person)
		}
		if a.State.Answered() {
			heard++
		}
		if a.Agrees {
			yes++
		} else if a.Consent && a.State != skein.AdviceVoid {
			w.fail("decided without the yes of %s", a.Person)
		}
	}
	short := map[skein.RemitLevel]bool{
		skein.AfterAdvice: heard == 0 && !d.Past(skein.Day(d.DecidedAt)), skein.ByAgreement: yes == 0,
		skein.ProposeAbove: d.AskedAt.IsZero() || d.DecidedBy == "",
	}
	if short[d.Level()] || d.Says == "" || d.Reason == "" {
		w.fail("decided %s without what it needs: %+v", d.Level(), d)
	}
}
