package view

import (
	"slices"
	"strings"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// knownThing is something still to do that Skein knows of.
type knownThing struct {
	page.HandoverField

	one, many string // what such things are called, after their number
}

// known is what Skein knows to be still to do when a note is begun: the first as many as a note has, and a sentence that
// says what they are.
func (h handing) known() (all []page.HandoverField, says string) {
	things := slices.Concat(h.knownQuestions(), h.knownDecisions(), h.knownNeeds(), h.knownSteps())
	var kinds []string
	counts := map[string]int{}
	many := map[string]string{}
	for _, t := range things[:min(len(things), skein.MostActions)] {
		all = append(all, t.HandoverField)
		if counts[t.one] == 0 {
			kinds = append(kinds, t.one)
		}
		counts[t.one]++
		many[t.one] = t.many
	}
	var parts []string
	for _, one := range kinds {
		parts = append(parts, words.Count(counts[one], one, many[one]))
	}
	if len(all) > 0 {
		says = words.UpperFirst(words.Number(len(all))) + " came along by " + map[bool]string{true: "itself", false: "themselves"}[len(all) == 1] + ": " + words.List(parts) + "."
	}
	return all, says
}

// knownQuestions are what the lead was asked and has not answered.
func (h handing) knownQuestions() []knownThing {
	var all []knownThing
	for _, q := range h.p.Questions {
		if q.Answer == "" {
			all = append(all, knownThing{page.HandoverField{What: cut("Answer "+q.AskedByName+": "+q.Says, skein.MaxLine)}, "question", "questions"})
		}
	}
	return all
}

// openDecisions are what is asked about and not decided yet: it goes to whoever leads next. A draft is read by those who
// decide it, and stands in no note.
func (h handing) openDecisions() []leaddb.DecisionRow {
	return slices.DeleteFunc(slices.Clone(h.p.Decisions), func(r leaddb.DecisionRow) bool { return r.State != skein.DecisionAsking })
}

// knownDecisions are those, with who is asked and until when.
func (h handing) knownDecisions() []knownThing {
	var all []knownThing
	for _, r := range h.openDecisions() {
		f := page.HandoverField{What: decisionAction(r), Who: cut(words.List(r.Asked), skein.MaxLine)}
		if !r.AdviceOn.IsZero() {
			f.By = r.AdviceOn.Format(time.DateOnly)
		}
		all = append(all, knownThing{f, "open decision", "open decisions"})
	}
	return all
}

// decisionAction is what there is still to do about a decision, as a note says it.
func decisionAction(r leaddb.DecisionRow) string { return cut("Decide: "+r.Question, skein.MaxLine) }

// decisionOf is the address of the decision that a line of a note is about, as Skein filled it in; empty: it is about
// something else.
func (h handing) decisionOf(what string) string {
	for _, r := range h.p.Decisions {
		if r.State != skein.DecisionDraft && decisionAction(r) == what {
			return path.Decision(string(r.ID))
		}
	}
	return ""
}

// knownNeeds are what the lead was to get and has not.
func (h handing) knownNeeds() []knownThing {
	var all []knownThing
	for _, n := range h.p.NeedsShown {
		if !n.Asked() && n.Arrival != skein.Missing {
			continue
		}
		f := page.HandoverField{What: cut(n.What, skein.MaxLine), Who: n.AskedOfName}
		if n.Asked() && !n.AnswerBy.IsZero() {
			f.By = n.AnswerBy.In(h.clock.Zone).Format(time.DateOnly)
		}
		all = append(all, knownThing{f, "thing that the lead was to get and has not", "things that the lead was to get and has not"})
	}
	return all
}

// knownSteps are the steps of the plan that nobody has ticked.
func (h handing) knownSteps() []knownThing {
	var all []knownThing
	for _, s := range h.p.Steps {
		if s.DoneAt.IsZero() {
			all = append(all, knownThing{page.HandoverField{What: cut(s.Says, skein.MaxLine), By: s.DueOn.Format(time.DateOnly)}, "step of the plan", "steps of the plan"})
		}
	}
	return all
}

// cut shortens a line to so many characters.
func cut(line string, most int) string {
	if runes := []rune(line); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return line
}

// lastWords are the last states that were said in the lead that is handed on, the newest first; "": none were.
func (h handing) lastWords() string {
	var states []string
	for _, w := range h.p.Week.Words {
		if t := h.lastLed(); t != nil && w.Term == t.ID && len(states) < 3 {
			states = append(states, w.State.Words())
		}
	}
	if len(states) == 0 {
		return ""
	}
	return "The last words on how it stands, the newest first: " + strings.Join(states, ", ") + "."
}
