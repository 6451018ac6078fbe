package exchange

import (
	"fmt"
	"regexp"
	"strings"

	"skein/internal/folder"
	"skein/internal/skein"
)

// newcomer is somebody whom the file brings and Skein does not have.
type newcomer struct {
	row  *folder.PersonRow
	like []folder.KnownPerson // of the same given name, in the id too
}

// renamed tells of new people who are likely to be somebody in Skein whose id has changed: the file does not
// name that one, and they have the same name; or, where only one comes into question, the same given name,
// with which both ids begin. Neither are they of two teams.
func (r *reader) renamed(t *table) {
	called, given := map[string][]*newcomer{}, map[string][]*newcomer{}
	for i := range r.folder.People {
		row := &r.folder.People[i]
		if _, there := r.known.People[row.ID]; there {
			continue
		}
		n := &newcomer{row: row}
		key := skein.NameKey(row.Name)
		called[key] = append(called[key], n)
		if key := givenKey(row.ID, row.Name); key != "" {
			given[key] = append(given[key], n)
		}
	}
	if len(called) == 0 || r.known.Named == nil || len(r.known.People) == 0 {
		return
	}
	for p, err := range r.known.Named {
		if err != nil {
			r.report.note("%s: Whether somebody new is in Skein under another id could not be found out.", t.called)
			return
		}
		if r.people[p.ID] {
			continue
		}
		for _, n := range called[skein.NameKey(p.Name)] {
			r.likelyRenamed(t, n.row, p)
		}
		if like := given[givenKey(p.ID, p.Name)]; len(like) == 1 && skein.NameKey(like[0].row.Name) != skein.NameKey(p.Name) {
			like[0].like = append(like[0].like, p)
		}
	}
	for i := range r.folder.People {
		row := &r.folder.People[i]
		if like := given[givenKey(row.ID, row.Name)]; len(like) == 1 && like[0].row == row && len(like[0].like) == 1 {
			r.likelyRenamed(t, row, like[0].like[0])
		}
	}
}

// likelyRenamed tells of one, unless they are of two teams.
func (r *reader) likelyRenamed(t *table, row *folder.PersonRow, p folder.KnownPerson) {
	if row.Circle != "" && p.Circle != "" && row.Circle != p.Circle {
		return
	}
	if r.files.asking {
		r.sameName(t, row, p)
		return
	}
	r.report.noteMany("new people who may be in Skein under another id",
		"%s: %s (%s) is new, and may be %s (%s), who is in Skein and not in this file.%s",
		t.whereLine(row.Begins.Line), shown([]byte(row.ID)), shown([]byte(row.Name)), shown([]byte(p.ID)), shown([]byte(p.Name)), r.rename(p.ID, row.ID, "before this is loaded"))
}

// rename says what to do where two ids are one person's, and when; "" where both are taken.
func (r *reader) rename(old, new skein.PersonID, when string) string {
	if _, taken := r.known.People[new]; taken {
		return ""
	}
	return fmt.Sprintf(" If they are one person: skein user rename %s %s, %s.", quoted(string(old)), quoted(string(new)), when)
}

var plainWord = regexp.MustCompile(`^[\pL\pN_./@+:][\pL\pN_./@+:-]*$`)

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// givenKey is the same for people of one given name whose ids begin alike: ann.lee and ann.marsh. It is ""
// where an id does not begin with a word of a name.
func givenKey(id skein.PersonID, name string) string {
	first, _, several := strings.Cut(skein.NameKey(name), " ")
	key := skein.NameKey(string(id))
	end := strings.IndexAny(key, ".-_ ")
	if !several || end < 2 || key[:end] != first {
		return ""
	}
	return first
}
