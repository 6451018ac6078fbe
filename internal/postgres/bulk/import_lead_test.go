package bulkdb_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// crew are people and projects for leads to be about; the organisation looks at them on atImport.
var crew = map[string]string{
	"people.csv":   "id,name,active_until\nann,Ann,\nben,Ben,\ncyd,Cyd,\n",
	"projects.csv": "id,title,start_date,requirements\np,Port,2025-01-01,cranes:3\nq,Quay,2025-01-01,cranes:3\n",
}

// crewLed is the crew with leads.csv.
func crewLed(t *testing.T, leads string) string {
	t.Helper()
	files := map[string]string{"leads.csv": leads}
	for name, text := range crew {
		files[name] = text
	}
	return folderOf(t, files)
}

// tickAt lets the clock act at noon of a day.
func tickAt(t *testing.T, db *postgres.DB, day string) {
	t.Helper()
	at, err := time.Parse("2006-01-02T15", day+"T12")
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Lead.Tick(t.Context(), at, leaddb.Judge{}); err != nil {
		t.Fatal(err)
	}
}

// stand is where the projects, terms and windows stand.
func stand(t *testing.T, pool *pgxpool.Pool) string {
	t.Helper()
	return strings.Join(pgtest.Texts(t, pool, `
		select concat_ws(' ', id, state) from project
		union all
		select concat_ws(' ', project_id, person_id, role, state, during, 'due ' || ends_on, 'from ' || starts_on, end_reason) from term
		union all
		select concat_ws(' ', project_id, 'window', state) from claim_window
		order by 1`), "\n")
}

// stands holds it against what it should be.
func stands(t *testing.T, pool *pgxpool.Pool, want ...string) {
	t.Helper()
	for i := range want {
		want[i] = strings.TrimRight(want[i], " ")
	}
	var got []string
	for _, line := range strings.Split(stand(t, pool), "\n") {
		got = append(got, strings.TrimRight(line, " "))
	}
	pgtest.Same(t, "it stands", got, want...)
}

func TestALeadWithADayToComeStandsAsTheFileSays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		leads string
		want  []string
	}{
		"until to come": {
			"project,person,role,from,until\np,ann,primary,2025-01-01,2027-06-30\n",
			[]string{"p ann primary live [2025-01-01,) due 2027-06-30", "p led", "q open", "q window open"},
		},
		"ends_on": {
			"project,person,role,from,until,ends_on\np,ann,primary,2025-01-01,,2027-06-30\np,ben,co,,,2026-12-31\n",
			[]string{"p ann primary live [2025-01-01,) due 2027-06-30", "p ben co live [2025-01-01,) due 2026-12-31", "p led", "q open", "q window open"},
		},
		"without an end, to a day in a year": {
			"project,person,role\np,ann,primary\np,ben,co\n",
			[]string{"p ann primary live [2025-01-01,) due 2027-07-01", "p ben co live [2025-01-01,)", "p led", "q open", "q window open"},
		},
		"its last day is today": {
			"project,person,role,from,until\np,ann,primary,2025-01-01,2026-07-01\n",
			[]string{"p ann primary ended [2025-01-01,2026-07-02)", "p completed", "q open", "q window open"},
		},
		"from to come": {
			"project,person,role,from,until\np,ann,primary,2027-01-01,\n",
			[]string{"p ann primary accepted due 2028-01-01 from 2027-01-01", "p open", "p window picked", "q open", "q window open"},
		},
		"one after the other": {
			"project,person,role,from,until\np,ann,primary,2025-01-01,2026-12-31\np,ben,primary,2027-01-01,2027-06-30\n",
			[]string{
				"p ann primary handing_over [2025-01-01,) due 2026-12-31", "p ben primary accepted due 2027-06-30 from 2027-01-01",
				"p handing_over", "p window picked", "q open", "q window open",
			},
		},
		"co-leads without a lead": {
			"project,person,role,from,until\np,ann,co,2025-01-01,\np,cyd,co,2025-01-01,\n",
			[]string{"p ann co live [2025-01-01,)", "p cyd co live [2025-01-01,)", "p open", "p window open", "q open", "q window open"},
		},
		"a co-lead beside a lead that is over": {
			"project,person,role,from,until\np,ann,primary,2025-01-01,2026-03-01\np,cyd,co,2025-01-01,\n",
			[]string{
				"p ann primary ended [2025-01-01,2026-03-02)", "p completed",
				"p cyd co ended [2025-01-01,2026-03-02) the project was completed", "q open", "q window open",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			db := postgres.New(pool)
			dir := crewLed(t, c.leads)
			load(t, db, dir, bulkdb.ImportOptions{})
			stands(t, pool, c.want...)
			before := contents(t, pool)
			for _, again := range []string{dir, save(t, db)} {
				if loaded := load(t, db, again, bulkdb.ImportOptions{}); !loaded.Nothing() {
					t.Errorf("%+v", loaded)
				}
			}
			if after := contents(t, pool); after != before {
				t.Errorf("before:\n%s\nafter:\n%s", before, after)
			}
			one := save(t, db)
			elsewhere := postgres.New(pgtest.New(otherDatabase{t}))
			load(t, elsewhere, one, bulkdb.ImportOptions{})
			sameFiles(t, one, save(t, elsewhere))
		})
	}
}

