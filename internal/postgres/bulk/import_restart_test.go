package bulkdb_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// rush is a row of the harbour's project of that name, with some values in place of its own.
func rush(changes map[string]string) map[string]string {
	columns := []string{"requirements", "circle", "trust", "uncertainty", "stakes", "urgency", "expertise", "commitment", "reach", "readiness", "hours_per_week", "teams"}
	values := map[string]string{"requirements": "cranes:3", "circle": "quay", "trust": "weighed", "uncertainty": "chaotic", "urgency": "5", "hours_per_week": "4"}
	header, row := "id,title", "rush,Rush"
	for _, c := range columns {
		value := values[c]
		if v, ok := changes[c]; ok {
			value = v
		}
		header, row = header+","+c, row+","+value
	}
	return map[string]string{"projects.csv": header + "\n" + row + "\n"}
}

// claimed is the harbour in a database, where everybody may claim, and ann did where that is so.
func claimed(t *testing.T, pool *pgxpool.Pool, claims bool) *postgres.DB {
	t.Helper()
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
	pgtest.Put(t, pool, `update person set read_how_at = '2026-06-01'`)
	if claims {
		pgtest.Put(t, pool, `
			insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
			select id, project_id, phase_id, 'ann', 'submitted', now(), now(), now() from claim_window where project_id = 'rush'`)
	}
	return db
}

// report is what an import says of a folder: what is wrong, or what became of the rows.
func report(t *testing.T, db *postgres.DB, dir string, o bulkdb.ImportOptions) (folder.Loaded, string) {
	t.Helper()
	known, err := db.Bulk.Known(t.Context(), skein.Day(atImport))
	if err != nil {
		t.Fatal(err)
	}
	f, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		return folder.Loaded{}, report.String()
	}
	loaded, err := db.Bulk.Import(t.Context(), skein.Itself(atImport, time.UTC), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return loaded, ""
}

// Whatever bears on claims, a file that changes it begins them again, whether or not somebody claimed.
func TestAFileThatChangesWhatClaimsAreForBeginsThemAgain(t *testing.T) {
	t.Parallel()
	changes := map[string]string{
		"requirements": "cranes:3:4:must", "circle": "", "trust": "verified", "uncertainty": "complex", "stakes": "4", "urgency": "4",
		"expertise": "2", "commitment": "2", "reach": "2", "readiness": "2", "hours_per_week": "4.5", "teams": "port",
	}
	for _, column := range folder.Bearing {
		for _, claims := range []bool{true, false} {
			name := column + ", nobody claimed"
			if claims {
				name = column
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				pool := pgtest.New(t)
				db := claimed(t, pool, claims)
				if loaded, said := report(t, db, folderOf(t, rush(nil)), bulkdb.ImportOptions{}); !loaded.Nothing() || loaded.Restarted != 0 || said != "" {
					t.Fatalf("unchanged: %+v %s", loaded, said)
				}
				dir := folderOf(t, rush(map[string]string{column: changes[column]}))
				before := contents(t, pool)
				for _, dry := range []bool{true, false} {
					loaded, said := report(t, db, dir, bulkdb.ImportOptions{DryRun: dry})
					want := folder.Loaded{Projects: folder.Tally{Changed: 1}, Restarted: 1}
					if loaded != want || said != "" {
						t.Errorf("dry %v: %+v %s", dry, loaded, said)
					}
					if dry && contents(t, pool) != before {
						t.Error("a dry run left something behind")
					}
				}
				again(t, pool, claims, 1)
				for _, same := range []string{dir, save(t, db)} {
					if loaded, said := report(t, db, same, bulkdb.ImportOptions{}); !loaded.Nothing() || loaded.Restarted != 0 || said != "" {
						t.Errorf("the same again: %+v %s", loaded, said)
					}
				}
				again(t, pool, claims, 1)
			})
		}
	}
}

// Claims that a file begins again hold at least to the trust that the stakes demand, as those that it opens.
func TestTheStakesHoldWhereAFileBeginsClaimsAgain(t *testing.T) {
	t.Parallel()
	for demanded, want := range map[skein.Trust]string{skein.Verified: "open verified", "": "open weighed"} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			db := claimed(t, pool, true)
			var judge leaddb.Judge
			if demanded != "" {
				judge.Trust = func(skein.Trust, skein.Situation) skein.Trust { return demanded }
			}
			dir := folderOf(t, rush(map[string]string{"stakes": "4"}))
			if loaded, said := report(t, db, dir, bulkdb.ImportOptions{Judge: judge}); loaded.Restarted != 1 || said != "" {
				t.Fatalf("%+v %s", loaded, said)
			}
			pgtest.Same(t, "trust", pgtest.Texts(t, pool, `select state || ' ' || trust from claim_window where project_id = 'rush' and state <> 'restarted'`), want)
		})
	}
}

// again holds that claims for rush began again so many times, and that whoever claimed was told each time.
func again(t *testing.T, pool *pgxpool.Pool, claims bool, times int) {
	t.Helper()
	told, stands := 0, []string{}
	if claims {
		told, stands = times, []string{"submitted open"}
	}
	if n := len(pgtest.Texts(t, pool, `select id::text from claim_window where project_id = 'rush' and state = 'restarted'`)); n != times {
		t.Errorf("claims began again %d times", n)
	}
	if n := len(pgtest.Texts(t, pool, `select person_id from notice where kind = 'restarted' and project_id = 'rush' and person_id = 'ann'`)); n != told {
		t.Errorf("ann was told %d times", n)
	}
	pgtest.Same(t, "her claim", pgtest.Texts(t, pool, `
		select claim.state || ' ' || claim_window.state from claim join claim_window on claim_window.id = claim.window_id`), stands...)
	if n := len(pgtest.Texts(t, pool, `
		select id::text from audit_told where action = 'project.update' and noun_id = 'rush' and actor_key is null and details -> 'changed' <> '{}'`)); n != times {
		t.Errorf("the log has old and new %d times", n)
	}
}

