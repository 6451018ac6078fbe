package server

import (
	"archive/zip"
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"skein/web/component"
	"skein/web/path"
)

// fileOf is one file to hand in.
type fileOf struct{ name, content string }

// handIn hands files in as the form does, and returns the answer.
func (b *browser) handIn(files ...fileOf) *answer {
	b.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := form.CreateFormFile("file", f.name)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = part.Write([]byte(f.content)) // a buffer takes everything
	}
	if err := form.Close(); err != nil {
		b.Fatal(err)
	}
	return b.send(http.MethodPost, path.Import, &body, http.Header{"Content-Type": {form.FormDataContentType()}})
}

// tried hands files in, and opens the page of what was found.
func (b *browser) tried(files ...fileOf) (page *answer, at string) {
	b.Helper()
	at = b.handIn(files...).is(http.StatusSeeOther).Response.Header.Get("Location")
	return b.get(at).is(http.StatusOK), at
}

// staffList is a list of staff as another system writes it: semicolons, its own headings, days and hours of its own.
const staffList = "Staff no;Full name;Unit;Project hrs;Grade;Joined\n" +
	"10442;Alba Runciman;Leaks;4;B2;03.02.2020\n" +
	"10443;Bo Lindqvist;leaks;2,5;C1;04.02.2021\n" +
	"10444;Cem Arslan;Leaks;6-8;C1;05.02.2021\n" +
	"10444;Cem Arslan;Leaks;6;C1;05.02.2021\n"

func TestAListOfStaffIsTriedMendedAndBroughtIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	b := h.as(people[asAdministrator])
	before := h.count(`select count(*) from person`)
	page, at := b.tried(fileOf{"staff-july.csv", staffList})
	page.says("h1", "Two people can come in, two cannot yet")
	page.says("main", "Four rows, taken for people.").says("main", "6-8").says("main", "Nobody leaves")
	if got := page.Find(`select[name="column.0.1"] option[selected]`).Text(); got != "name" {
		t.Errorf("Full name becomes %q", got)
	}
	if page.Find(`select[name="column.0.4"]`).Length() != 0 {
		t.Error("a grade could become something")
	}
	if h.count(`select count(*) from person`) != before {
		t.Fatal("trying changed something")
	}
	b.press(page, "Use 6").is(http.StatusSeeOther)
	page = b.get(at).is(http.StatusOK).says("h1", "Three people can come in, one cannot yet")
	b.press(page, "Bring in 3").is(http.StatusSeeOther)
	b.get(at).is(http.StatusOK).says("h1", "Three people are in").says("main", "One row stayed out.")
	if got := h.text(`select string_agg(name || ' ' || circle_id || ' ' || hours_per_week || ' ' || (attributes->>'Grade'), ', ' order by id) from person where id like '104%'`); got != "Alba Runciman leaks 4.00 B2, Bo Lindqvist leaks 2.50 C1, Cem Arslan leaks 6.00 C1" {
		t.Errorf("came in: %s", got)
	}
	if n := h.count(`select count(*) from audit_event where action = 'import.load'`); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
	b.get(path.AdminAudit).says("main", "imported files").says("main", "3 new people").says("main", "One row that could not come in stayed out")
	page, _ = b.tried(fileOf{"staff-august.csv", strings.Replace(staffList, "6-8", "6", 1)})
	page.says("h1", "All of it is here already").says("main", "The same row as on line 4. It is taken once.")
}

