package exchange

import (
	"slices"
	"strings"

	"skein/internal/folder"
	"skein/internal/skein"
)

// namesakes are people of a file by what they are called: two rows of one name may be one person, whom a system wrote
// down twice. Ids that are nearly the same are told of by alike.
type namesakes map[string][]namesake

// mostNamesakes is with how many of one name each further one is compared.
const mostNamesakes = 20

type namesake struct {
	id   skein.PersonID
	mail string
	line int
}

// take notes a row, and tells of an earlier one that may be the same person: not where both have addresses, and
// others.
func (n namesakes) take(t *table, row folder.PersonRow) {
	key := skein.NameKey(row.Name)
	if key == "" || row.ID == "" {
		return
	}
	now := namesake{row.ID, strings.ToLower(row.Email), row.Begins.Line}
	if at := slices.IndexFunc(n[key], func(o namesake) bool {
		return skein.NameKey(string(o.id)) != skein.NameKey(string(now.id)) && (o.mail == "" || now.mail == "" || o.mail == now.mail)
	}); at >= 0 {
		before := n[key][at]
		t.report.noteMany("people who may be in the file twice", "%s: %s (%s) may be whoever stands on line %d (%s): they have the same name. They are read as two.",
			t.whereLine(now.line), shown([]byte(row.Name)), shown([]byte(row.ID)), before.line, shown([]byte(before.id)))
	}
	if len(n[key]) < mostNamesakes {
		n[key] = append(n[key], now)
	}
}

// ofTeams are words that a team's name may have or not.
var ofTeams = []string{"the", "team", "teams", "department", "dept", "group", "unit"}

// TeamKey is the same for names that people take for one team's: Customer Service, Customer service team.
func TeamKey(name string) string {
	key := skein.NameKey(name)
	parts := slices.DeleteFunc(strings.Fields(key), func(word string) bool { return slices.Contains(ofTeams, strings.ToLower(word)) })
	if len(parts) == 0 {
		return key
	}
	return strings.Join(parts, " ")
}

// teamNames are circles of a file by their names' keys, within one parent.
type teamNames map[[2]string]namedTeam

type namedTeam struct {
	id   skein.CircleID
	name string
	line int
}

// take notes a row, and tells of an earlier one of nearly the same name. A file that was made of what others name has
// no lines that anybody knows.
func (n teamNames) take(t *table, row folder.CircleRow, made bool) {
	key := [2]string{TeamKey(row.Name), string(row.Parent)}
	if key[0] == "" || row.ID == "" {
		return
	}
	before, there := n[key]
	switch {
	case !there:
		n[key] = namedTeam{row.ID, row.Name, t.rec.line}
	case before.id == row.ID:
	case made:
		t.report.noteMany(t.report.noun("circle")+"s of nearly the same name", "%s and %s have nearly the same name, and are two.",
			shown([]byte(before.name)), shown([]byte(row.Name)))
	default:
		t.report.noteMany(t.report.noun("circle")+"s of nearly the same name", "%s: The %s %s has nearly the same name as %s on line %d. They are read as two.",
			t.where(), t.report.noun("circle"), shown([]byte(row.Name)), shown([]byte(before.name)), before.line)
	}
}

// otherAddress tells of somebody whose address changes, and who signs in with the one before.
func (r *reader) otherAddress(t *table, row folder.PersonRow) {
	was, there := r.known.People[row.ID]
	signsIn, now := r.known.SignsIn[row.ID], strings.ToLower(row.Email)
	if !there || now == "" || now == was || signsIn == "" || signsIn == now || r.known.Addresses[now] == row.ID {
		return
	}
	r.report.noteMany("people whose address changes", "%s: The address of %s becomes %s. They go on signing in with %s until an administrator changes that on their page.",
		t.whereLine(row.Begins.Line), shown([]byte(row.Name)), shown([]byte(now)), shown([]byte(signsIn)))
}
