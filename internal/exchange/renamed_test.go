package exchange_test

import (
	"errors"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/skein"
)

// knownAs is an organisation of these people.
func knownAs(people ...folder.KnownPerson) folder.Known {
	k := folder.Known{People: map[skein.PersonID]string{}, Circles: map[skein.CircleID]skein.CircleID{"x": "", "y": ""}}
	for _, p := range people {
		k.People[p.ID] = ""
	}
	k.Named = func(yield func(folder.KnownPerson, error) bool) {
		for _, p := range people {
			if !yield(p, nil) {
				return
			}
		}
	}
	return k
}

func TestSomebodyWhoseIDChangedIsToldOf(t *testing.T) {
	t.Parallel()
	ann := folder.KnownPerson{ID: "ann.lee", Name: "Ann Lee", Circle: "x"}
	for name, c := range map[string]struct {
		known folder.Known
		rows  string
		want  []string
	}{
		"married": {knownAs(ann, folder.KnownPerson{ID: "bo", Name: "Bo Falk"}), "ann.marsh,Ann Marsh,\n", []string{
			`people.csv:2: "ann.marsh" ("Ann Marsh") is new, and may be "ann.lee" ("Ann Lee"), who is in Skein and not in this file. If they are one person: skein user rename ann.lee ann.marsh, before this is loaded.`,
		}},
		"same name":         {knownAs(ann), "7,ANN  lee,x\n", []string{"skein user rename ann.lee 7, before"}},
		"odd id":            {knownAs(folder.KnownPerson{ID: "-o'hara", Name: "Ann Lee"}), "a lee,Ann Lee,\n", []string{`skein user rename '-o'\''hara' 'a lee', before`}},
		"in the file":       {knownAs(ann), "ann.lee,Ann Lee,x\nann.marsh,Ann Marsh,\n7,Ann Lee,\n", []string{`may be whoever stands on line 2 ("ann.lee")`}},
		"another team":      {knownAs(ann), "ann.marsh,Ann Marsh,y\n7,Ann Lee,y\n", nil},
		"another name":      {knownAs(ann), "anna.lee,Anna Lee,x\nann.b,Annabel B,x\n", nil},
		"two in question":   {knownAs(ann, folder.KnownPerson{ID: "ann.roe", Name: "Ann Roe"}), "ann.marsh,Ann Marsh,\n", nil},
		"two newcomers":     {knownAs(ann), "ann.marsh,Ann Marsh,\nann.field,Ann Field,\n", nil},
		"is there already":  {knownAs(ann, folder.KnownPerson{ID: "ann.marsh", Name: "Ann Marsh"}), "ann.marsh,Ann Marsh,\n", nil},
		"nobody is there":   {folder.Known{Circles: map[skein.CircleID]skein.CircleID{"x": ""}}, "ann.marsh,Ann Marsh,x\n", nil},
		"ids without names": {knownAs(folder.KnownPerson{ID: "E-1", Name: "Ann Lee"}), "E-2,Ann Marsh,\n", nil},
	} {
		_, notes := noted(t, c.known, "people.csv", "id,name,circle\n"+c.rows)
		if lines := strings.Split(notes, "\n"); len(c.want) == 0 && notes != "" || len(c.want) > 0 && (len(lines) != 1 || !strings.Contains(lines[0], c.want[0])) {
			t.Errorf("%s: %s", name, notes)
		}
	}
}

func TestAnAddressThatSomebodyHasSaysTheWayOn(t *testing.T) {
	t.Parallel()
	known := folder.Known{People: map[skein.PersonID]string{"ann.lee": "ann@x.example", "new": ""}}
	for id, want := range map[string]string{
		"ann.marsh": `people.csv:2:`, "new": `people.csv:2:`,
	} {
		_, report := exchange.Read(dirOf(t, "people.csv", "id,name,email\n"+id+",Ann Marsh,Ann@X.example\n"), known, nil)
		said := report.String()
		if !strings.HasPrefix(said, want) || strings.Contains(said, "skein user rename ann.lee "+id+".") != (id != "new") {
			t.Errorf("%s: %s", id, said)
		}
	}
	failing := knownAs(folder.KnownPerson{ID: "a", Name: "A"})
	failing.Named = func(yield func(folder.KnownPerson, error) bool) { yield(folder.KnownPerson{}, errors.New("gone")) }
	if _, notes := noted(t, failing, "people.csv", "id,name\nb,B\n"); !strings.Contains(notes, "could not be found out") || strings.Contains(notes, "gone") {
		t.Error(notes)
	}
}
