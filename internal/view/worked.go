package view

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// mostVoices is how many pieces of evidence of one skill are told one by one.
const mostVoices = 5

// worked is all of the numbers behind the viewer's standing.
func (x projectView) worked() *page.Worked {
	a := x.answer
	if !a.Compared || !x.open() {
		return nil
	}
	_, shares := a.Assessment.Parts(100)
	_, whole := wholeParts(a)
	w := &page.Worked{Ingredients: x.ingredients(), Sum: sumWords(a), Bridge: bridgeWords, Rule: theRule}
	for i, m := range a.Assessment.Met {
		w.Parts = append(w.Parts, page.WorkedPart{
			Skill: a.Names.SkillName(m.Skill), Share: fmt.Sprintf("%d of %d", shares[i], whole[i]), How: x.partHow(m),
		})
	}
	w.Notes = append(w.Notes, zoneNote(a), turnNote(a.Query, a.Assessment))
	for _, g := range a.Assessment.Gates {
		mark := "✓ "
		if !g.Pass {
			mark = "– "
		}
		w.Gates = append(w.Gates, mark+match.GateWords(g, a.Names))
	}
	w.Policy = fmt.Sprintf("Worked out by version %d of the rule, from what is known on %s.",
		a.Query.Policy.Version, x.clock.Date(x.Today()))
	return w
}

// partHow is how one requirement came to its share: what is asked, who says so, what that adds up
// to, and how rare it is.
func (x projectView) partHow(m match.Met) []string {
	asked := fmt.Sprintf("Asked: level %d, %s. It matters %s of 5.", m.Level, skein.LevelsYours[m.Level], words.Rounded(m.Counts))
	if m.Must {
		asked += " It must be there."
	}
	how := []string{asked}
	row := x.answer.Query.Policy.Trust.Row(x.answer.Query.Trust)
	for i, w := range m.Witnesses {
		if i == mostVoices && len(m.Witnesses) > mostVoices+1 {
			how = append(how, words.UpperFirst(words.Number(len(m.Witnesses)-i))+" older ones besides.")
			break
		}
		how = append(how, x.voice(w)+fmt.Sprintf(", %s: level %d. It counted %s; age leaves %.2f of that, so now %.2f.",
			x.clock.Date(w.On), w.Level, words.Rounded(row.Weight(w.Kind)), w.Fresh, w.Counts))
	}
	if len(m.Witnesses) > 0 {
		how = append(how, fmt.Sprintf("Together they say level %s, with a weight of %.2f. The more weight, the surer; so it counts as level %s of the %d asked.",
			levelWords(m.LevelShown), m.Strength, levelWords(math.Min(m.Capability, float64(m.Level))), m.Level))
	} else {
		how = append(how, "Nobody says so yet.")
	}
	return append(how, fmt.Sprintf("%s of %s people have it on record, so what it matters is multiplied by %s.",
		words.Figure(m.Holders), words.Figure(x.answer.Query.People), words.Rounded(m.Rarity)))
}

// voice names one piece of evidence.
func (x projectView) voice(w match.Witness) string {
	n := x.answer.Names
	switch w.Kind {
	case skein.Self:
		if w.Person != "" && w.Person != x.Person.ID {
			return n.Person(w.Person) + " (counts as your own word: you share no " + words.Name(x.Org.CircleWord) + " or project, or you praised each other within " +
				words.Count(x.answer.Query.Policy.Trust.ReciprocalDays, "day", "days") + ")"
		}
		return "Your own word"
	case skein.Peer:
		if name := n.Person(w.Person); w.Person != "" && name != "" {
			return name
		}
		return "A colleague"
	case skein.Credential:
		if name := n.Source(w.Source); name != "" {
			return "Certificate " + name
		}
		return "A certificate"
	}
	says, name := "A piece of work of yours", n.Source(w.Source)
	if name != "" {
		says = "Your work in " + name
	}
	if did := chooser.DoneThere(w.Source, name); did != "" {
		says += ", as " + did
	}
	return says
}

// sumWords adds the shares up.
func sumWords(a chooser.Answer) string {
	fit, shares := a.Assessment.Parts(100)
	parts := make([]string, len(shares))
	for i, share := range shares {
		parts[i] = strconv.Itoa(share)
	}
	if len(parts) < 2 {
		return fmt.Sprintf("Together %d of 100: how well you fit.", fit)
	}
	return fmt.Sprintf("Together %s = %d of 100: how well you fit.", strings.Join(parts, " + "), fit)
}

// bridgeWords say how being ready and the number of a hundred go together.
const bridgeWords = "The numbers on the right are shares of these 100. Being ready looks only at whether each thing is shown; " +
	"the number also looks at how much speaks for it and how fresh that is, so somebody who is ready may have a low number. " +
	"It only puts people in order."

// zoneNote says how much is shown, and where ready and a stretch begin.
func zoneNote(a chooser.Answer) string {
	shown, claimed := match.Covered(a.Assessment.Met)
	set := a.Query.Setting
	return fmt.Sprintf("Ready begins where %s of what matters is shown, and all that must be there; you have %s. A stretch begins at %s that is shown, nearly so or said by you; you have %s.",
		shareOf(set.ReadyShare), shareWhole(shown), shareOf(set.StretchShare), shareWhole(claimed))
}

// shareWhole is a share in whole percent; it never reaches a limit by rounding up.
func shareWhole(share float64) string {
	return strconv.Itoa(int(math.Floor(share*100+1e-6))) + "\u00a0%"
}

// wholeParts is how much of a hundred each requirement could give at most.
func wholeParts(a chooser.Answer) (fit int, shares []int) {
	whole := match.Assessment{Met: slices.Clone(a.Assessment.Met)}
	var all float64
	for _, m := range whole.Met {
		all += m.Weight
	}
	for i := range whole.Met {
		if all > 0 {
			whole.Met[i].Share = whole.Met[i].Weight / all
		}
		whole.Fit += whole.Met[i].Share
	}
	return whole.Parts(100)
}

// levelWords is a level with one digit after the point, rounded down: a level below what is asked is
// never shown as equal to it.
func levelWords(level float64) string {
	return strconv.FormatFloat(math.Floor(level*10+1e-9)/10, 'f', 1, 64)
}

// turnNote says in numbers what turns do here.
func turnNote(q match.Query, a match.Assessment) string {
	switch {
	case q.Rotation == 0:
		return "Taking turns adds nothing and takes nothing here."
	case a.Earlier == 0:
		return "Taking turns: you have not led such work, so it adds nothing and takes nothing."
	case q.Rotation > 0:
		return fmt.Sprintf("Taking turns: what you led counts %.2f by now. When claims are set side by side, the best fit among them counts 100, and you step back by %.0f.", a.Earlier, -100*a.Turn)
	default:
		return fmt.Sprintf("Staying with those who know the work: what you led counts %.2f by now. When claims are set side by side, the best fit among them counts 100, and you move up by %.0f.", a.Earlier, 100*a.Turn)
	}
}
