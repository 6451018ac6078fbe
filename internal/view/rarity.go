package view

import (
	"fmt"
	"strings"

	"skein/internal/match"
	"skein/internal/words"
)

// How many of the people make a skill one that few have, or many; and from which difference to the
// others asked its rarity is worth saying.
const (
	fewBelow  = .1
	manyFrom  = .5
	differs   = 1.03
	mostNamed = 3
)

// holdersWords opens the sentence on skills that some share of the people have.
func holdersWords(m match.Met, people int) string {
	switch share := float64(m.Holders) / float64(max(people, 1)); {
	case share < fewBelow:
		return "Few people here have "
	case share < manyFrom:
		return "Not everybody here has "
	case m.Holders < people:
		return "Many here have "
	}
	return "Everybody here has "
}

// rarityWords says how many people have each skill asked for, and whether it counts more or less
// for that than the others asked.
func (x projectView) rarityWords() string {
	met, people := x.answer.Assessment.Met, x.answer.Query.People
	var usual float64
	for _, m := range met {
		usual += m.Rarity / float64(len(met))
	}
	said := map[string][]string{}
	for _, m := range met {
		name := x.answer.Names.SkillName(m.Skill)
		if m.Holders > 0 {
			name += fmt.Sprintf(" (%s of %s)", words.Figure(m.Holders), words.Figure(people))
		} else {
			name += " (nobody yet)"
		}
		does := ""
		switch {
		case m.Rarity > usual*differs:
			does = " more"
		case m.Rarity < usual/differs:
			does = " less"
		}
		said[holdersWords(m, people)+does] = append(said[holdersWords(m, people)+does], name)
	}
	var words []string
	for _, who := range []string{"Few people here have ", "Not everybody here has ", "Many here have ", "Everybody here has "} {
		for _, does := range []string{" more", "", " less"} {
			names := said[who+does]
			switch {
			case len(names) > 0 && does != "":
				words = append(words, who+someNamed(names)+", so "+itCounts(len(names))+does+".")
			case len(names) > 0:
				words = append(words, who+someNamed(names)+".")
			}
		}
	}
	return strings.Join(words, " ")
}

func someNamed(names []string) string {
	if len(names) > mostNamed+1 {
		return strings.Join(names[:mostNamed], ", ") + " and " + words.Number(len(names)-mostNamed) + " more"
	}
	return words.List(names)
}

func itCounts(n int) string {
	if n == 1 {
		return "it counts"
	}
	return "they count"
}
