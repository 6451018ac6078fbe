package intake

import (
	"fmt"
	"maps"
	"slices"

	"skein/internal/exchange"
	"skein/internal/folder"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// Two is two people who may be one: somebody new in a table, and somebody in Skein.
type Two struct {
	Part, Line      int
	New, There      skein.PersonID
	Name, ThereName string
	Address         string `json:",omitempty"` // that both have, as it stands in the table; "": their names are alike
	Is              Said   `json:",omitempty"`
}

// Said is what somebody has said of two.
type Said string

// What may be said.
const (
	IsOne Said = "one"
	IsTwo Said = "two"
)

// mostTwos is how many are kept to be asked about; more come when those are answered.
const mostTwos = 200

// ask keeps two to be asked about. A pass that leaves out the row does not tell of them again.
func (t *trial) ask(doubles []exchange.Double) {
	for _, d := range doubles {
		two := Two{Part: t.partOf(d.File), Line: d.Line, New: d.New, There: d.There, Name: d.Name, ThereName: d.ThereName, Address: d.Address}
		at := slices.IndexFunc(t.found.Twos, func(o Two) bool { return o.New == two.New && o.There == two.There })
		switch {
		case at >= 0 && two.Address != "":
			t.found.Twos[at] = two
		case at < 0 && two.Part >= 0 && len(t.found.Twos) < mostTwos:
			t.found.Twos = append(t.found.Twos, two)
		}
	}
}

// Say has two be one or two from now on: a row of the new one is read as the other's, or as somebody of their own,
// without the address that is not theirs.
func Say(in *bulkdb.Intake, who, there skein.PersonID, is Said) error {
	for _, two := range Twos(*in) {
		if two.New != who || two.There != there || is != IsOne && is != IsTwo {
			continue
		}
		part := &in.Parts[two.Part]
		c := ChoicesOf(*part)
		if c.Said == nil {
			c.Said = map[skein.PersonID]Two{}
		}
		if two.Is = is; two.Address != "" {
			delete(c.Empty[two.Line], "email")
			if is == IsTwo {
				c.empty(two.Line, "email")
			}
		}
		c.Said[who] = two
		Set(part, c)
		return nil
	}
	return refuse("These two are not asked about any more. Look at what it says now.")
}

// Twos are all who may be one, with what was said of them.
func Twos(in bulkdb.Intake) []Two {
	var all []Two
	said := map[skein.PersonID]bool{}
	for _, part := range in.Parts {
		if part.File != exchange.PeopleFile {
			continue
		}
		of := ChoicesOf(part).Said
		for _, who := range slices.Sorted(maps.Keys(of)) {
			all, said[who] = append(all, of[who]), true
		}
	}
	for _, two := range AnswerOf(in).Twos {
		if !said[two.New] && two.Part < len(in.Parts) {
			all = append(all, two)
		}
	}
	slices.SortStableFunc(all, func(a, b Two) int {
		if a.Part != b.Part {
			return a.Part - b.Part
		}
		return a.Line - b.Line
	})
	return all
}

// join has the files read as those say who said which people are one. Where that cannot be any more, the row says why.
func join(in bulkdb.Intake, known *folder.Known) (one []bulkdb.One, refused []Row) {
	known.Merged, known.Joined = maps.Clone(known.Merged), map[skein.PersonID]bool{}
	if known.Merged == nil {
		known.Merged = map[skein.PersonID]skein.PersonID{}
	}
	for _, two := range Twos(in) {
		if two.Is != IsOne {
			continue
		}
		into := two.There
		if now, merged := known.Merged[into]; merged {
			into = now
		}
		_, here := known.People[into]
		_, taken := known.People[two.New]
		now, led := known.Merged[two.New]
		why := ""
		switch {
		case led && now == into:
			continue // it was brought in before
		case led:
			why = fmt.Sprintf("%s leads to %s in Skein by now, and so is nobody else.", two.New, now)
		case taken:
			why = fmt.Sprintf("%s is in Skein by now, besides %s. Make the two one on the page of either, under Access; or keep both apart.", two.New, into)
		case !here:
			why = fmt.Sprintf("%s, whom this row was said to be, is not in Skein any more. Keep both apart, or bring in who it is.", two.ThereName)
		}
		if why != "" {
			refused = append(refused, Row{Part: two.Part, Called: called(in.Parts[two.Part]), Sheet: in.Parts[two.Part].Sheet != "", Line: two.Line, Why: why})
			continue
		}
		known.Merged[two.New], known.Joined[two.New] = into, true
		one = append(one, bulkdb.One{From: two.New, Into: into, Called: two.Name})
	}
	return one, refused
}

// apart leaves out those of whom somebody has said that they are two.
func (t *trial) apart(doubles []exchange.Double) []exchange.Double {
	return slices.DeleteFunc(doubles, func(d exchange.Double) bool {
		return slices.ContainsFunc(t.said, func(two Two) bool { return two.New == d.New && two.Is == IsTwo })
	})
}
