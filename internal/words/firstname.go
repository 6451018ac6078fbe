package words

import (
	"slices"
	"strings"
	"unicode"
)

// titles stand before a name and letters behind one, in small letters and without dots.
var (
	titles = strings.Fields("dr prof professor mr mrs ms miss mx sir dame lady lord rev revd hon ing dipl-ing mag pd capt herr frau mme mlle")
	behind = strings.Fields("phd md dds dvm msc bsc ma ba mba llm llb ceng pe pmp cpa rn esq jr sr ii iii iv")
)

func isOneOf(list []string, word string) bool {
	return slices.Contains(list, strings.ToLower(strings.ReplaceAll(word, ".", "")))
}

// FirstName is somebody's first name, as a colleague would say it: without a title, and as it stands behind
// the comma of "Calder, Ines". Where no first name can be told from the rest ("Dr. Calder", or a number as in
// files whose names were taken out), all of it is the name.
func FirstName(name string) string {
	name = strings.TrimSpace(Bare(name))
	said := name
	if last, first, turned := strings.Cut(name, ","); turned {
		said = first
		if all := strings.Fields(strings.ReplaceAll(first, ",", " ")); len(all) == 0 || !slices.ContainsFunc(all, func(word string) bool { return !isOneOf(behind, word) }) {
			said = last
		}
	}
	all := strings.Fields(said)
	titled := len(all)
	for len(all) > 0 && isOneOf(titles, all[0]) {
		all = all[1:]
	}
	titled -= len(all)
	switch {
	case len(all) == 0, titled > 0 && len(all) == 1 && !strings.Contains(name, ","):
		return Name(name)
	case len(all) > 1 && !strings.ContainsFunc(strings.Join(all[1:], ""), unicode.IsLetter):
		return Name(name)
	}
	return Name(all[0])
}
