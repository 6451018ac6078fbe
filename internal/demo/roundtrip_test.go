package demo_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/demo"
	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// rows is every row of every table that an import may touch.
func rows(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	var all []string
	for _, table := range []string{
		"circle", "person", "skill", "priority", "project", "phase", "requirement", "need", "member", "term", "claim_window", "claim", "pick",
		"invite", "review", "evidence", "notice", "reconsideration", "remit_change", "outcome", "outcome_answer", "outcome_skill", "decision",
		"advice", "handover", "stand_in", "week_word", "question", "account",
	} {
		for _, row := range pgtest.Texts(t, pool, `select r::text from `+table+` r order by 1`) {
			all = append(all, table+" "+row)
		}
	}
	return all
}

// The demo has projects, claims and terms in every state; an export of it, imported again, is what is
// there already.
func TestAnExportOfTheDemoImportedAgainChangesNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := pgtest.New(t)
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	if _, err := demo.Seed(ctx, pool, now); err != nil {
		t.Fatal(err)
	}
	for what, states := range map[string]struct {
		sql string
		has []skein.ProjectState
	}{
		"projects": {`select distinct state from project`, []skein.ProjectState{
			skein.OpenForLead, skein.Led, skein.HandingOver, skein.Completed, skein.Cancelled,
		}},
	} {
		there := strings.Join(pgtest.Texts(t, pool, states.sql), " ")
		for _, s := range states.has {
			if !strings.Contains(there, string(s)) {
				t.Errorf("no %s is %s: %s", what, s, there)
			}
		}
	}
	db, dir := postgres.New(pool), t.TempDir()
	if err := db.Bulk.Export(ctx, func(f *folder.Folder) error {
		_, err := exchange.Write(dir, f)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	before := rows(t, pool)
	known, err := db.Bulk.Known(ctx, skein.Day(now))
	if err != nil {
		t.Fatal(err)
	}
	read, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		t.Fatal(report)
	}
	loaded, err := db.Bulk.Import(ctx, skein.Itself(now, time.UTC), read, bulkdb.ImportOptions{})
	if err != nil || !loaded.Nothing() {
		t.Errorf("%+v, %v", loaded, err)
	}
	pgtest.Same(t, "everything", rows(t, pool), before...)
}

// waiting is what is asked, said and decided of leads, whichever row of a lead it hangs on.
func waiting(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	var all []string
	for _, table := range []string{"reconsideration", "remit_change", "outcome", "outcome_answer", "decision", "advice", "handover", "stand_in", "notice"} {
		all = append(all, pgtest.Texts(t, pool, `select '`+table+` ' || (to_jsonb(r) - 'term_id')::text from `+table+` r order by 1`)...)
	}
	return append(all, pgtest.Texts(t, pool, `
		select concat_ws(' ', project_id, person_id, chosen_how, chosen_for, word_due, word_told) from term where state = 'live' and role = 'primary' order by 1`)...)
}

// A file that says of somebody that they lead on ends nothing that waits for their lead, and asks nobody how it went:
// neither where it moves the end, nor where it says it in two rows.
func TestAFileThatRenewsALeadEndsNothingThatWaits(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	today := skein.Day(now)
	for name, renew := range map[string]func(folder.LeadRow) []folder.LeadRow{
		"another end": func(l folder.LeadRow) []folder.LeadRow {
			l.EndsOn = l.EndsOn.AddDate(0, 0, 30)
			return []folder.LeadRow{l}
		},
		"two rows": func(l folder.LeadRow) []folder.LeadRow {
			was, is := l, l
			was.Until, was.EndsOn = today.AddDate(0, 0, -1), skein.Date{}
			is.From = today
			return []folder.LeadRow{was, is}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			pool := pgtest.New(t)
			if _, err := demo.Seed(ctx, pool, now); err != nil {
				t.Fatal(err)
			}
			pgtest.Put(t, pool, `insert into account (person_id, email, made_at) select min(id), 'somebody@corriemere.example', now() from person having not exists (select from account)`)
			live := pgtest.Texts(t, pool, `
				select term.project_id from term join project on project.id = term.project_id
				where term.state = 'live' and term.role = 'primary' and project.state = 'led' and lower(term.during) < '2026-11-22'`)
			before, renewed := waiting(t, pool), 0
			db := postgres.New(pool)
			var renews folder.Folder
			if err := db.Bulk.Export(ctx, func(f *folder.Folder) error {
				for _, l := range f.Leads {
					if l.Role == skein.Primary && l.Lasts() && slices.Contains(live, string(l.Project)) {
						renews.Leads = append(renews.Leads, renew(l)...)
						renewed++
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			loaded, err := db.Bulk.Import(ctx, skein.Itself(now, time.UTC), &renews, bulkdb.ImportOptions{})
			if err != nil || renewed < 5 || loaded.Leads.Changed != renewed {
				t.Fatalf("%d of %v: %+v, %v", renewed, live, loaded, err)
			}
			pgtest.Same(t, "what waits", waiting(t, pool), before...)
		})
	}
}