func TestTheGuardrailAndTheProjectsEndBoundALeadWithoutAnEnd(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person\n"), bulkdb.ImportOptions{})
	pgtest.Put(t, pool, `update project set end_on = '2026-09-30' where id = 'q'`,
		`insert into guardrail (kind, number, reason, made_at) values ('longest_term', 6, 'Turns.', now())`)
	load(t, db, crewLed(t, "project,person\np,ann\nq,ben\n"), bulkdb.ImportOptions{})
	stands(t, pool, "p ann primary live [2025-01-01,) due 2027-01-01", "p led", "p window taken",
		"q ben primary live [2025-01-01,) due 2026-09-30", "q led", "q window taken")
}

func TestWhoIsToLeadLaterIsInOfficeFromThatDay(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	dir := crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,2026-12-31\np,ben,primary,2027-01-01,2027-06-30\nq,cyd,,2026-09-01,\n")
	load(t, db, dir, bulkdb.ImportOptions{})
	tickAt(t, db, "2026-08-31")
	stands(t, pool, "p ann primary handing_over [2025-01-01,) due 2026-12-31", "p ben primary accepted due 2027-06-30 from 2027-01-01",
		"p handing_over", "p window picked", "q cyd primary accepted due 2027-09-01 from 2026-09-01", "q open", "q window picked")
	tickAt(t, db, "2026-09-01")
	tickAt(t, db, "2027-01-01")
	now := []string{
		"p ann primary ended [2025-01-01,2027-01-01) due 2026-12-31 its time was over", "p ben primary live [2027-01-01,) due 2027-06-30",
		"p led", "p window taken", "q cyd primary live [2026-09-01,) due 2027-09-01", "q led", "q window taken",
	}
	stands(t, pool, now...)
	if loaded := loadAt(t, db, time.Date(2027, 1, 2, 9, 0, 0, 0, time.UTC), dir, bulkdb.ImportOptions{}); !loaded.Nothing() {
		t.Errorf("%+v", loaded)
	}
	stands(t, pool, now...)
}

// Whoever is said to leave leads until then; on the day after it is open.
func TestALeadIsOpenWhenItsHolderHasLeft(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"people.csv":   "id,name,active_until\nann,Ann,\nben,Ben,2026-06-30\n",
		"projects.csv": crew["projects.csv"],
		"leads.csv":    "project,person,role,from,until\np,ben,primary,2025-01-01,\nq,ben,co,2025-01-01,\nq,ann,primary,2025-01-01,\n",
	}
	led := []string{
		"p ben primary live [2025-01-01,) due 2027-06-01", "p led", "q ann primary live [2025-01-01,) due 2027-06-01",
		"q ben co live [2025-01-01,)", "q led",
	}
	left := func(day string) []string {
		return []string{
			"p ben primary ended [2025-01-01," + day + ") due 2027-06-01 left the organisation", "p open", "p window open",
			"q ann primary live [2025-01-01,) due 2027-06-01", "q ben co ended [2025-01-01," + day + ") left the organisation", "q led",
		}
	}
	pool := pgtest.New(t)
	db := postgres.New(pool)
	june := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	loadAt(t, db, june, folderOf(t, files), bulkdb.ImportOptions{})
	tickAt(t, db, "2026-06-30")
	stands(t, pool, led...)
	tickAt(t, db, "2026-07-01")
	stands(t, pool, left("2026-07-01")...)
	before := contents(t, pool)
	if loaded := load(t, db, folderOf(t, files), bulkdb.ImportOptions{}); !loaded.Nothing() {
		t.Errorf("%+v", loaded)
	}
	if after := contents(t, pool); after != before { // the file has them lead still
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}

	// A file that comes long after they left says no more than that.
	late := postgres.New(pgtest.New(otherDatabase{t}))
	load(t, late, folderOf(t, files), bulkdb.ImportOptions{})
	tickAt(t, late, "2026-11-29")
	text, err := os.ReadFile(filepath.Join(save(t, late), "leads.csv"))
	if err != nil || !strings.Contains(string(text), "p,ben,primary,2025-01-01,2026-06-30,\n") || !strings.Contains(string(text), "q,ben,co,2025-01-01,2026-06-30,\n") {
		t.Errorf("%v\n%s", err, text)
	}
}

