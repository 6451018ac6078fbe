package bulkdb

import (
	"context"
	"fmt"
	"maps"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// ImportOptions are what an import is told besides the folder.
type ImportOptions struct {
	DryRun bool // do all of it, report, and take it back
	// Bulk sets indexes aside while many rows are loaded, which is quicker and shuts everybody else out
	// meanwhile. A database without accounts, which shuts nobody out, is loaded so without being asked.
	Bulk bool
	// Owner is a pool whose login owns the tables, as setting indexes aside needs; nil: as all else.
	Owner     *pgxpool.Pool
	Practices []skein.Skill    // that the lens asks for: they are skills too
	Told      func(ImportStep) // what takes long, as it goes on; may be nil
	// Differs is told, of a file, how many rows that are there say otherwise in each column; may be nil.
	Differs func(file string, columns map[string]int)
	// Checked waits until all of the folder is checked, and says what is wrong with it; nil when
	// that was done before. Circles and people, which must be right already, are loaded meanwhile.
	Checked func() error
	One     []One        // who are the same people
	Judge   leaddb.Judge // what leads asked for, of those that the folder ends
	Of      *OfIntake    // that the rows come from; nil: from a folder of the operator's
}

// ImportStep tells how far one of the long steps has come.
type ImportStep struct {
	Doing       Doing
	Table       string // "person" or "evidence"
	Rows        int    // that the file has
	Done, Total int    // rows sent, or indexes and keys made
}

// Doing is what an import does at a time.
type Doing string

// The steps of an import that may take long.
const (
	Shutting  Doing = "shutting others out"
	Sending   Doing = "sending"
	Comparing Doing = "comparing" // with the rows that are there
	Indexing  Doing = "indexing"
)

func (i *importing) told(s ImportStep) {
	if i.options.Told != nil {
		i.options.Told(s)
	}
}

// checked waits until what the folder says next is known to be right.
func (i *importing) checked(context.Context) error {
	if i.options.Checked == nil {
		return nil
	}
	return i.options.Checked()
}

// importing is one import under way in its transaction.
type importing struct {
	tx      pgx.Tx
	by      skein.By
	folder  *folder.Folder
	options ImportOptions
	loaded  folder.Loaded
	aside   bool                              // indexes may be set aside
	changes []func(ctx context.Context) error // of rows that others may want: made late
	// projects that were not there before
	fresh map[skein.ProjectID]bool
	// projects of which leads.csv says something else than what stands
	led []skein.ProjectID
	// projects that somebody led before, and those that the folder says somebody is to lead later
	hadLead, coming map[skein.ProjectID]bool
	projectEnds     map[skein.ProjectID]skein.Date
	states          map[skein.ProjectID]skein.ProjectState // of those that the leads speak of, locked
	closed          map[skein.ProjectID]string             // why the leads may not speak of them any more
	ended           map[skein.ProjectID][]skein.TermID     // the leads that somebody had, and this ended
	moved           map[skein.ProjectID][]skein.CircleID   // circles that had to move with projects, where the folder names others
	edited          []skein.ProjectID                      // projects changed under their claims
	restarted       []skein.WindowID                       // windows that this began again
	events          []skein.Event                          // of these
	longest         int                                    // months: the guardrail; 0: none
}

// run takes the files in an order in which what is named comes first. What others may wait for comes
// last: rows that are there and change, then projects with their leads and windows. Nobody is locked for
// what they hold, as a verb locks people: an import gives places whatever they hold, so that it might as
// well have come after a verb that does not see it yet.
func (i *importing) run(ctx context.Context) error {
	if err := i.begin(ctx); err != nil {
		return err
	}
	for _, step := range []struct {
		name string
		load func(context.Context) error
	}{
		{"circles", i.circles},
		{"people", i.people},
		{"files", i.checked},
		{"people who are one", i.join},
		{"skills", i.skills},
		{"priorities", i.priorities},
		{"evidence", i.evidence},
		{"changes", i.change},
		{"projects", i.projects},
		{"leads", i.leads},
		{"windows", i.windows},
		{"claims", i.countRestarted},
		{"word of what moves", i.tellMoved},
	} {
		if err := step.load(ctx); err != nil {
			return fmt.Errorf("import of %s: %w", step.name, err)
		}
	}
	if err := core.Exec(ctx, i.tx, `set constraints all immediate`); err != nil {
		return err
	}
	return i.endIntake(ctx)
}

// begin readies the transaction.
func (i *importing) begin(ctx context.Context) error {
	alone, err := core.Value[bool](ctx, i.tx, `select pg_try_advisory_xact_lock(hashtextextended('import', 0))`)
	if err != nil {
		return err
	}
	if !alone { // what that one brings is not among what this folder was held against
		return ErrUnderWay
	}
	if err := i.each(ctx, []string{
		`set local statement_timeout = 0`,
		`set local idle_in_transaction_session_timeout = 0`, // while files are read
		`set constraints all deferred`,
	}); err != nil {
		return err
	}
	if i.aside, err = i.mayShut(ctx); err != nil {
		return err
	}
	return ensurePractices(ctx, i.tx, i.options.Practices)
}

// change writes the rows that are there and differ.
func (i *importing) change(ctx context.Context) error {
	for _, change := range i.changes {
		if err := change(ctx); err != nil {
			return err
		}
	}
	return nil
}

// event is what the log keeps: how many rows of what, and from which files.
func (i *importing) event() skein.Event {
	l := i.loaded
	files := map[string]any{}
	for _, f := range i.folder.Files {
		files[f.Name] = map[string]any{"rows": f.Rows, "bytes": f.Bytes, "sha256": f.SHA256}
	}
	counts := map[string]any{"windows": l.Windows, "restarted": l.Restarted}
	for name, t := range map[string]folder.Tally{
		"circles": l.Circles, "people": l.People, "skills": l.Skills, "priorities": l.Priorities,
		"projects": l.Projects, "leads": l.Leads, "evidence": l.Evidence,
	} {
		counts[name] = map[string]int{"new": t.New, "changed": t.Changed, "same": t.Same}
	}
	details := map[string]any{"files": files, "counts": counts}
	if i.options.Of != nil {
		maps.Copy(details, i.options.Of.Details)
	}
	return skein.Event{
		Action: "import.load", Noun: "import", NounID: i.by.At.UTC().Format("2006-01-02T15:04:05.000Z"),
		Details: details,
	}
}

// EnsurePractices adds the practices that are not skills yet. What an administrator has made of
// them since stays.
func (db *Store) EnsurePractices(ctx context.Context, practices []skein.Skill) error {
	return pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		return ensurePractices(ctx, tx, practices)
	})
}

func ensurePractices(ctx context.Context, tx pgx.Tx, practices []skein.Skill) error {
	batch := &pgx.Batch{}
	for _, p := range practices {
		batch.Queue(`
			insert into skill (id, name, kind, twin)
			values ($1, $2, 'practice', exists (select from skill_name where key = skill_key($2)))
			on conflict (id) do nothing`, p.ID, p.Name)
	}
	return tx.SendBatch(ctx, batch).Close()
}
