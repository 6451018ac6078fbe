package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"skein/internal/intake"
)

const somePeople = "id,name\nbo,Bo Lindqvist\n"

// What is no table is refused in a sentence that says what would do.
func TestWhatIsNotTaken(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	many := make([]file, 51)
	for n := range many {
		many[n] = file{fmt.Sprintf("f%d.csv", n), somePeople}
	}
	for name, c := range map[string]struct {
		files []file
		says  string
	}{
		"nothing":          {nil, "Choose a file first."},
		"empty":            {[]file{{"people.csv", ""}}, "people.csv is empty."},
		"too large":        {[]file{{"people.csv", strings.Repeat("x", intake.MaxFile+1)}}, "people.csv is larger than 20 MB."},
		"a PDF":            {[]file{{"people.csv", "%PDF-1.7"}}, "is a PDF"},
		"gzip":             {[]file{{"people.csv.gz", "\x1f\x8b"}}, "(gzip). Unpack it first."},
		"neither":          {[]file{{"people.txt", "id"}}, "is neither CSV nor a workbook"},
		"called zip":       {[]file{{"people.zip", "id,name"}}, "is no zip, whatever its name says."},
		"a damaged zip":    {[]file{{"people.zip", "PK damaged"}}, "is a damaged zip."},
		"a password":       {[]file{{"a.zip", zipOf(t, 1, file{"people.csv", somePeople})}}, "a.zip has a password."},
		"a zip in a zip":   {[]file{{"a.zip", zipOf(t, 0, file{"b.zip", "PK"})}}, "holds another zip (b.zip)."},
		"out of it":        {[]file{{"a.zip", zipOf(t, 0, file{"../people.csv", somePeople})}}, "outside of its folder"},
		"out by a \\":      {[]file{{"a.zip", zipOf(t, 0, file{`..\..\people.csv`, somePeople})}}, "outside of its folder"},
		"no table":         {[]file{{"a.zip", zipOf(t, 0, file{"readme.txt", "x"}, file{"__MACOSX/people.csv", somePeople}, file{".people.csv", somePeople}, file{"~$people.xlsx", "x"}, file{"empty.csv", ""})}}, "holds neither CSV nor a workbook"},
		"too many in one":  {[]file{{"a.zip", zipOf(t, 0, many...)}}, "These are more than 50 files."},
		"too many":         {many, "These are more than 50 files."},
		"too much":         {[]file{{"a.zip", zipOf(t, 0, file{"people.csv", strings.Repeat("x", intake.MaxUnfolded+1)})}}, "more than 200 MB."},
		"a broken book":    {[]file{{"people.xlsx", "PK nothing"}}, "people.xlsx"},
		"names are tidied": {[]file{{"folder/pe\x01ople\u202e.txt", "id"}}, "people.txt is neither"},
	} {
		if _, why := d.refused(c.files...); !strings.Contains(why, c.says) {
			t.Errorf("%s: %q", name, why)
		}
	}
	if got := d.names(`select count(*)::text from intake`); got[0] != "0" {
		t.Errorf("%s intakes of what was not taken", got[0])
	}
}

// Files lie beside each other whatever folders they came in; two of one name are told apart.
func TestNamesOfWhatIsHandedIn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, found := d.tried(
		file{"all.zip", zipOf(t, 0, file{"may/", ""}, file{"may/people.csv", somePeople}, file{"june/People.csv", "id,name\ncem,Cem\n"})},
		file{`C:\lists\skills.csv`, "id,name\nvalves,Valves\n"}, file{strings.Repeat("n", 200) + ".csv", "id,name,kind\nx,X,domain\n"}, file{"...csv", somePeople})
	var names []string
	for _, p := range d.at(id).Parts {
		names = append(names, p.Name)
	}
	if len(names) != 5 || names[0] != "people.csv" || names[1] != "People (2).csv" || names[2] != "skills.csv" || len([]rune(names[3])) != 124 {
		t.Errorf("%q", names)
	}
	if len(found.Whole) == 0 {
		t.Error("two tables of people are taken as one")
	}
}
