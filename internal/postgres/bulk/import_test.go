package bulkdb_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/match"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// atImport is when the imports of these tests happen.
var atImport = time.Date(2026, 7, 1, 9, 30, 0, 0, time.UTC)

// harbour is an organisation in files, with something of everything.
var harbour = map[string]string{
	"circles.csv":    "id,name,parent,purpose,colour\nport,Port,,\"ships\nand cargo\",blue\nquay,Quay,port,,\n",
	"people.csv":     "id,name,email,circle,hours_per_week,active_from,active_until,manager,grade\nann,Ann Lund,ann@port.example,quay,7.5,2020-01-01,,ben,7\nben,\"Ben \"\"B\"\" Moss\",,,,,,ben,\ncyd,Cyd,cyd@port.example,port,,,2027-01-01,,3\n",
	"skills.csv":     "id,name,kind,half_life_days,uri,parent\ncranes,Cranes,,90,https://x.example/cranes,lifting\nhearing,Hearing people,practice,,,\n",
	"priorities.csv": "id,title,weight,horizon,measure,owner\nslow,Slow,1,,,\nsafe,Safe,2.5,2027,fewer falls,ben\n",
	"projects.csv":   "id,title,group,start_date,requirements,purpose,circle,priority,trust,uncertainty,stakes,urgency,hours_per_week,budget\nled,Led,g,2026-02-01,cranes:5:4:must|night shift:2,for all,quay,safe,verified,complex,4,2,6,100\ndone,Done,,2025-02-01,cranes:3,,port,slow,,,,,,\nfree,Free,,2026-08-01,cranes:3,,quay,safe,,,,,4,\nrush,Rush,,,cranes:3,,quay,safe,,chaotic,,5,4,\ntrusted,Trusted,,,cranes:3,,quay,safe,open,,,,4,\n",
	"leads.csv":      "project,person,role,from,until,why\nled,ann,primary,,,asked\nled,cyd,co,2026-03-01,,\nled,ben,primary,2025-06-01,2026-01-31,\ndone,cyd,,,2025-12-31,\n",
	"evidence.csv":   "person,skill,kind,level,observed_on,expires_on,given_by,source,place\nann,cranes,outcome,4,2026-01-15,,,led:done,dock 4\nann,cranes,peer,5,2026-01-15,,cyd,,\nben,night shift,credential,3,2025-05-01,2027-05-01,,card,\ncyd,lifting,self,2,2026-05-01,,,,\n",
}

// folderOf writes files into a folder, some in place of the harbour's.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// load imports a folder that has nothing wrong with it.
func load(t *testing.T, db *postgres.DB, dir string, o bulkdb.ImportOptions) folder.Loaded {
	t.Helper()
	return loadAt(t, db, atImport, dir, o)
}

