package exchange

import (
	"strings"

	"skein/internal/folder"
	"skein/internal/skein"
)

// Who was here twice, and is one: a file may still name them by the id that went.

// person reads whom column c names, which may be blank: as they are now.
func (t *table) person(c int) skein.PersonID { return t.kept(skein.PersonID(t.maybeID(c))) }

// mustPerson reads whom column c has to name.
func (t *table) mustPerson(c int) skein.PersonID { return t.kept(skein.PersonID(t.id(c))) }

func (t *table) kept(id skein.PersonID) skein.PersonID {
	now, merged := t.spellings.known.Merged[id]
	if !merged {
		return id
	}
	if !t.spellings.known.Joined[id] {
		t.report.noteMany("rows that name somebody by an id that they had", "%s: %s was here twice and is %s now. The row is read so.",
			t.where(), shown([]byte(id)), shown([]byte(now)))
	}
	return now
}

// twin is a row of people.csv with an id that went.
type twin struct {
	row folder.PersonRow
	now skein.PersonID
	at  Problem // its e-mail address
}

// merged tells whether a row of people.csv has an id that went, and puts it aside.
func (r *reader) merged(t *table, row folder.PersonRow, twins *[]twin) bool {
	now, merged := r.known.Merged[row.ID]
	if merged && !t.bad {
		*twins = append(*twins, twin{row, now, t.here(personEmail)})
	}
	return merged
}

// readTwins takes the rows with an id that went for those of whom they lead to, where the file has no row of theirs: of
// two, the one with the id that they have counts, else the first. An address that leads to them already stays
// beside their own.
func (r *reader) readTwins(t *table, twins []twin, mailboxes map[string]mailbox) {
	for _, twin := range twins {
		was := shown([]byte(twin.row.ID))
		if r.people[twin.now] {
			r.report.noteMany("rows of people who are in the file twice", "%s: %s is %s, who has a row of their own. This one is left out.",
				t.whereLine(twin.row.Begins.Line), was, shown([]byte(twin.now)))
			continue
		}
		if !r.known.Joined[twin.row.ID] {
			r.report.noteMany("rows that name somebody by an id that they had", "%s: %s was here twice and is %s now. The row is read so.",
				t.whereLine(twin.row.Begins.Line), was, shown([]byte(twin.now)))
		}
		r.people[twin.now] = true
		twin.row.ID = twin.now
		if address := strings.ToLower(twin.row.Email); r.known.Addresses[address] == twin.now && r.known.People[twin.now] != "" {
			twin.row.Email = r.known.People[twin.now]
		}
		if twin.row.Manager == twin.now {
			twin.row.Manager = ""
		}
		if address := strings.ToLower(twin.row.Email); address != "" {
			if earlier, twice := mailboxes[address]; twice {
				twin.at.Why = shown([]byte(earlier.person)) + " has this e-mail address too."
				r.report.add(twin.at)
			}
			mailboxes[address] = mailbox{twin.now, twin.row.Name, twin.at}
		}
		r.folder.People = append(r.folder.People, twin.row)
	}
}
