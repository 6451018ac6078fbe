package intake_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"skein/internal/exchange"
	"skein/internal/intake"
	"skein/internal/match"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// What is handed in is tried: it says what would change, and changes nothing. What was tried is what comes in, as one
// line in the log.
func TestTryingChangesNothingAndWhatWasTriedComesIn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, found := d.tried(file{"people.csv", "id,name,circle\nbo,Bo Lindqvist,leaks\ncem,Cem Arslan,\n"}, file{"skills.csv", "id,name\nvalves,Valves\n"})
	if found.Rows[0] != 2 || found.Rows[1] != 1 || found.ComesIn() != 3 || !found.May() || found.Loaded.People.New != 2 || len(d.names(newPeople)) != 0 {
		t.Fatalf("%+v, and there are %q", found, d.names(newPeople))
	}
	in := d.load(id)
	if !in.Loaded() || in.Says != "" || strings.Join(d.names(newPeople), " ") != "bo cem" {
		t.Errorf("%+v, %q", in, d.names(newPeople))
	}
	log := d.names(`select actor_id || ' ' || (details ->> 'in_a_browser') || ' ' || (details ->> 'left_out') from audit_told where action = 'import.load'`)
	if len(log) != 1 || log[0] != "owen true 0" {
		t.Error(log)
	}
	if did, err := d.in.Next(t.Context(), ""); did || err != nil {
		t.Error("there is still something to do", did, err)
	}
}

// A row that cannot come in is left out with why, and so is each row that names one which is; the rest can come in.
func TestARowThatNamesOneWhichIsLeftOutIsLeftOutToo(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, found := d.tried(file{"people.csv", "id,name,hours_per_week,manager\nbo,Bo Lindqvist,many,\ncem,Cem Arslan,,bo\ndee,Dee Marsh,,cem\neve,Eve Orr,,\n"})
	if got := lines(found); !slices.Equal(got, []int{2, 3, 4}) || found.ComesIn() != 1 {
		t.Fatalf("left out: %v of %+v", got, found)
	}
	if cem := found.Refused[1]; cem.Behind == nil || *cem.Behind != (exchange.Place{File: "people.csv", Line: 2}) || cem.Of != "bo" || found.Refused[0].Behind != nil {
		t.Errorf("whom a row hangs on: %+v", found.Refused)
	}
	row := found.Refused[0]
	if row.Column != "hours_per_week" || row.Is != "hours_per_week" || row.Value != "many" || !row.Blank || row.Why == "" {
		t.Errorf("%+v", row)
	}
	found = d.change(id, func(in *bulkdb.Intake) error { return intake.Mend(&in.Parts[0], "hours_per_week", "many", "6", false) })
	if len(found.Refused) != 0 || found.ComesIn() != 4 {
		t.Errorf("mended: %+v", found)
	}
	d.load(id)
	if got := d.names(`select hours_per_week::text from person where id = 'bo'`); got[0] != "6.00" {
		t.Error(got)
	}
	for _, wrong := range []struct{ column, value string }{{"grade", "x"}, {"hours_per_week", ""}} {
		part := d.at(id).Parts[0]
		if err := intake.Mend(&part, wrong.column, wrong.value, "", false); err == nil {
			t.Errorf("%+v can be mended", wrong)
		}
	}
}

// Where no row can come in, and where the table cannot be told apart, nothing may be brought in.
func TestWhatKeepsEverythingOut(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for name, c := range map[string]struct {
		files []file
		says  string
	}{
		"of no kind":         {[]file{{"words.csv", "q,w\n1,2\n"}}, "Nothing tells what kind of file this is."},
		"no row":             {[]file{{"people.csv", "id,name\n"}}, "There is no row in it but the names of the columns."},
		"a column is absent": {[]file{{"people.csv", "id,circle\nbo,leaks\n"}}, "The column name is missing."},
		"two of one kind":    {[]file{{"people.csv", "id,name\nbo,Bo\n"}, {"more people.csv", "id,name\ncem,Cem\n"}}, "holds people too"},
		"a title above":      {[]file{{"people.csv", "Our people,\nid,name\nbo,Bo\n"}}, "row 2 does"},
	} {
		_, found := d.tried(c.files...)
		if found.May() || len(found.Whole) == 0 || !strings.Contains(found.Whole[0].Why, c.says) && !strings.Contains(found.Whole[len(found.Whole)-1].Why, c.says) {
			t.Errorf("%s: %+v", name, found)
		}
	}
	// A chain of rows longer than there are passes.
	chain := "id,name,hours_per_week,manager\np0,P,many,\n"
	for n := range 20 {
		chain += "p" + string(rune('b'+n)) + ",P,,p" + map[bool]string{true: "0", false: string(rune('a' + n))}[n == 0] + "\n"
	}
	if _, found := d.tried(file{"people.csv", chain}); found.May() || !strings.Contains(found.Whole[0].Why, "Too many rows hang on others") {
		t.Errorf("a long chain: %+v", found.Whole)
	}
}

