package match

import (
	"cmp"
	"slices"
	"strings"

	"skein/internal/skein"
	"skein/internal/words"
)

// Names resolves ids into what a page calls things. A nil function leaves the id as it is.
type Names struct {
	Skill  func(skein.SkillID) string
	Person func(skein.PersonID) string
	Source func(string) string // what an outcome or a credential came from; empty: do not say
	You    bool                // spoken to the person themselves
}

// Explanation is an assessment in the sentences of a page.
type Explanation struct {
	State  string   // "A stretch, with a coach."
	Lines  []Line   // one for each requirement, in the query's order
	Change string   // "One person who has seen ... would make you ready."; empty: nothing to say
	Bars   []string // the gates that do not pass, each a sentence
	Turn   string   // what turns do; empty: nothing
}

// Line says where a person stands in one requirement.
type Line struct {
	Skill    skein.SkillID
	Name     string // what pages call the skill
	Standing Standing
	Must     bool
	Text     string // "Valve data: Dario and Noor, March."
	Fresh    string `json:",omitempty"` // "Counts about half by now."; empty: it is fresh, or nobody says so
}

// Explain puts an assessment into words.
func Explain(a Assessment, n Names) Explanation {
	x := Explanation{State: StateWords(a.Zone) + ".", Turn: turnWords(a, n)}
	for _, m := range a.Met {
		name := n.SkillName(m.Skill)
		x.Lines = append(x.Lines, Line{m.Skill, name, m.Standing, m.Must, name + ": " + said(m, a, n), FreshWords(m)})
	}
	for _, g := range a.Gates {
		if !g.Pass {
			x.Bars = append(x.Bars, GateWords(g, n))
		}
	}
	if a.Nearest != nil {
		x.Change = ChangeWords(*a.Nearest, n)
	}
	return x
}

// StateWords says a zone to whoever stands in it: "A stretch, with a coach".
func StateWords(z Zone) string {
	switch z {
	case Ready:
		return "Ready"
	case Stretch:
		return "A stretch, with a coach"
	}
	return "Not yet"
}

// said is what follows the skill's name: who says so and when.
func said(m Met, a Assessment, n Names) string {
	who := witnessWords(m.Witnesses, a, n)
	switch m.Standing {
	case Shown:
		return cmp.Or(who, "shown") + "."
	case Near:
		return words.EndSentence("nearly. " + words.UpperFirst(cmp.Or(who, "others say so")))
	case Word:
		if who == "" {
			return n.your("only your word.", "only their word.")
		}
		return "so far only " + who + "."
	}
	if who != "" {
		return "some way off. " + words.UpperFirst(who) + "."
	}
	if len(m.Witnesses) > 0 {
		return n.your("only your word, and some way off.", "only their word, and some way off.")
	}
	if !m.RanOut.IsZero() {
		return "ran out " + words.In(m.RanOut, a.AsOf) + "."
	}
	return n.your("nobody has said it of you yet.", "nobody has said it of them yet.")
}

// GateWords is what a gate says, passed or not, in a sentence.
func GateWords(g Gate, n Names) string {
	if g.Skill == "" {
		return g.Why
	}
	return n.SkillName(g.Skill) + ": " + words.LowerFirst(g.Why)
}

func turnWords(a Assessment, n Names) string {
	switch {
	case a.Turn < 0 && a.Earlier > 0:
		return n.your("You led here lately, so others come first for a while.",
			"Led here lately, so others come first for a while.")
	case a.Turn > 0 && a.Earlier > 0:
		return n.your("You led here before, and here leads stay with those who know them.",
			"Led here before, and here leads stay with those who know them.")
	}
	return ""
}

// ChangeWords says a change in one or two sentences.
func ChangeWords(c Change, n Names) string {
	var parts []string
	for i, s := range c.Steps {
		step := stepWords(s, n)
		if i > 0 && s == c.Steps[i-1] {
			step = "the same once more"
		}
		parts = append(parts, step)
	}
	to := n.your(" would make you ready.", " would make them ready.")
	if c.To == Stretch {
		to = " would make it a stretch, with a coach."
	}
	return words.UpperFirst(strings.Join(parts, " and ")) + to
}

func stepWords(s Step, n Names) string {
	skill := n.SkillName(s.Skill)
	switch s.Kind {
	case StepWord:
		return n.your("one person who has seen your ", "one person who has seen their ") + skill
	case StepLevel:
		return "one level more in " + skill
	}
	return "one term as shadow or co-lead in " + skill
}

// witnessWords names those other than the person who say so: colleagues, then what came of work,
// then certificates; each with its own latest month, said once where it is the same.
func witnessWords(all []Witness, a Assessment, n Names) string {
	named := map[skein.EvidenceKind][]string{}
	latest := map[skein.EvidenceKind]skein.Date{}
	for _, w := range all {
		if w.Kind == skein.Self {
			continue
		}
		if w.On.After(latest[w.Kind]) {
			latest[w.Kind] = w.On
		}
		if name := n.witness(w); name == "" || !slices.Contains(named[w.Kind], name) {
			named[w.Kind] = append(named[w.Kind], name)
		}
	}
	var who, when []string
	for _, kind := range []skein.EvidenceKind{skein.Peer, skein.Outcome, skein.Credential} {
		names := named[kind]
		if len(names) == 0 {
			continue
		}
		says := words.Few(names)
		switch kind {
		case skein.Outcome:
			says = n.workWords(names)
		case skein.Credential:
			says = certificateWords(names)
		}
		who, when = append(who, says), append(when, words.When(latest[kind], a.AsOf))
	}
	return words.Dated(who, when)
}

// FreshWords says how much age has left of the newest that others say of a requirement, the one
// whose month stands beside it, where it is not most of it.
func FreshWords(m Met) string {
	var newest *Witness
	voices := 0
	for i, w := range m.Witnesses {
		if w.Kind == skein.Self {
			continue
		}
		if voices++; newest == nil || w.On.After(newest.On) {
			newest = &m.Witnesses[i]
		}
	}
	if newest == nil || !faded(newest.Fresh) {
		return ""
	}
	left := LeftWords(newest.Fresh)
	if newest.Fresh >= tooOld {
		left += " by now"
	} else if voices == 1 {
		left = hardlyCounts
	}
	if voices > 1 {
		return "The newest " + left + "."
	}
	return words.UpperFirst(left) + "."
}