// loadAt is load at another moment.
func loadAt(t *testing.T, db *postgres.DB, at time.Time, dir string, o bulkdb.ImportOptions) folder.Loaded {
	t.Helper()
	known, err := db.Bulk.Known(t.Context(), skein.Day(at))
	if err != nil {
		t.Fatal(err)
	}
	f, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		t.Fatalf("refused:\n%s", report)
	}
	loaded, err := db.Bulk.Import(t.Context(), skein.NewBy("ann", at, time.UTC), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// save exports into a folder of its own.
func save(t *testing.T, db *postgres.DB) string {
	t.Helper()
	dir := t.TempDir()
	err := db.Bulk.Export(t.Context(), func(f *folder.Folder) error {
		_, err := exchange.Write(dir, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// sameFiles holds two exported folders against each other, byte by byte.
func sameFiles(t *testing.T, one, two string) {
	t.Helper()
	for _, name := range exchange.FileNames {
		a, errA := os.ReadFile(filepath.Join(one, name))
		b, errB := os.ReadFile(filepath.Join(two, name))
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs (%v, %v):\n%s---\n%s", name, errA, errB, a, b)
		}
	}
}

// contents is every row of every table that an import may touch, but for the log.
func contents(t *testing.T, pool *pgxpool.Pool) string {
	t.Helper()
	var b strings.Builder
	for _, table := range []string{
		"circle", "person", "skill", "priority", "project", "further_circle", "phase", "requirement", "term", "claim_window", "claim", "evidence",
	} {
		for _, row := range pgtest.Texts(t, pool, `select r::text from `+table+` r order by 1`) {
			b.WriteString(table + row + "\n")
		}
	}
	return b.String()
}

func TestAnImportBringsEverythingOver(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	loaded := load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{Practices: match.Practices()})
	want := folder.Loaded{
		Circles: folder.Tally{New: 2}, People: folder.Tally{New: 3}, Skills: folder.Tally{New: 4},
		Priorities: folder.Tally{New: 2}, Projects: folder.Tally{New: 5}, Leads: folder.Tally{New: 4},
		Evidence: folder.Tally{New: 4}, Windows: 3,
	}
	if loaded != want {
		t.Errorf("%+v\nnot %+v", loaded, want)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, pool, `
		select concat_ws('|', id, name, email, circle_id, hours_per_week, active_from, active_until, manager_id, attributes)
		from person order by id`),
		`ann|Ann Lund|ann@port.example|quay|7.50|2020-01-01|ben|{"grade": "7"}`, `ben|Ben "B" Moss|{}`,
		`cyd|Cyd|cyd@port.example|port|2027-01-01|{"grade": "3"}`)
	pgtest.Same(t, "skills", pgtest.Texts(t, pool, `
		select concat_ws('|', id, name, kind, half_life_days, parent_id)
		from skill where id not like 'practice-%' order by id collate "C"`),
		"cranes|Cranes|domain|90|lifting", "hearing|Hearing people|practice", "lifting|Lifting|domain", "night shift|night shift|domain")
	pgtest.Same(t, "places", pgtest.Texts(t, pool, `select id from priority order by place`), "slow", "safe")
	pgtest.Same(t, "projects", pgtest.Texts(t, pool, `select concat_ws(' ', id, state, trust, published_at::date, ended_at::date) from project order by id`),
		"done completed weighed 2025-02-01 2026-01-01", "free open weighed 2026-07-01", "led led verified 2026-02-01",
		"rush open weighed 2026-07-01", "trusted open open 2026-07-01")
	pgtest.Same(t, "terms", pgtest.Texts(t, pool, `select concat_ws(' ', project_id, person_id, role, state, during) from term order by 1`),
		"done cyd primary ended [2025-02-01,2026-01-01)", "led ann primary live [2026-02-01,)",
		"led ben primary ended [2025-06-01,2026-02-01)", "led cyd co live [2026-03-01,)")
	pgtest.Same(t, "windows", pgtest.Texts(t, pool, `
		select concat_ws(' ', claim_window.project_id, claim_window.state, closes_at - opened_at)
		from claim_window join phase on phase.id = phase_id order by 1`),
		"free open 7 days", "rush open 1 day", "trusted open")
	pgtest.Same(t, "asked for", pgtest.Texts(t, pool, `
		select concat_ws(' ', skill_id, importance, level, must)
		from requirement join phase on phase.id = phase_id where project_id = 'led' order by place`),
		"cranes 5 4 t", "night shift 2 3 f")
	pgtest.Same(t, "practices", pgtest.Texts(t, pool, `select count(*)::text from skill where id like 'practice-%'`), "10")
}

func TestAnImportIsOneEventOfTheLog(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	load(t, postgres.New(pool), folderOf(t, harbour), bulkdb.ImportOptions{})
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `
		select concat_ws(' ', action, noun, actor_id, details #>> '{counts,people,new}',
			details #>> '{files,people.csv,rows}', length(details #>> '{files,people.csv,sha256}'))
		from audit_told`), "import.load import ann 3 3 64")
}

func TestAnotherImportOfTheSameChangesNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	dir := folderOf(t, harbour)
	load(t, db, dir, bulkdb.ImportOptions{})
	before := contents(t, pool)
	if again := load(t, db, dir, bulkdb.ImportOptions{}); !again.Nothing() || again.Evidence.Same != 4 || again.Leads.Same != 4 {
		t.Errorf("%+v", again)
	}
	if after := contents(t, pool); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}

func TestAnExportComesBackAsItWent(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{Practices: match.Practices()})
	before := contents(t, pool)
	one := save(t, db)
	if again := load(t, db, one, bulkdb.ImportOptions{}); !again.Nothing() {
		t.Errorf("%+v", again)
	}
	if after := contents(t, pool); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	sameFiles(t, one, save(t, db))

	elsewhere := postgres.New(pgtest.New(otherDatabase{t}))
	load(t, elsewhere, one, bulkdb.ImportOptions{})
	sameFiles(t, one, save(t, elsewhere))
}

// otherDatabase gives a test a second database of its own.
type otherDatabase struct{ *testing.T }

func TestADryRunReportsAndChangesNothing(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	before := contents(t, pool)
	loaded := load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{DryRun: true, Practices: match.Practices()})
	if loaded.People.New != 3 || loaded.Evidence.New != 4 || loaded.Windows != 3 {
		t.Errorf("%+v", loaded)
	}
	if after := contents(t, pool); after != before {
		t.Errorf("left behind:\n%s", after)
	}
	pgtest.Same(t, "log", pgtest.Texts(t, pool, `select action from audit_event`))
}

