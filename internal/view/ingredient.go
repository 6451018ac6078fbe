package view

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// ingredients says what the matching is made of, as it bears on the viewer: who says so, how fresh
// it is, how rare, and whose turn it is.
func (x projectView) ingredients() []page.Ingredient {
	a := x.answer
	all := []page.Ingredient{
		{Head: "Who says so", Says: trustWords(a.Query.Policy.Trust.Row(a.Query.Trust)) + " " + voicesWords(a.Assessment.Met)},
		{Head: "How fresh", Says: x.freshWords()},
		{Head: "How rare", Says: x.rarityWords()},
	}
	turn := x.noTurnWords()
	if x.turnWords() != "" {
		way := "back"
		if a.Query.Rotation < 0 {
			way = "forward"
		}
		turn = "What you led before moves you " + way + " here. That stands apart from how well you fit, and half of it is gone after " +
			words.Days(int(a.Query.Policy.Trust.TurnHalfLifeDays)) + "."
	}
	return append(all, page.Ingredient{Head: "Taking turns", Says: turn})
}

// trustWords says what each kind of word counts for at a trust level, the most first.
func trustWords(row match.TrustRow) string {
	kinds := map[float64][]string{}
	var weights []float64
	for _, k := range []struct {
		kind skein.EvidenceKind
		name string
	}{
		{skein.Outcome, "what came of your work"},
		{skein.Credential, "certificates"},
		{skein.Peer, "a colleague’s word"},
		{skein.Self, "your own word"},
	} {
		w := row.Weight(k.kind)
		if len(kinds[w]) == 0 {
			weights = append(weights, w)
		}
		kinds[w] = append(kinds[w], k.name)
	}
	slices.SortFunc(weights, func(a, b float64) int { return int(math.Copysign(1, b-a)) })
	if len(weights) == 1 {
		return "Everything counts " + weightWords(weights[0]) + " here, your own word too."
	}
	var parts []string
	for i, w := range weights {
		part := words.List(kinds[w]) + " "
		if i == 0 && len(kinds[w]) == 1 {
			part += "counts "
		} else if i == 0 {
			part += "count "
		}
		parts = append(parts, part+weightWords(w))
	}
	return words.UpperFirst(strings.Join(parts, ", ")) + "."
}

func weightWords(w float64) string {
	for words, is := range map[string]float64{
		"in full": 1, "half": .5, "a quarter": .25, "a fifth": .2, "a tenth": .1, "three quarters": .75, "not at all": 0,
	} {
		if math.Abs(w-is) < 1e-9 {
			return words
		}
	}
	return shareOf(w)
}

// voicesWords counts who speaks for the viewer, each once.
func voicesWords(met []match.Met) string {
	seen := map[string]bool{}
	count := map[skein.EvidenceKind]int{}
	for _, m := range met {
		for _, w := range m.Witnesses {
			key := fmt.Sprint(w.Kind, w.Person, w.Source)
			if w.Source == "" && w.Kind != skein.Peer {
				key += w.On.String()
			}
			if !seen[key] {
				seen[key] = true
				count[w.Kind]++
			}
		}
	}
	var who []string
	speak := 0
	for _, k := range []struct {
		kind      skein.EvidenceKind
		one, many string
	}{
		{skein.Outcome, "piece of work", "pieces of work"},
		{skein.Credential, "certificate", "certificates"},
		{skein.Peer, "colleague", "colleagues"},
	} {
		if n := count[k.kind]; n > 0 {
			speak += n
			who = append(who, words.Count(n, k.one, k.many))
		}
	}
	switch {
	case len(who) == 0 && count[skein.Self] > 0:
		return "For you here speaks only your own word."
	case len(who) == 0:
		return "Nothing speaks for you here yet."
	case count[skein.Self] > 0:
		speak++
		who = append(who, "your own word")
	}
	if speak == 1 {
		return words.UpperFirst(who[0]) + " speaks for you here."
	}
	return words.UpperFirst(words.List(who)) + " speak for you here."
}