// press presses the button of a form on a page.
func (b *browser) press(page *answer, label string) *answer {
	b.Helper()
	button := page.Find("form button").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.HasPrefix(strings.TrimSpace(s.Text()), label)
	}).First()
	form := button.Closest("form")
	action, there := form.Attr("action")
	if !there {
		b.Fatalf("no button says %q: %s", label, page.Find("main").Text())
	}
	var fields []string
	form.Find("input").Each(func(_ int, s *goquery.Selection) {
		fields = append(fields, s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	form.Find("select").Each(func(_ int, s *goquery.Selection) {
		fields = append(fields, s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", ""))
	})
	return b.post(action, fields...)
}

func TestWhatIsNoTableIsRefusedInWords(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	people := "id,name\na,Alba Runciman\n"
	for name, c := range map[string]struct {
		files []fileOf
		says  string
	}{
		"a PDF":                {[]fileOf{{"people.csv", "%PDF-1.7 ..."}}, "people.csv is a PDF"},
		"an empty file":        {[]fileOf{{"people.csv", ""}}, "people.csv is empty."},
		"a picture":            {[]fileOf{{"people.png", "\x89PNG\r\n"}}, "is a picture"},
		"an old workbook":      {[]fileOf{{"people.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}}, "old form (.xls)"},
		"a text":               {[]fileOf{{"people.doc", "people"}}, "is neither CSV nor a workbook"},
		"21 MB":                {[]fileOf{{"people.csv", people + strings.Repeat("x", 21<<20)}}, "larger than 20 MB"},
		"no file":              {nil, "Choose a file first."},
		"no zip":               {[]fileOf{{"people.zip", "people"}}, "is no zip"},
		"a zip within a zip":   {[]fileOf{{"a.zip", zipOf(t, fileOf{"b.zip", "PK"})}}, "holds another zip (b.zip)"},
		"a zip that climbs":    {[]fileOf{{"a.zip", zipOf(t, fileOf{"../../people.csv", people})}}, "outside of its folder"},
		"a zip of nothing":     {[]fileOf{{"a.zip", zipOf(t, fileOf{"readme.txt", people})}}, "holds neither CSV nor a workbook"},
		"more than is claimed": {[]fileOf{{"a.zip", zipOf(t, fileOf{"people.csv", people + strings.Repeat("x", 201<<20)})}}, "more than 200 MB"},
	} {
		b.handIn(c.files...).is(http.StatusUnprocessableEntity).says("main", c.says)
		if n := h.count(`select count(*) from intake`); n != 0 {
			t.Errorf("%s: %d intakes", name, n)
		}
	}
}

func TestWhatCannotComeInAsAWholeIsSaid(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	people := "id,name\na,Alba Runciman\n"
	page, _ := b.tried(fileOf{"people.csv", people}, fileOf{"staff.csv", "Staff no,Full name\nb,Bo Lindqvist\n"})
	page.says("h1", "Nothing can come in yet").says("main", "holds people too")
	if page.Find(`form[action$="/load"]`).Length() != 0 {
		t.Error("it may be brought in")
	}
	page, _ = b.tried(fileOf{"people.csv", "id,zzz\na,Alba Runciman\n"})
	page.says("h1", "Nothing can come in yet").says("main", "The column name is missing")
	page, _ = b.tried(fileOf{"words.csv", "q,w\n1,2\n"})
	page.says("main", "Nothing tells what kind of file this is.")
	page, at := b.tried(fileOf{"people.csv", "id,name\na,Zo\xeb Marchetti\n"})
	page.says("h1", "Nothing can come in yet").says("main", "not UTF-8")
	b.press(page, "Read as Windows-1252").is(http.StatusSeeOther)
	page = b.get(at).says("h1", "One person can come in")
	b.press(page, "Bring in 1").is(http.StatusSeeOther)
	if got := h.text(`select name from person where id = 'a'`); got != "Zoë Marchetti" {
		t.Errorf("%q", got)
	}
}

// What stands may have moved between the trial and the load: then nothing is loaded, and it is tried again.
func TestWhatMovedSinceTheTrialIsToldAgain(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	page, at := b.tried(fileOf{"people.csv", "id,name\nalba,Alba Runciman\n"})
	page.says("main", "One person is new.")
	h.exec(`insert into person (id, name) values ('alba', 'Alba R.')`)
	b.press(page, "Bring in 1").is(http.StatusSeeOther)
	page = b.get(at).says("main", "Something in Skein has changed since this was tried").says("main", "One person changes.")
	if got := h.text(`select name from person where id = 'alba'`); got != "Alba R." {
		t.Errorf("it was loaded all the same: %s", got)
	}
	b.press(page, "Bring in 1").is(http.StatusSeeOther)
	if got := h.text(`select name from person where id = 'alba'`); got != "Alba Runciman" {
		t.Errorf("it was not loaded: %s", got)
	}
}

func TestTwoAdministratorsAndOneFile(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.cast()
	one, other := h.as("owen-pell"), h.as(h.person("Ottilie Brand", administrator))
	file := fileOf{"people.csv", "id,name\nalba,Alba Runciman\n"}
	page, at := one.tried(file)
	also, there := other.tried(file)
	if n := h.count(`select count(*) from handed_file`); n != 1 || at == there {
		t.Errorf("%d files for %s and %s", n, at, there)
	}
	one.press(page, "Bring in 1").is(http.StatusSeeOther)
	other.press(also, "Bring in 1").is(http.StatusSeeOther)
	other.get(there).says("main", "Something in Skein has changed").says("h1", "All of it is here already")
	other.press(page, "Bring in 1").is(http.StatusSeeOther) // pressed twice
	if n := h.count(`select count(*) from audit_event where action = 'import.load'`); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
	other.get(path.Import).says("main", "Brought in, handed in by Owen Pell")
}

// Whoever brings it in is who the log names, not who handed it in.
func TestTheLogNamesWhoBroughtItIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.cast()
	one, other := h.as("owen-pell"), h.as(h.person("Ottilie Brand", administrator))
	page, at := one.tried(fileOf{"people.csv", "id,name\nalba,Alba Runciman\n"})
	other.press(page, "Bring in 1").is(http.StatusSeeOther)
	other.get(at).says("h1", "is in")
	if who := h.text(`select actor_id from audit_told where action = 'import.load'`); who != "ottilie-brand" {
		t.Errorf("the log names %s", who)
	}
}

func TestFilesAreKeptForADay(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	page, at := b.tried(fileOf{"people.csv", "id,name\nalba,Alba Runciman\n"})
	h.later(25 * time.Hour)
	b = h.as("owen-pell")
	b.get(at).is(http.StatusNotFound).says("main", "files are kept for a day")
	b.press(page, "Bring in 1").is(http.StatusNotFound).says("main", "files are kept for a day")
	if err := h.server.Intake.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := h.count(`select (select count(*) from intake) + (select count(*) from intake_part) + (select count(*) from handed_file)`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
	if n := h.count(`select count(*) from person where id = 'alba'`); n != 0 {
		t.Error("it came in")
	}
}

// A server that was killed leaves a run that nobody is heard of: another takes it over, three times at most.
func TestARunThatBreaksOffIsTakenOver(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	_, at := b.tried(fileOf{"people.csv", "id,name\nalba,Alba Runciman\n"})
	for range 3 {
		h.exec(`update intake set wants = 'load', runner = 'gone', beat_at = $1, runs = runs + 1`, *h.now.Load())
		if did, err := h.server.Intake.Next(t.Context(), ""); did || err != nil {
			t.Fatal("it was taken away from somebody who is at it", err)
		}
		b.get(at).says("h1", "It is being brought in")
		h.later(time.Minute)
	}
	b = h.as("owen-pell")
	if _, err := h.server.Intake.Next(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	b.get(at).says("main", "It broke off three times, and nothing was changed.")
	h.exec(`update intake set wants = 'load', runner = 'gone', beat_at = $1, runs = 1`, *h.now.Load())
	h.later(time.Minute)
	if did, err := h.server.Intake.Next(t.Context(), ""); !did || err != nil {
		t.Fatal(did, err)
	}
	b.get(at).says("h1", "One person is in")
}

func TestWhatColumnsBecameIsKept(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	list := "Key,Called,Where\nalba,Alba Runciman,leaks\n"
	page, at := b.tried(fileOf{"people-of-may.csv", list})
	version := page.Find(`form[action$="/columns"] [name="`+component.VersionName+`"]`).AttrOr("value", "")
	form := []string{component.VersionName, version, "kind.0", "people.csv", "column.0.0", "id", "column.0.1", "name", "column.0.2", "circle", "encoding", ""}
	b.post(at+"/columns", form...).is(http.StatusSeeOther)
	b.get(at).says("h1", "One person can come in")
	b.post(at+"/columns", form...).is(http.StatusUnprocessableEntity).says("main", "Somebody else changed how it is read meanwhile.")
	page, _ = b.tried(fileOf{"people-of-june.csv", list})
	page.says("h1", "One person can come in")
}

func TestTheRowsThatCannotComeInAreAFile(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	_, at := b.tried(fileOf{"staff.csv", staffList + "=cmd;Dee;Leaks;=1+1;;\n"})
	rows := b.get(at + "/rows.csv").is(http.StatusOK)
	if got := rows.body; !strings.Contains(got, "staff.csv,4,Project hrs,6-8,") || !strings.Contains(got, "'=1+1") {
		t.Error(got)
	}
}

func TestEverythingIsTakenAlong(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.cast()[asAdministrator])
	out := b.get(path.Export).is(http.StatusOK)
	page, _ := b.tried(fileOf{"skein.zip", out.body})
	page.says("h1", "All of it is here already")
	if n := h.count(`select count(*) from audit_event where action = 'import.export'`); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
	b.get(path.AdminAudit).says("main", "took everything along as files")
}

// zipOf is a zip of files.
func zipOf(t *testing.T, files ...fileOf) string {
	t.Helper()
	var out bytes.Buffer
	packed := zip.NewWriter(&out)
	for _, f := range files {
		into, err := packed.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := into.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
