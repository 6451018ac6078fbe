package exchange

import (
	"cmp"
	"fmt"
	"strings"

	"skein/internal/folder"
	"skein/internal/skein"
	"skein/internal/words"
)

var personLayout = layout{PeopleFile, []string{
	"id", "name", "email", "circle", "hours_per_week", "active_from", "active_until", "manager",
}, 2, true}

const (
	personID = iota
	personName
	personEmail
	personCircle
	personHours
	personFrom
	personUntil
	personManager
)

// personColumns says in which column stands what a person's own checks speak of.
var personColumns = map[string]int{
	"name": personName, "hours": personHours, "active_until": personUntil,
}

// mailbox is where an e-mail address stands in the file, and whose it is.
type mailbox struct {
	person skein.PersonID
	name   string
	place  Problem
}

func (r *reader) readPeople(t *table) {
	t.salvage = func(id string) { r.people[skein.PersonID(id)] = true }
	first, near := map[skein.PersonID]int{}, newAlike[skein.PersonID]("person")
	mailboxes, called := map[string]mailbox{}, namesakes{}
	managers := map[skein.PersonID][]Problem{} // where somebody is named who has not come yet
	var twins []twin
	alone := 0
	for t.next() {
		row := r.person(t)
		once(t, personID, first, row.ID)
		near.take(t, row.ID)
		r.people[row.ID] = true
		if r.known.Erased != nil && r.known.Erased(row.ID) {
			t.problem(personID, "Whoever had this id was erased, and no file brings them back. Leave the row out; somebody else needs another id.")
		}
		if r.merged(t, row, &twins) {
			continue
		}
		oneMailbox(t, row, mailboxes)
		called.take(t, row)
		r.otherAddress(t, row)
		switch {
		case row.Manager != "" && row.Manager == row.ID:
			row.Manager = ""
			alone++
		case row.Manager != "" && !r.isPerson(row.Manager):
			managers[row.Manager] = append(managers[row.Manager], t.here(personManager))
		}
		if !t.bad {
			r.folder.People = append(r.folder.People, row)
		}
	}
	if alone > 0 {
		r.report.note("%s: %s who manage themselves are kept without a manager.", t.called, people(alone))
	}
	for id, places := range managers {
		if r.isPerson(id) || t.broken {
			continue
		}
		for _, problem := range places {
			r.report.add(problem.missing(r.report, PeopleFile, string(id), r.noPerson(id)))
		}
	}
	r.readTwins(t, twins, mailboxes)
	for address, mailbox := range mailboxes {
		r.addresses[address] = mailbox.person
	}
	r.checkMailboxes(mailboxes)
	r.renamed(t)
	against(near, t, r.known.People)
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func (r *reader) person(t *table) folder.PersonRow {
	row := folder.PersonRow{
		Person: skein.Person{
			ID:           skein.PersonID(t.id(personID)),
			Name:         t.name(personName),
			Email:        t.email(personEmail),
			Circle:       r.circle(t, personCircle),
			Manager:      t.person(personManager),
			HoursPerWeek: t.decimal(personHours, 0, 168, 2),
			ActiveFrom:   t.date(personFrom),
			ActiveUntil:  t.date(personUntil),
		},
		Attributes: t.attributes(),
		Begins:     t.spot(personFrom),
		Ends:       t.spot(personUntil),
	}
	if !t.bad {
		checked := row.Person
		if checked.Manager == checked.ID { // taken out of the row, with a note
			checked.Manager = ""
		}
		t.invalid(checked.Check(), personColumns)
	}
	return row
}

// oneMailbox reports an e-mail address that an earlier row has.
func oneMailbox(t *table, row folder.PersonRow, mailboxes map[string]mailbox) {
	if row.Email == "" {
		return
	}
	address := strings.ToLower(row.Email)
	if earlier, twice := mailboxes[address]; twice {
		t.problem(personEmail, "%s has this e-mail address too, on line %d.", shown([]byte(earlier.person)), earlier.place.Line)
		return
	}
	mailboxes[address] = mailbox{row.ID, row.Name, t.here(personEmail)}
}

// checkMailboxes reports addresses that belong to people in Skein whom the file leaves as they are.
func (r *reader) checkMailboxes(mailboxes map[string]mailbox) {
	if len(mailboxes) == 0 {
		return
	}
	for id, address := range r.known.People {
		if address == "" || r.people[id] {
			continue
		}
		if taken, there := mailboxes[address]; there {
			r.sameAddress(taken, address, id)
			taken.place.Why = r.inSkein(id, taken.person)
			r.report.add(taken.place)
		}
	}
	for address, id := range r.known.Addresses {
		if taken, there := mailboxes[address]; there && taken.person != id {
			r.sameAddress(taken, address, id)
			taken.place.Why = r.inSkein(id, taken.person)
			r.report.add(taken.place)
		}
	}
}

// inSkein says who has the address of a row in Skein already, and what would do: that they are one person, or
// that they are two.
func (r *reader) inSkein(id, row skein.PersonID) string {
	there, here := shown([]byte(id)), shown([]byte(row))
	name := cmp.Or(r.known.Names[id], string(id))
	keep := "."
	if _, taken := r.known.People[row]; !taken && r.files.asking {
		return fmt.Sprintf("%s has this e-mail address in Skein, with the id %s. Say whether the two are one, or give one another address.", words.Name(name), there)
	} else if !taken {
		keep = fmt.Sprintf("; or keep %s and first run: skein user rename %s %s.", here, quoted(string(id)), quoted(string(row)))
	}
	return fmt.Sprintf("%s has this e-mail address in Skein, with the id %s. If that is the same person, write %s here and wherever this folder says %s%s If they are two, give one another address.",
		words.Name(name), there, there, here, keep)
}