func TestALaterImportChangesWhatItStatesAndNothingElse(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
	loaded := load(t, db, folderOf(t, map[string]string{
		"people.csv":   "id,name,email,pay\nann,Ann Lund,cyd@port.example,9\ncyd,Cyd,ann@port.example,\nben,\"Ben \"\"B\"\" Moss\",,\n",
		"projects.csv": "id,title,requirements,stakes\nfree,Free,hearing:2:1|cranes:3,5\ntrusted,Trusted,cranes:3,\n",
		"leads.csv":    "project,person,role,from,until\nled,ann,primary,2026-02-01,2026-06-30\nled,ben,primary,2026-07-01,\nfree,cyd,primary,,\n",
		"evidence.csv": "person,skill,kind,level,observed_on,source\nann,cranes,outcome,5,2026-01-15,led:done\nann,cranes,outcome,5,2026-01-15,\n",
	}), bulkdb.ImportOptions{})
	want := folder.Loaded{
		People:   folder.Tally{Changed: 2, Same: 1},
		Projects: folder.Tally{Changed: 1, Same: 1},
		Leads:    folder.Tally{New: 2, Changed: 1},
		Evidence: folder.Tally{New: 1, Changed: 1},
	}
	if loaded != want {
		t.Errorf("%+v\nnot %+v", loaded, want)
	}
	pgtest.Same(t, "people", pgtest.Texts(t, pool, `select concat_ws('|', id, email, circle_id, manager_id, attributes) from person order by id`),
		`ann|cyd@port.example|quay|ben|{"pay": "9", "grade": "7"}`, `ben|{}`, `cyd|ann@port.example|port|{"grade": "3"}`)
	pgtest.Same(t, "projects", pgtest.Texts(t, pool, `select concat_ws(' ', id, state, trust) from project order by id`),
		"done completed weighed", "free open weighed", "led led verified", "rush open weighed", "trusted open open")
	pgtest.Same(t, "phases", pgtest.Texts(t, pool, `select concat_ws(' ', project_id, number, uncertainty, stakes, urgency) from phase order by 1`),
		"done 1", "free 1 5", "led 1 complex 4 2", "rush 1 chaotic 5", "trusted 1")
	pgtest.Same(t, "asked for", pgtest.Texts(t, pool, `
		select concat_ws(' ', skill_id, importance, level)
		from requirement join phase on phase.id = phase_id where project_id = 'free' order by place`), "hearing 2 1", "cranes 3 3")
	pgtest.Same(t, "terms", pgtest.Texts(t, pool, `
		select concat_ws(' ', project_id, person_id, state, during, attributes) from term where role = 'primary' order by 1`),
		"done cyd ended [2025-02-01,2026-01-01) {}", "free cyd accepted {}",
		`led ann ended [2026-02-01,2026-07-01) {"why": "asked"}`, "led ben ended [2025-06-01,2026-02-01) {}", "led ben live [2026-07-01,) {}")
	pgtest.Same(t, "windows", pgtest.Texts(t, pool, `select concat_ws(' ', project_id, state) from claim_window order by 1`),
		"free picked", "rush open", "trusted open")
	pgtest.Same(t, "evidence", pgtest.Texts(t, pool, `
		select concat_ws('|', level, source, attributes) from evidence where person_id = 'ann' and kind = 'outcome' order by 1`),
		`5|led:done|{"place": "dock 4"}`, "5|{}")
}