// Whoever is the last administrator does not leave by a file: that row stays out.
func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	_, found := d.tried(file{"people.csv", "id,name,active_until\nowen,Owen Tay,2026-06-01\nbo,Bo Lindqvist,\n"})
	if !slices.Equal(lines(found), []int{2}) || found.ComesIn() != 1 || !found.May() {
		t.Errorf("%+v", found)
	}
}

// A team may be named by its name; one that is like none that is there can be made with the import, unless a file says
// which teams there are.
func TestTeamsByTheirNames(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, found := d.tried(file{"people.csv", "id,name,circle\na,Alba,LEAKS\nb,Bo,Leakss\nc,Cem,Weirs\nd,Dee,Sluices\n"})
	if found.Auto[0]["circle"]["LEAKS"] != "leaks" || found.ComesIn() != 1 {
		t.Fatalf("%+v", found)
	}
	if near := found.Refused[0]; near.Near != "leaks" || near.NearIs != "Leaks" || !near.Team {
		t.Errorf("%+v", near)
	}
	found = d.change(id, func(in *bulkdb.Intake) error {
		intake.MakeAllTeams(in)
		return intake.Mend(&in.Parts[0], "circle", "Leakss", "", true)
	})
	if found.ComesIn() != 7 || found.Loaded.Circles.New != 3 {
		t.Errorf("%+v", found)
	}
	d.load(id)
	if got := strings.Join(d.names(`select name from circle order by 1`), " "); got != "Leaks Leakss Sluices Weirs" {
		t.Error(got)
	}
	_, found = d.tried(file{"people.csv", "id,name,circle\ne,Eve,Tarns\n"}, file{"circles.csv", "id,name\nmeres,Meres\n"})
	if found.Refused[0].Team {
		t.Error("a team can be made beside a file of teams")
	}
}

// What columns become is told by name and likeness, chosen by hand, and never for what tells of grade, title, pay or age.
func TestWhatColumnsBecome(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, _ := d.tried(file{"staff.csv", "Staff no,Full name,Grade,Where,\nbo,Bo Lindqvist,7," + strings.Repeat("w", 50) + ",\n"})
	c := intake.ChoicesOf(d.at(id).Parts[0])
	if c.Columns["staff no"] != "id" || c.Columns["full name"] != "name" || c.Columns["grade"] != "" || c.Rows != 1 || len([]rune(c.Examples[3][0])) != 41 {
		t.Errorf("%+v", c)
	}
	for heading, becomes := range map[string]string{" GRADE ": "circle", "where": "height", "Full name": exchange.Ignored} {
		c.Choose(exchange.PeopleFile, heading, becomes)
	}
	if want := map[string]string{"staff no": "id", "full name": exchange.Ignored, "grade": "", "where": "", "": ""}; !maps.Equal(c.Columns, want) {
		t.Errorf("%v", c.Columns)
	}
	var none intake.Choices
	if none.Choose("other.csv", "x", "id"); none.Columns["x"] != "" {
		t.Errorf("%v", none.Columns)
	}
	part := d.at(id).Parts[0]
	if err := d.in.TakeFor(t.Context(), &part, "other.csv"); err == nil {
		t.Error("it is taken for what there is not")
	}
	found := d.change(id, func(in *bulkdb.Intake) error { return d.in.TakeFor(t.Context(), &in.Parts[0], exchange.SkillsFile) })
	if found.May() || found.Whole[0].Column != "id" || d.at(id).Parts[0].File != exchange.SkillsFile {
		t.Errorf("as skills, which have no staff number: %+v", found)
	}
	found = d.change(id, func(in *bulkdb.Intake) error { return d.in.TakeFor(t.Context(), &in.Parts[0], "") })
	if found.May() {
		t.Errorf("left out: %+v", found)
	}
	if got := intake.HeadingKey("  Full Name "); got != "full name" {
		t.Error(got)
	}
}

