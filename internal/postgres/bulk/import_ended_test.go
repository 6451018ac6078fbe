package bulkdb_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/postgres"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/postgres/pgtest"
)

// comesIn makes an organisation one that lives: somebody comes in.
const comesIn = `insert into account (person_id, email, made_at) values ('ann', 'ann@port.example', now())`

// asked are the reviews of how it went, who was asked in them and as what, and who was told.
func asked(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	return pgtest.Texts(t, pool, `
		select concat_ws(' ', outcome.project_id, outcome.state, term.person_id, outcome.due - outcome.opened_at) from outcome join term on term.id = term_id
		union all
		select concat_ws(' ', 'asked', outcome.project_id, person_id, part) from outcome_answer join outcome on outcome.id = outcome_id
		union all
		select concat_ws(' ', 'told', project_id, person_id, kind, answer_by - made_at) from notice where kind = 'outcome'
		order by 1`)
}

func TestOfALeadThatAFileEndsItIsAskedHowItWentOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		leads string
		want  []string
	}{
		"its end has passed": {"p,ann,primary,2025-01-01,2026-06-01\n", []string{
			"asked p ann lead", "asked p ben member", "asked p cyd co", "p asking ann 14 days",
			"told p ann outcome 14 days", "told p ben outcome 14 days", "told p cyd outcome 14 days",
		}},
		"whoever led beside it ends with it": {"p,ann,primary,2025-01-01,2026-06-01\np,cyd,co,2025-01-01,2026-06-01\n", []string{
			"asked p ann lead", "asked p ben member", "asked p cyd co", "p asking ann 14 days",
			"told p ann outcome 14 days", "told p ben outcome 14 days", "told p cyd outcome 14 days",
		}},
		"whoever led beside it ended before": {"p,ann,primary,2025-01-01,2026-06-01\np,cyd,co,2025-01-01,2026-03-01\n", []string{
			"asked p ann lead", "asked p ben member", "asked p cyd co", "p asking ann 14 days",
			"told p ann outcome 14 days", "told p ben outcome 14 days", "told p cyd outcome 14 days",
		}},
		"somebody else leads": {"p,ann,primary,2025-01-01,2026-06-01\np,dee,primary,2026-06-02,\n", []string{
			"asked p ann lead", "asked p ben member", "asked p cyd co", "p asking ann 14 days",
			"told p ann outcome 14 days", "told p ben outcome 14 days", "told p cyd outcome 14 days",
		}},
		"it is renewed":                     {"p,ann,primary,2025-01-01,2026-06-01\np,ann,primary,2026-06-02,\n", nil},
		"it ends later":                     {"p,ann,primary,2025-01-01,2027-06-01\n", nil},
		"somebody leads beside it no more":  {"p,cyd,co,2025-01-01,2026-03-01\n", nil},
		"who led before":                    {"p,ben,primary,2024-01-01,2024-12-31\nq,dee,primary,2024-01-01,2024-12-31\n", nil},
		"who was to begin and never did so": {"r,dee,primary,2026-06-01,2026-06-01\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := pgtest.New(t)
			db := postgres.New(pool)
			files := map[string]string{
				"people.csv":   crew["people.csv"] + "dee,Dee,\n",
				"projects.csv": crew["projects.csv"] + "r,River,2025-01-01,cranes:3\n",
				"leads.csv":    "project,person,role,from,until\np,ann,primary,2025-01-01,\np,cyd,co,2025-01-01,\nr,dee,primary,2027-01-01,\n",
			}
			load(t, db, folderOf(t, files), bulkdb.ImportOptions{})
			pgtest.Put(t, pool, comesIn, `insert into member (project_id, person_id, joined_at) values ('p', 'ben', '2026-01-01')`)
			files["leads.csv"] = "project,person,role,from,until\n" + c.leads
			load(t, db, folderOf(t, files), bulkdb.ImportOptions{DryRun: true})
			pgtest.Same(t, "after a trial", asked(t, pool))
			load(t, db, folderOf(t, files), bulkdb.ImportOptions{})
			pgtest.Same(t, "asked", asked(t, pool), c.want...)
			loadAt(t, db, atImport.Add(time.Hour), folderOf(t, files), bulkdb.ImportOptions{})
			pgtest.Same(t, "after the same again", asked(t, pool), c.want...)
		})
	}
}

// Before anybody comes in a file says how things stood.
func TestBeforeAnybodyComesInNobodyIsAskedHowItWent(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,\nq,ben,primary,2025-01-01,2026-01-31\n"), bulkdb.ImportOptions{})
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,2026-06-01\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "asked", asked(t, pool))
}

func TestWhatWaitsForALeadThatAFileRenewsWaitsOn(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,\n"), bulkdb.ImportOptions{})
	pgtest.Put(t, pool, comesIn,
		`update term set chosen_how = 'began', chosen_for = '{"stakes": 2}', word_due = '2026-06-20', word_told = 'lead'`,
		`insert into handover (project_id, term_id, state) select project_id, id, 'draft' from term`,
		`insert into remit_change (project_id, term_id, state, proposed_by, proposed_at, by_lead, reason, asked_of, answer_by, was, becomes)
			select project_id, id, 'proposed', person_id, now(), true, 'It grew.', 'cyd', now(), '{}', '{}' from term`,
		`insert into reconsideration (project_id, term_id, state, opened_at, due) select project_id, id, 'open', now(), now() from term`)
	load(t, db, crewLed(t, "project,person,role,from,until\np,ann,primary,2025-01-01,2026-06-01\np,ann,primary,2026-06-02,\n"), bulkdb.ImportOptions{})
	pgtest.Same(t, "what waits", pgtest.Texts(t, pool, `
		with now as (select * from term where state = 'live')
		select concat_ws(' ', person_id, lower(during), chosen_how, chosen_for ->> 'stakes', word_due, word_told) from now
		union all select 'handover ' || handover.state from handover join now on now.id = term_id
		union all select 'change ' || remit_change.state from remit_change join now on now.id = term_id
		union all select 'reconsidered ' || reconsideration.state from reconsideration join now on now.id = term_id
		order by 1`),
		"ann 2026-06-02 began 2 2026-06-20 lead", "change proposed", "handover draft", "reconsidered open")
}