func TestWhatTheAppMadeComesBackAsItWent(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
	pgtest.Put(t, pool,
		`insert into project (title, purpose, state, proposed_by) values ('Spaced', E'two\nlines', 'open', 'ann'), ('Draft', '', 'draft', 'ann'), ('Gone', '', 'cancelled', 'ann')`,
		`insert into phase (project_id, uncertainty) select id, 'clear' from project where proposed_by = 'ann'`,
		`insert into phase (project_id, number, ended_at) select id, 2, now() from project where title = 'Spaced'`,
		`insert into requirement (phase_id, skill_id, importance, level, must, struck, place)
			select phase.id, s.id, 4, 3, false, s.id = 'hearing', s.place from phase join project on project.id = project_id
			cross join (values ('cranes', 3), ('hearing', 5), ('lifting', 9)) s (id, place) where title = 'Spaced' and number = 1`,
		// back on the day they stepped down
		`insert into term (project_id, person_id, state, during, ended_at)
			select id, 'cyd', 'ended', '[2026-05-01,2026-05-02)', now() from project where title = 'Spaced'`,
		`insert into term (project_id, person_id, state, during)
			select id, 'cyd', 'handing_over', '[2026-05-01,)' from project where title = 'Spaced'`,
		`insert into term (project_id, person_id, state, offered_at) select id, 'ann', 'offered', now() from project where title = 'Spaced'`,
		`insert into term (project_id, person_id, role, state, during) select id, 'ann', 'shadow', 'live', '[2026-05-01,)' from project where title = 'Spaced'`,
		`update project set state = 'handing_over' where title = 'Spaced'`,
		`update project set state = 'paused', trust = 'zero' where id = 'led'`,
		`insert into evidence (person_id, skill_id, kind, level, observed_on, hidden_at) values ('ann', 'cranes', 'self', 1, '2026-01-01', now())`,
		`insert into priority (title, place, retired_at) values ('Old', 3, now())`,
	)
	before := contents(t, pool)
	one := save(t, db)
	if again := load(t, db, one, bulkdb.ImportOptions{}); !again.Nothing() {
		t.Errorf("%+v", again)
	}
	if after := contents(t, pool); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	sameFiles(t, one, save(t, db))
	text, err := os.ReadFile(filepath.Join(one, "projects.csv"))
	if err != nil || bytes.Contains(text, []byte("Draft")) || bytes.Contains(text, []byte("Gone")) ||
		!bytes.Contains(text, []byte("cranes:4|lifting:4")) {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestAFailureLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	dir := folderOf(t, harbour)
	before := contents(t, pool)
	f, report := exchange.Read(dir, folder.Known{}, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	if err := os.WriteFile(filepath.Join(dir, "evidence.csv"), []byte(harbour["evidence.csv"]+"ann,cranes,self,3,2026-01-01,,,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Bulk.Import(context.Background(), skein.Itself(atImport, time.UTC), f, bulkdb.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("%v", err)
	}
	if after := contents(t, pool); after != before {
		t.Errorf("left behind:\n%s", after)
	}
}

func TestWhatPeopleMayClaimAFileDoesNotLead(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
	pgtest.Put(t, pool, `
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, 'ann', 'submitted', now(), now(), now() from claim_window where project_id = 'rush'`,
		`update person set read_how_at = now() where id = 'ann'`,
		`insert into term (project_id, person_id, state, offered_at) values ('free', 'cyd', 'offered', now())`,
		`update claim_window set state = 'picked', closed_at = now(), claimed = 0 where project_id = 'free'`,
		`insert into term (project_id, person_id, role, state, offered_at) values ('led', 'ben', 'co', 'asked', now())`)
	load(t, db, folderOf(t, map[string]string{"leads.csv": "project,person,role\nled,ben,co\n"}), bulkdb.ImportOptions{})
	pgtest.Same(t, "co-lead", pgtest.Texts(t, pool, `select state from term where project_id = 'led' and person_id = 'ben' and role = 'co' order by 1`),
		"live", "void")
	known, err := db.Bulk.Known(t.Context(), skein.Day(atImport))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"project,person\nrush,ben\n": "Claims are open", "project,person\nfree,ben\n": "has been offered", "project,person\nled,cyd\n": "leads this project",
	} {
		_, report := exchange.Read(folderOf(t, map[string]string{"leads.csv": text}), known, nil)
		if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Why, want) {
			t.Errorf("%q: %s", text, report)
		}
	}
	if again := load(t, db, save(t, db), bulkdb.ImportOptions{}); !again.Nothing() {
		t.Errorf("%+v", again)
	}
}

func TestTheRealOrganisationsLoad(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"k8s-release", "k8s-kep"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("..", "..", "..", "..", "shared", "data", name)
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the real organisations' data are not beside the repository, at %s", dir)
			}
			pool := pgtest.New(t)
			db := postgres.New(pool)
			loaded := load(t, db, dir, bulkdb.ImportOptions{Practices: match.Practices()})
			if loaded.Projects.New == 0 || loaded.Projects.New != loaded.Leads.New-coLeads[name] || loaded.Windows != 0 {
				t.Errorf("%+v", loaded)
			}
			one := save(t, db)
			if again := load(t, db, one, bulkdb.ImportOptions{}); !again.Nothing() {
				t.Errorf("%+v", again)
			}
			sameFiles(t, one, save(t, db))
		})
	}
}

// coLeads are the leads beside a project's first.
var coLeads = map[string]int{"k8s-release": 2, "k8s-kep": 295}
