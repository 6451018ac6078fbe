package chooser

import (
	"strings"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
)

// sourceName is what pages call what evidence came from: the title of the project where there is
// one, else the source itself, read as people write. A source may say first what was done there:
// "role-lead:v1.37-docs".
func sourceName(titles map[string]string, source string) string {
	if title := titles[source]; title != "" {
		return words.Quoted(title)
	}
	did, where, both := strings.Cut(source, ":")
	switch {
	case skein.IsUUID(source) || both && skein.IsUUID(where):
		return ""
	case both && did != "" && where != "" && !strings.ContainsAny(source, " /"):
		return skein.ReadableID(where) + " (" + strings.ToLower(skein.ReadableID(did)) + ")"
	}
	return skein.ReadableID(source)
}

// DoneThere is what a source says somebody did in its project: "role lead"; empty where it says
// nothing of it, or where the name that pages call it by says it already.
func DoneThere(source, called string) string {
	did, _, both := strings.Cut(source, ":")
	if !both || strings.ContainsAny(source, " /") || called != "" && called == sourceName(nil, source) {
		return ""
	}
	return strings.ToLower(skein.ReadableID(did))
}

// before lists what the person led in a question's area before its day, the latest first.
func (l Look) before(q comparison.Question) []Before {
	area := skein.Area(q.Requirements)
	var all []Before
	for _, e := range l.facts.Earlier {
		if e.From.Before(q.AsOf) && match.SameArea(e.Area, area) {
			all = append(all, Before{Title: l.titles[e.Project], From: e.From})
		}
	}
	return all
}
