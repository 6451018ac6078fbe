package exchange

import (
	"bytes"
	"slices"
	"strings"

	"skein/internal/skein"
)

// further reads the circles that must move with a project, joined by bars. Its own, and one that is named twice, is
// noted and passed over.
func (r *reader) further(t *table, c int, own skein.CircleID) []skein.CircleID {
	value := t.raw(c)
	if len(bytes.TrimSpace(value)) == 0 {
		return nil
	}
	start := t.rec.fields[t.at[c]].start
	if !t.rec.cells && t.rec.raw[start] == '"' {
		start++
	}
	var all []skein.CircleID
	for item := range bytes.SplitSeq(value, []byte{'|'}) {
		id := skein.CircleID(bytes.TrimSpace(item))
		switch {
		case id == "":
		case !r.isCircle(id):
			t.problemAt(start+leading(item), t.names[c], "%s", r.noCircle(id))
		case id == own:
			r.report.noteMany("further "+r.report.noun("circle")+"s that are the project's own", "%s: %s is where the project belongs, and moves in any case. It is passed over.",
				t.where(), shown([]byte(id)))
		case slices.Contains(all, id):
			r.report.noteMany("further "+r.report.noun("circle")+"s that are named twice", "%s: %s is named twice. It counts once.", t.where(), shown([]byte(id)))
		case len(all) == skein.MostLines:
			t.problemAt(start, t.names[c], "At most %d move with a project; this is one more. Keep those that must.", skein.MostLines)
			return all
		default:
			all = append(all, id)
		}
		start += len(item) + 1
	}
	slices.Sort(all)
	return all
}

// isCircle tells whether there is such a circle, as far as one can know.
func (r *reader) isCircle(id skein.CircleID) bool {
	_, there := r.known.Circles[id]
	return there || r.circles[id] || r.unsure[CirclesFile]
}

// leading is how much white space an item begins with: its place is that of the id.
func leading(item []byte) int { return len(item) - len(bytes.TrimLeft(item, " \t")) }

// formatFurther writes what further reads.
func formatFurther(all []skein.CircleID) string {
	ids := make([]string, len(all))
	for i, id := range all {
		ids[i] = string(id)
	}
	return strings.Join(ids, "|")
}