// What is over stays over: an import brings facts of the past, and nobody back into office.
func TestAnImportBringsNobodyBackAndLeadsNothingThatIsOver(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	files := "project,person,role,from,until\np,ann,primary,2025-01-01,\np,cyd,co,2025-01-01,\nq,ben,primary,2025-01-01,2026-01-31\n"
	load(t, db, crewLed(t, files), bulkdb.ImportOptions{})
	pgtest.Put(t, pool,
		`update term set state = 'ended', during = '[2025-01-01,2026-05-04)', ended_at = '2026-05-03', end_reason = 'stepped down' where project_id = 'p'`,
		`update project set state = 'open' where id = 'p'`)
	now := []string{
		"p ann primary ended [2025-01-01,2026-05-04) due 2027-07-01 stepped down", "p cyd co ended [2025-01-01,2026-05-04) stepped down",
		"p open", "q ben primary ended [2025-01-01,2026-02-01)", "q completed",
	}
	known, err := db.Bulk.Known(t.Context(), skein.Day(atImport))
	if err != nil {
		t.Fatal(err)
	}
	_, report := exchange.Read(crewLed(t, files), known, nil)
	notes := strings.Join(report.Notes, "\n")
	if !report.OK() || !strings.Contains(notes, `leads.csv:2:3: "ann" left this place in "p" on 2026-05-03`) || !strings.Contains(notes, "leads.csv:3:3: ") {
		t.Errorf("%s%s", report, notes)
	}
	if loaded := load(t, db, crewLed(t, files), bulkdb.ImportOptions{}); !loaded.Nothing() {
		t.Errorf("%+v", loaded)
	}
	stands(t, pool, now...)

	for row, want := range map[string]string{
		"q,cyd,primary,2026-02-01,\n":           "leads.csv:2:1: project: This project is completed in Skein",
		"q,cyd,primary,2027-02-01,\n":           "leads.csv:2:1: project: This project is completed in Skein",
		"q,cyd,primary,2026-02-01,2026-12-31\n": "leads.csv:2:1: project: This project is completed in Skein",
		"q,cyd,co,2026-02-01,\n":                "leads.csv:2:1: project: This project is completed in Skein",
	} {
		_, report := exchange.Read(folderOf(t, map[string]string{"leads.csv": "project,person,role,from,until\n" + row}), known, nil)
		if len(report.Problems) != 1 || !strings.HasPrefix(report.Problems[0].String(), want) {
			t.Errorf("%s: %s", row, report)
		}
	}

	// What was comes in, also of a project that is open or called off, and changes nothing there.
	pgtest.Put(t, pool, `update project set state = 'cancelled' where id = 'q'`)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,2026-05-01\np,ben,primary,2024-01-01,2024-12-31\nq,cyd,primary,2024-01-01,2024-12-31\n"),
		bulkdb.ImportOptions{})
	stands(t, pool, "p ann primary ended [2025-01-01,2026-05-02) due 2027-07-01 stepped down", "p ben primary ended [2024-01-01,2025-01-01)",
		now[1], "p open", now[3], "q cancelled", "q cyd primary ended [2024-01-01,2025-01-01)")
}

// What waits for a lead ends with it, also where a file ends it: else whoever is asked would be asked for ever.
func TestAnImportThatEndsALeadEndsWhatWaitsForIt(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,\nq,ben,primary,2025-01-01,\n"), bulkdb.ImportOptions{})
	for _, project := range []string{"p", "q"} {
		pgtest.Put(t, pool,
			`insert into handover (project_id, term_id, state) select project_id, id, 'draft' from term where project_id = '`+project+`'`,
			`insert into stand_in (spell, project_id, person_id, for_id, state, asked_at, answer_by, answered_at, from_on, until_on)
				select uuid_v7(), project_id, 'cyd', person_id, 'standing', now(), now(), now(), '2026-05-01', '2026-09-01' from term where project_id = '`+project+`'`,
			`insert into remit_change (project_id, term_id, state, proposed_by, proposed_at, by_lead, reason, asked_of, answer_by, was, becomes)
				select project_id, id, 'proposed', person_id, now(), true, 'It grew.', 'cyd', now(), '{}', '{}' from term where project_id = '`+project+`'`,
			`insert into reconsideration (project_id, term_id, state, opened_at, due)
				select project_id, id, 'open', now(), now() from term where project_id = '`+project+`'`)
	}
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,2026-01-31\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "what waits", pgtest.Texts(t, pool, `
		select project_id || ' handover ' || state from handover
		union all select project_id || ' stand-in ' || state || ' ' || end_reason from stand_in
		union all select project_id || ' change ' || state || ' ' || (ended_at is not null) from remit_change
		union all select project_id || ' reconsidered ' || state || ' ' || (due is null) from reconsideration
		order by 1`),
		"p change void true", "p handover void", "p reconsidered void true", "p stand-in ended the project was completed",
		"q change proposed false", "q handover draft", "q reconsidered open false", "q stand-in standing ")
}