// Files of another encoding are looked at again in it; what was chosen stays.
func TestAnotherEncoding(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, found := d.tried(file{"people.csv", "id,name,Where\nzoe,Zo\xeb Marsh,leaks\n"})
	if !found.Garbled || found.May() {
		t.Fatalf("%+v", found)
	}
	found = d.change(id, func(in *bulkdb.Intake) error {
		c := intake.ChoicesOf(in.Parts[0])
		c.Choose(exchange.PeopleFile, "Where", "circle")
		intake.Set(&in.Parts[0], c)
		return d.in.LookAgain(t.Context(), in, "windows-1252")
	})
	if found.ComesIn() != 1 || intake.ChoicesOf(d.at(id).Parts[0]).Columns["where"] != "circle" {
		t.Fatalf("%+v", found)
	}
	d.load(id)
	if got := d.names(`select name || ' ' || circle_id from person where id = 'zoe'`); got[0] != "Zoë Marsh leaks" {
		t.Error(got)
	}
	in := d.at(id)
	if why := d.sentence(d.in.LookAgain(t.Context(), &in, "morse")); why == "" {
		t.Error("it can be read in what there is not")
	}
}

// What stands may have moved since the trial: then nothing is brought in, and it is tried anew.
func TestWhatMovedSinceTheTrial(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, _ := d.tried(file{"people.csv", "id,name,circle\nbo,Bo Lindqvist,leaks\n"})
	d.names(`with made as (insert into person (id, name) values ('bo', 'B. L.') returning id) select id from made`)
	if in := d.load(id); in.Loaded() || in.Says != intake.Moved || intake.AnswerOf(in).Loaded.People.Changed != 1 {
		t.Errorf("%+v", in)
	}
	d.names(`with gone as (delete from circle where id = 'leaks' returning id) select id from gone`)
	if in := d.load(id); in.Loaded() || in.Says != intake.Moved || intake.AnswerOf(in).May() {
		t.Errorf("%+v", in)
	}
}

// Somebody new who may be somebody in Skein is asked about; as one they are read, and lead there from then on.
func TestPeopleWhoMayBeOne(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, found := d.tried(file{"people.csv", "id,name,email\n7,Ann Lee,\n8,Bea Roe,ANN@water.example\n"})
	if len(found.Twos) != 2 || found.Twos[0].There != "ann" || found.Twos[1].Address+found.Twos[0].Address != "ANN@water.example" || !slices.Equal(lines(found), []int{3}) {
		t.Fatalf("%+v", found)
	}
	for _, wrong := range [][3]string{{"7", "owen", "one"}, {"9", "ann", "one"}, {"7", "ann", "both"}} {
		in := d.at(id)
		if err := intake.Say(&in, skein.PersonID(wrong[0]), skein.PersonID(wrong[1]), intake.Said(wrong[2])); err == nil {
			t.Errorf("%v can be said", wrong)
		}
	}
	found = d.change(id, func(in *bulkdb.Intake) error {
		return errors.Join(intake.Say(in, "7", "ann", intake.IsOne), intake.Say(in, "8", "ann", intake.IsTwo))
	})
	if len(found.Refused) != 0 || found.Loaded.People.New != 1 || len(found.One) != 1 || len(found.Twos) != 0 {
		t.Fatalf("%+v", found)
	}
	d.load(id)
	if got := strings.Join(d.names(`select id || '>' || person_id from person_alias union select id from person where id not in ('owen', 'ann') order by 1`), " "); got != "7>ann 8" {
		t.Error(got)
	}
	if _, found = d.tried(file{"people.csv", "id,name\n7,Ann Lee\n"}); len(found.Twos) != 0 || !found.Loaded.Nothing() {
		t.Errorf("the next time: %+v", found)
	}
}