// freshWords says how what is said fades, and how old the newest is.
func (x projectView) freshWords() string {
	q, met := x.answer.Query, x.answer.Assessment.Met
	usual := q.Policy.Trust.HalfLifeDays
	text := "Whatever is said fades: it counts half as much with every " + words.Rounded(usual) + "\u00a0days"
	differ := slices.ContainsFunc(met, func(m match.Met) bool { return m.HalfLife != usual })
	if differ {
		text += ", or as long as a skill says for itself"
	}
	var newest *match.Witness
	var of string // the skill, where the same piece may fade otherwise in another
	for _, m := range met {
		for i, w := range m.Witnesses {
			if newest == nil || w.On.After(newest.On) {
				newest = &m.Witnesses[i]
				if differ {
					of = " for " + x.answer.Names.SkillName(m.Skill)
				}
			}
		}
	}
	if newest == nil {
		return text + "."
	}
	age := int(x.Today().Sub(newest.On).Hours() / 24)
	return text + ". The newest that speaks for you here is from " + x.clock.Date(newest.On) + ", " +
		words.DaysAgo(age) + ", so it " + match.LeftWords(newest.Fresh) + of + "."
}

// turnWords says what taking turns does to the viewer, who led in this area before; empty: nothing.
func (x projectView) turnWords() string {
	a := x.answer
	if a.Assessment.Turn == 0 || len(a.Before) == 0 {
		return ""
	}
	if a.Assessment.Turn > 0 {
		return x.ledBefore() + " Leads " + x.inCircle() + " stay with those who know the work, so you come before others who fit as well, for " +
			words.Count(a.Query.Policy.Trust.MostTermsRunning, "term", "terms") + " running at most."
	}
	return x.ledBefore() + " Leads " + x.inCircle() + " take turns, so somebody who has not led such work lately may come before you."
}

// noTurnWords says why taking turns changes nothing for the viewer.
func (x projectView) noTurnWords() string {
	q := x.answer.Query
	switch {
	case q.Rotation > 0:
		return "Leads " + x.inCircle() + " take turns: whoever led such work lately steps back for a while. You have not, so nothing holds you back."
	case q.Rotation < 0:
		return "Leads " + x.inCircle() + " stay with those who know the work. You have not led such work, so this adds nothing for you."
	case len(x.answer.Before) > 0:
		return x.ledBefore() + " Here that makes no difference: nobody has to step back, and nobody is kept."
	}
	return "Who led such work before makes no difference here."
}

// ledBefore names what the viewer led in this area, the latest first.
func (x projectView) ledBefore() string {
	before := x.answer.Before
	says := "You led " + cmp.Or(words.Quoted(before[0].Title), "such work") + ", from " + x.clock.Date(before[0].From)
	if more := len(before) - 1; more > 0 {
		says += ", and " + words.Count(more, "such lead", "such leads") + " before"
	}
	return says + "."
}

func (x projectView) inCircle() string {
	if n := len(x.p.Circles); n > 0 {
		return "in " + words.Name(x.p.Circles[n-1].Name)
	}
	return "here"
}

// zoneWhy says in one sentence why the viewer is ready or a stretch.
func (x projectView) zoneWhy() string {
	a := x.answer
	shown, _ := match.Covered(a.Assessment.Met)
	part := words.UpperFirst(match.PartWords(shown)) + " of what it asks is shown"
	if a.Query.Trust == skein.Open {
		part = "What is said of you covers " + match.PartWords(shown) + " of what it asks"
	}
	switch a.Assessment.Zone {
	case match.Ready:
		return part + "."
	case match.Stretch:
		for _, m := range a.Assessment.Met {
			if m.Must && m.Standing != match.Shown {
				return words.UpperFirst(a.Names.SkillName(m.Skill)) + " must be there, and is shown only in part."
			}
		}
		return part + ", too little to be ready."
	}
	return ""
}

// theRule is where the numbers of the matching are published.
const theRule = path.How + "#card"
