package server

import (
	"net/http"
	"slices"
	"strings"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
)

// naming is one reading of what a field says of one person: the ways in which the name may stand.
type naming struct {
	typed string
	ways  []string
}

// namings reads a line that names people, parted by semicolons, lines or commas. A comma may also stand within
// a name, "Calder, Ines": pairs[i] then reads part i together with the next.
func namings(line string) (singles, pairs []naming) {
	for _, stretch := range partedBy(line, ";\n") {
		parts := partedBy(stretch, ",")
		for i, part := range parts {
			singles = append(singles, naming{part, []string{part}})
			if i+1 == len(parts) {
				pairs = append(pairs, naming{})
				continue
			}
			first, circle, _ := strings.Cut(parts[i+1], " (")
			turned := first + " " + part
			if circle != "" {
				turned += " (" + circle
			}
			whole := part + ", " + parts[i+1]
			pairs = append(pairs, naming{whole, []string{whole, turned}})
		}
	}
	return singles, pairs
}

// called are those whom a reading may mean, each once.
func (n naming) called(found map[string][]peopledb.NamedPerson) []peopledb.NamedPerson {
	var all []peopledb.NamedPerson
	for _, way := range n.ways {
		for _, p := range found[way] {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// readings chooses how the parts of a line are read; wrong says where two ways mean somebody.
func readings(singles, pairs []naming, found map[string][]peopledb.NamedPerson) (all []naming, wrong []string) {
	for i := 0; i < len(singles); i++ {
		if len(pairs[i].called(found)) == 0 {
			all = append(all, singles[i])
			continue
		}
		if len(singles[i].called(found)) > 0 && len(singles[i+1].called(found)) > 0 {
			wrong = append(wrong, "“"+words.Name(pairs[i].typed)+"” may be one person or two. Part people by semicolons.")
		}
		all = append(all, pairs[i])
		i++
	}
	return all, wrong
}

// named finds the colleagues that a line names. What names nobody, or several, or the viewer, is
// said at the field.
func (s *server) named(r *http.Request, f *form, field, line string) ([]skein.PersonID, error) {
	return s.namedBut(r, f, field, line, viewer(r).Person.ID)
}

// anybodyNamed finds the people that a line names, as named does, the viewer among them.
func (s *server) anybodyNamed(r *http.Request, f *form, field, line string) ([]skein.PersonID, error) {
	return s.namedBut(r, f, field, line, "")
}

func (s *server) namedBut(r *http.Request, f *form, field, line string, but skein.PersonID) ([]skein.PersonID, error) {
	singles, pairs := namings(line)
	f.Bad.Add(line != "" && len(singles) == 0, field, "Write somebody’s name.")
	if len(singles) == 0 {
		return nil, nil
	}
	if len(singles) > 2*mostColleagues {
		f.Bad.Add(true, field, "Ten at once are enough.")
		return nil, nil
	}
	var asked []string
	for _, n := range slices.Concat(singles, pairs) {
		asked = append(asked, n.ways...)
	}
	v := viewer(r)
	found, err := s.db.People.PeopleNamed(r.Context(), asked, v.Today())
	if err != nil {
		return nil, err
	}
	all, wrong := readings(singles, pairs, found)
	ids, more := whomNamed(all, found, but)
	wrong = append(wrong, more...)
	f.Bad.Add(len(wrong) > 0, field, strings.Join(wrong, " "))
	f.Bad.Add(len(ids) > mostColleagues, field, "Ten at once are enough.")
	return ids, nil
}

// whomNamed are the people whom readings mean, and what is wrong with the others.
func whomNamed(all []naming, found map[string][]peopledb.NamedPerson, me skein.PersonID) (ids []skein.PersonID, wrong []string) {
	var nobody []string
	for _, n := range all {
		switch people := n.called(found); {
		case len(people) == 0:
			nobody = append(nobody, n.typed)
		case len(people) > 1:
			wrong = append(wrong, view.WhichOf(n.typed, people))
		case people[0].ID == me:
			wrong = append(wrong, "Choose somebody other than yourself.")
		case !slices.Contains(ids, people[0].ID):
			ids = append(ids, people[0].ID)
		}
	}
	if len(nobody) > 0 {
		wrong = append([]string{"Nobody here is called " + words.Either(nobody) + ". Write the name as it stands in the list of people, or the e-mail address."}, wrong...)
	}
	return ids, wrong
}