func TestTheThirdChangeByAFileIsRefusedWithItsPlace(t *testing.T) {
	t.Parallel()
	for name, claims := range map[string]bool{"claimed": true, "not": false} {
		t.Run(name, func(t *testing.T) { thirdChange(t, claims) })
	}
}

func thirdChange(t *testing.T, claims bool) {
	pool := pgtest.New(t)
	db := claimed(t, pool, claims)
	first := folderOf(t, rush(map[string]string{"stakes": "2"}))
	report(t, db, first, bulkdb.ImportOptions{})
	known, err := db.Bulk.Known(t.Context(), skein.Day(atImport)) // before the second
	if err != nil {
		t.Fatal(err)
	}
	report(t, db, folderOf(t, rush(map[string]string{"stakes": "3"})), bulkdb.ImportOptions{})
	again(t, pool, claims, 2)
	pgtest.Same(t, "the log", pgtest.Texts(t, pool, `
			select details ->> 'changed' from audit_told where action = 'project.update' order by id`), `{"stakes": [0, 2]}`, `{"stakes": [2, 3]}`)
	third := folderOf(t, rush(map[string]string{"stakes": "4", "trust": "zero"}))
	before := contents(t, pool)
	const twice = "Claims have started again twice since they last closed, so what they are sent for stands until they close."
	want := "projects.csv:2:25: trust: " + twice + "\nprojects.csv:2:38: stakes: " + twice
	if _, said := report(t, db, third, bulkdb.ImportOptions{}); said != want+"\n" {
		t.Errorf("claims %v: %s", claims, said)
	}

	// As it was checked before the second came in.
	f, checked := exchange.Read(third, known, nil)
	if !checked.OK() {
		t.Fatal(checked)
	}
	var late bulkdb.StandsError
	if _, err := db.Bulk.Import(t.Context(), skein.Itself(atImport, time.UTC), f, bulkdb.ImportOptions{}); !errors.As(err, &late) || late.Error() != want {
		t.Errorf("claims %v: %v", claims, err)
	}
	if after := contents(t, pool); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	// what bears on nothing comes in
	files := rush(map[string]string{"stakes": "3"})
	files["projects.csv"] = strings.Replace(files["projects.csv"], ",Rush,", ",Rush it,", 1)
	if loaded, said := report(t, db, folderOf(t, files), bulkdb.ImportOptions{}); loaded.Projects.Changed != 1 || loaded.Restarted != 0 || said != "" {
		t.Errorf("%+v %s", loaded, said)
	}
}

func TestAfterTheCloseAFileLeavesAloneWhatIsDecidedBy(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := claimed(t, pool, true)
	pgtest.Put(t, pool, `update claim_window set state = 'picked', closed_at = now(), claimed = 1 where project_id = 'rush'`,
		`update claim set state = 'chosen'`)
	for state := range map[string]bool{"chosen": true, "offered": true, "accepted": true} {
		pgtest.Put(t, pool, `update claim set state = '`+state+`'`)
		_, said := report(t, db, folderOf(t, rush(map[string]string{"requirements": "cranes:5"})), bulkdb.ImportOptions{})
		if !strings.HasPrefix(said, "projects.csv:2:11: requirements: Claims for this project have closed") {
			t.Errorf("%s: %s", state, said)
		}
		for _, row := range []string{"rush,ben,,", "rush,ben,2025-01-01,2025-06-30"} {
			_, said := report(t, db, folderOf(t, map[string]string{"leads.csv": "project,person,from,until\n" + row + "\n"}), bulkdb.ImportOptions{})
			if !strings.HasPrefix(said, "leads.csv:2:6: person: Claims for this project have closed") {
				t.Errorf("%s: %s: %s", state, row, said)
			}
		}
		if loaded, said := report(t, db, save(t, db), bulkdb.ImportOptions{}); !loaded.Nothing() || said != "" {
			t.Errorf("%s: %+v %s", state, loaded, said)
		}
	}
}

// Whoever claims while an import that names a lead is under way: the import was checked before anybody
// could.
func TestALeadThatPeopleMayClaimMeanwhileIsNotNamed(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, folderOf(t, harbour), bulkdb.ImportOptions{})
	dir := folderOf(t, map[string]string{"leads.csv": "project,person\nrush,ben\n"})
	known, err := db.Bulk.Known(t.Context(), skein.Day(atImport))
	if err != nil {
		t.Fatal(err)
	}
	f, checked := exchange.Read(dir, known, nil)
	if !checked.OK() {
		t.Fatal(checked)
	}
	bring := func(o bulkdb.ImportOptions) error {
		_, err := db.Bulk.Import(context.Background(), skein.Itself(atImport, time.UTC), f, o)
		return err
	}
	if err := bring(bulkdb.ImportOptions{DryRun: true}); err != nil {
		t.Error(err) // nobody can have claimed yet
	}
	pgtest.Put(t, pool, `insert into read_how (person_id, at) values ('cyd', now())`)
	if err := bring(bulkdb.ImportOptions{}); err == nil || !strings.Contains(err.Error(), "Claims are open") {
		t.Error(err)
	}
	pgtest.Same(t, "rush", pgtest.Texts(t, pool, `select state from claim_window where project_id = 'rush'`), "open")
}
