package view

import (
	"slices"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// decidesAbove tells whether the viewer decides what is proposed upwards.
func (x decisionView) decidesAbove() bool {
	return skein.AnswersPriority(x.Person.ID, x.p.Answers, x.p.Proposes, x.StewardOf(x.p.Circle))
}

// rules tells whether the viewer decides it.
func (x decisionView) rules() bool {
	if x.p.Level() == skein.ProposeAbove {
		return x.decidesAbove()
	}
	return x.p.Decides
}

// own is what the viewer was asked; nil: nothing.
func (x decisionView) own() *leaddb.AdviceRow {
	for i, a := range x.p.Advice {
		if a.Person == x.Person.ID && a.State != skein.AdviceVoid {
			return &x.p.Advice[i]
		}
	}
	return nil
}

// ripe tells whether it can be decided now; else why not.
func (x decisionView) ripe() (bool, string) {
	p := x.p
	switch p.Level() {
	case skein.AfterAdvice:
		if p.State == skein.DecisionDraft {
			return false, "It is decided here after asking. Ask first."
		}
		if !p.Past(x.Today()) && len(p.Asked) > 0 {
			return false, "It can be decided when everybody has answered, or after " + x.clock.Date(p.AdviceOn) + "."
		}
		if !p.Past(x.Today()) && !x.heard(false) {
			why := "Nobody who was asked is here any more."
			if x.heard(true) {
				why = "Nobody was heard but who leads it by now."
			}
			return false, why + " Ask somebody else, or decide after " + x.clock.Date(p.AdviceOn) + "."
		}
	case skein.ByAgreement:
		if p.State == skein.DecisionDraft {
			return false, "It is agreed with others. Ask them first."
		}
		if !x.agreed() {
			return false, "It can be decided when everybody who was asked has said yes."
		}
		if !x.heard(false) {
			return false, "Nobody has said yes but who leads it by now. Ask somebody else for theirs."
		}
	}
	return true, ""
}

// heard tells whether somebody has answered: also, with themselves, who leads it by now, whose word is nobody else's.
func (x decisionView) heard(themselves bool) bool {
	return slices.ContainsFunc(x.p.Advice, func(a leaddb.AdviceRow) bool {
		return a.State.Answered() && (themselves || !a.Leads)
	})
}

func (x decisionView) agreed() bool {
	yes := 0
	for _, a := range x.p.Advice {
		if a.State == skein.AdviceVoid {
			continue
		}
		if a.State != skein.AdviceGiven || !a.Agrees {
			return false
		}
		yes++
	}
	return yes > 0
}

// acts are what the viewer may do: one filled button, and plain ways beside it.
func (x decisionView) acts(d *page.DecisionData) {
	p, id := x.p, string(x.p.ID)
	goes := p.ProjectState.UnderWay()
	add := func(label, url string) {
		kind := component.Plain
		if len(d.Acts) == 0 {
			kind = component.Filled
		}
		d.Acts = append(d.Acts, component.Button{Label: label, URL: url, Kind: kind})
	}
	d.Fine = "What was asked, said and decided stays readable to everybody."
	if p.ProjectState.Over() && p.State.Stands() {
		d.Fine += " The project is over; whoever decided it, whoever led last and its steward can still say what came of it."
	}
	switch {
	case p.State.Open() && goes:
		x.openActs(d, add)
	case p.State.Stands():
		if x.saysCame() {
			label := "Say what came of it"
			if p.Came != "" {
				label = "Mend what came of it"
			}
			add(label, path.CameOf(id))
		}
		if !goes {
			return
		}
		if p.Decides && p.State == skein.DecisionDecided {
			add("Decide it anew", path.With(path.NewDecision(string(p.Project)), map[string][]string{"replaces": {id}}))
		}
		if !p.Decides && p.LeadName != "" {
			add("Ask about it", path.With(path.AskLead(string(p.Project)), map[string][]string{"decision": {id}}))
		}
	}
}

// saysCame tells whether the viewer says what came of it.
func (x decisionView) saysCame() bool {
	return x.p.MaySayCame(x.Person.ID, x.p.Decides, x.p.ProjectState, x.p.LedLast, x.StewardOf(x.p.Circle))
}

// openActs are those of a question that is still to be decided.
func (x decisionView) openActs(d *page.DecisionData, add func(label, url string)) {
	p, id := x.p, string(x.p.ID)
	if own := x.own(); own != nil && p.State == skein.DecisionAsking {
		d.Advise = x.adviseForm(own)
	}
	if ready, why := x.ripe(); !x.rules() {
	} else if ready {
		if d.Advise == nil {
			add("Decide it", path.Decide(id))
		} else {
			d.Acts = append(d.Acts, component.Button{Label: "Decide it", URL: path.Decide(id), Kind: component.Plain})
		}
	} else {
		d.Waits = why
	}
	if p.Decides {
		label := "Ask more people, or give them longer"
		if p.State == skein.DecisionDraft {
			label = "Ask for advice"
			switch p.Level() {
			case skein.ByAgreement:
				label = "Ask for their yes"
			case skein.ProposeAbove:
				label = "Propose it"
			}
			if p.Level() == skein.DecideAlone {
				d.Acts = append(d.Acts, component.Button{Label: label, URL: path.AskAdvice(id), Kind: component.Plain})
				label = ""
			}
		}
		if label != "" {
			add(label, path.AskAdvice(id))
		}
		if p.State == skein.DecisionDraft {
			add("Change it", path.ChangeDecision(id))
			d.Fine = "When somebody has been asked, or it is decided, everybody can read it."
		}
		add("Close it without a decision", path.CloseDecision(id))
	} else if d.Advise == nil && !x.rules() && p.LeadName != "" {
		add("Ask about it", path.With(path.AskLead(string(p.Project)), map[string][]string{"decision": {id}}))
	}
}

// adviseForm is where the viewer says what they were asked.
func (x decisionView) adviseForm(own *leaddb.AdviceRow) *page.AdviseForm {
	f := &page.AdviseForm{Action: path.Advise(string(x.p.ID)), Consent: own.Consent, Typed: own.Says, Label: "What would you do, and why?"}
	f.By = "You were asked " + x.clock.OnDay(own.AskedAt) + ", until " + x.clock.Date(x.p.AdviceOn) + "."
	if own.Why != "" {
		f.By += " Why you: " + words.EndSentence(words.Name(own.Why))
	}
	if own.Consent {
		f.Label = "What keeps you from a yes, or what goes with it"
	}
	if own.State.Answered() {
		f.Said = "You have answered. You can mend it until it is decided."
	}
	return f
}