// What was typed of a note and never said back was given to nobody, also where a file ends its lead; what was said back
// stays, and a note that was signed for a day that does not come is void.
func TestAnImportThatEndsAHandingOnForgetsWhatWasTypedOfIt(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,\nq,ben,primary,2025-01-01,\n"), bulkdb.ImportOptions{})
	pgtest.Put(t, pool,
		`insert into handover (project_id, term_id, state, writer_id, written_at, said)
			select project_id, id, 'written', person_id, now(), '{"now": "typed"}' from term where project_id = 'p'`,
		`insert into handover (project_id, term_id, state, writer_id, written_at, said_by, said_at, said, signed_by, signed_at, ended_at)
			select project_id, id, 'signed', person_id, now(), 'cyd', now(), '{"now": "said"}', person_id, now(), now() from term where project_id = 'q'`)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,2026-01-31\nq,ben,primary,2025-01-01,2026-01-31\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "the notes", pgtest.Texts(t, pool, `select project_id || ' ' || state || ' ' || coalesce(said ->> 'now', '') from handover order by 1`),
		"p void ", "q void said")
}

// A lead that a file ends is not reconsidered and changed any more where the same file says who leads later.
func TestAnImportThatNamesALaterLeadEndsWhatWaitsForTheOneBefore(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,\n"), bulkdb.ImportOptions{})
	pgtest.Put(t, pool,
		`insert into remit_change (project_id, term_id, state, proposed_by, proposed_at, by_lead, reason, asked_of, answer_by, was, becomes)
			select project_id, id, 'proposed', person_id, now(), true, 'It grew.', 'cyd', now(), '{}', '{}' from term`,
		`insert into reconsideration (project_id, term_id, state, opened_at, due) select project_id, id, 'open', now(), now() from term`)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,2026-01-31\np,cyd,primary,2027-02-01,\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "what waits", pgtest.Texts(t, pool, `
		select 'p ' || state from project where id = 'p'
		union all select 'change ' || state from remit_change
		union all select 'reconsidered ' || state from reconsideration
		order by 1`),
		"change void", "p open", "reconsidered void")
}

// Nobody is asked any more to lead beside whom a file ends.
func TestAnImportEndsTheQuestionToLeadBesideALead(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	const first = "project,person,role,from,until\np,ann,primary,2025-01-01,"
	load(t, db, crewLed(t, first+"\n"), bulkdb.ImportOptions{})
	pgtest.Put(t, pool,
		`insert into reconsideration (project_id, term_id, state, opened_at, ended_at) select project_id, id, 'co_lead', now(), now() from term`,
		`insert into term (project_id, person_id, role, state, offered_at, answer_by) values ('p', 'cyd', 'co', 'offered', now(), now())`)
	const asked = `select state from term where role = 'co'`
	load(t, db, crewLed(t, first+"\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "while she leads", pgtest.Texts(t, pool, asked), "offered")
	load(t, db, crewLed(t, first+"2026-01-31\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "when she does not", pgtest.Texts(t, pool, asked), "void")
}

// A project may come to its end between the check of a folder and its import.
func TestAnImportLeadsNothingThatHasEndedMeanwhile(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person\n"), bulkdb.ImportOptions{})
	known, err := db.Bulk.Known(t.Context(), skein.Day(atImport))
	if err != nil {
		t.Fatal(err)
	}
	f, report := exchange.Read(crewLed(t, "project,person\np,ann\n"), known, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	pgtest.Put(t, pool, `update project set state = 'cancelled' where id = 'p'`)
	if _, err := db.Bulk.Import(t.Context(), skein.Itself(atImport, time.UTC), f, bulkdb.ImportOptions{}); err == nil ||
		!strings.Contains(err.Error(), "p is cancelled by now") {
		t.Error(err)
	}
	stands(t, pool, "p cancelled", "p window open", "q open", "q window open")
}

// The cases of shared/cases that no file here has.
func TestTheCasesOfLeadsAreRight(t *testing.T) {
	t.Parallel()
	cases := filepath.Join("..", "..", "..", "..", "shared", "cases", "05-leads")
	if _, err := os.Stat(cases); err != nil {
		t.Skipf("the cases are not beside the repository, at %s", cases)
	}
	for name, want := range map[string]string{"b": "p led q led", "d": "p open q open", "e": "p led q open", "f": "p open q open"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			loadAt(t, postgres.New(pool), time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), filepath.Join(cases, name), bulkdb.ImportOptions{})
			if got := strings.Join(pgtest.Texts(t, pool, `select id || ' ' || state from project order by id`), " "); got != want {
				t.Error(got)
			}
		})
	}
}