// Another import is waited for; what is put away or gone while it is tried stops.
func TestARunWaitsAndStops(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	id, _ := d.refused(file{"people.csv", "id,name\nbo,Bo Lindqvist\n"})
	other, err := d.pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Rollback(context.WithoutCancel(ctx)) }() // it may have ended
	if _, err := other.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('import', 0))`); err != nil {
		t.Fatal(err)
	}
	d.next(id)
	if in := d.at(id); in.Wants != bulkdb.WantsTry || in.Running || !strings.Contains(in.Step, "Another import is under way") {
		t.Errorf("%+v", in)
	}
	if err := other.Rollback(ctx); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Minute)
	if found := d.next(id); found.ComesIn() != 1 {
		t.Errorf("%+v", found)
	}

	id, _ = d.refused(file{"people.csv", "id,name\ncem,Cem Arslan\n"})
	holding, err := d.pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = holding.Rollback(context.WithoutCancel(ctx)) }() // as above
	if _, err := holding.Exec(ctx, `lock table person in exclusive mode`); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { _, err := d.in.Next(ctx, id); done <- err }()
	for range 100 {
		if d.at(id).Running {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err := d.db.Bulk.PutAway(ctx, id); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("whoever put it away knows: %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Error("it goes on")
	}
}

// Files are kept for a day; what wants them later says so.
func TestFilesThatAreGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id, _ := d.tried(file{"all.zip", zipOf(t, 0, file{"people.csv", "id,name\nbo,Bo Lindqvist\n"})})
	d.names(`with other as (update intake_part set inside = 'gone.csv' returning 1) select count(*)::text from other`)
	if in := d.load(id); in.Loaded() || !strings.Contains(in.Says, "The files are not there any more") {
		t.Errorf("%+v", in)
	}
	in := d.at(id)
	if err := d.in.LookAgain(t.Context(), &in, "utf-8"); !errors.Is(err, intake.ErrOver) {
		t.Error(err)
	}
	d.now = d.now.Add(25 * time.Hour)
	if err := d.in.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := d.names(`select count(*)::text from intake`); got[0] != "0" {
		t.Error(got)
	}
}

// Whoever runs beside the requests does what waits, and clears what a killed server left.
func TestTheRunnerDoesWhatWaits(t *testing.T) {
	d := newDesk(t)
	t.Setenv("TMPDIR", t.TempDir())
	left, fresh := filepath.Join(os.TempDir(), "skein-intake-old"), filepath.Join(os.TempDir(), "skein-intake-new")
	for _, dir := range []string{left, fresh} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Chtimes(left, d.now.Add(-48*time.Hour), d.now.Add(-48*time.Hour)), os.Chtimes(fresh, d.now, d.now)); err != nil {
		t.Fatal(err)
	}
	id, _ := d.refused(file{"people.csv", "id,name\nbo,Bo Lindqvist\n"})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); d.in.Run(ctx) }()
	for range 500 {
		if d.at(id).Answer != "" {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	<-ended
	if intake.AnswerOf(d.at(id)).ComesIn() != 1 {
		t.Errorf("%+v", d.at(id))
	}
	if there, _ := filepath.Glob(filepath.Join(os.TempDir(), "skein-intake-*")); !slices.Equal(there, []string{fresh}) { // the pattern is right
		t.Errorf("there are %q", there)
	}
}

// Practices are skills once an import is done, and so are known; what a situation asks for is known too.
func TestWhatIsKnown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	known, err := intake.Known(t.Context(), d.db, d.in.Chooser, skein.Day(d.now))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range match.Practices() {
		if known.SkillNames[p.ID] != p.Name {
			t.Errorf("%s is not known", p.ID)
		}
	}
	if known.Asks(skein.Situation{}) || !known.Asks(skein.Situation{Stakes: 5, Urgency: 5, Uncertainty: skein.Chaotic}) {
		t.Error("what a situation asks for is not known")
	}
	d.pool.Close()
	if _, err := intake.Known(t.Context(), d.db, d.in.Chooser, skein.Day(d.now)); err == nil {
		t.Error("a broken database is not told of")
	}
}
