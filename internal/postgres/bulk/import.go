package bulkdb

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// ImportOptions are what an import is told besides the folder.
type ImportOptions struct {
	DryRun    bool             // do all of it, report, and take it back
	Practices []skein.Skill    // that the lens asks for: they are skills too
	Told      func(ImportStep) // what takes long, as it goes on; may be nil
	// Checked waits until all of the folder is checked, and says what is wrong with it; nil when
	// that was done before. Circles and people, which must be right already, are loaded meanwhile.
	Checked func() error
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
	Sending   Doing = "sending"
	Comparing Doing = "comparing" // with the rows that are there
	Indexing  Doing = "indexing"
)

// errDryRun takes a trial import back.
var errDryRun = errors.New("dry run")

// Import loads a checked folder, all of it or nothing, and says what became of its rows. Rows that
// are not in the folder stay. It is one event of the audit log.
func (db *Store) Import(ctx context.Context, by skein.By, f *folder.Folder, o ImportOptions) (folder.Loaded, error) {
	var loaded folder.Loaded
	err := core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		i := &importing{tx: tx, by: by, folder: f, options: o}
		if err := i.run(ctx); err != nil {
			return nil, err
		}
		loaded = i.loaded
		if o.DryRun {
			return nil, errDryRun
		}
		return append([]skein.Event{i.event()}, i.events...), nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return loaded, err
}

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
	// projects that were not there before
	fresh map[skein.ProjectID]bool
	// projects that somebody led before, and those that the folder says somebody is to lead later
	hadLead, coming map[skein.ProjectID]bool
	projectEnds     map[skein.ProjectID]skein.Date
	states          map[skein.ProjectID]skein.ProjectState // of those that the leads speak of, locked
	closed          map[skein.ProjectID]string             // why the leads may not speak of them any more
	edited          []skein.ProjectID                      // projects changed under their claims
	restarted       []skein.WindowID                       // windows that this began again
	events          []skein.Event                          // of these
	longest         int                                    // months: the guardrail; 0: none
}

// run takes the files in an order in which what is named comes first.
func (i *importing) run(ctx context.Context) error {
	for _, prepare := range []string{
		// one import at a time: each counts what it finds
		`select pg_advisory_xact_lock(hashtextextended('import', 0))`,
		`set local statement_timeout = 0`,
		`set constraints all deferred`,
	} {
		if _, err := i.tx.Exec(ctx, prepare); err != nil {
			return err
		}
	}
	if err := ensurePractices(ctx, i.tx, i.options.Practices); err != nil {
		return err
	}
	for _, step := range []struct {
		name string
		load func(context.Context) error
	}{
		{"circles", i.circles},
		{"people", i.people},
		{"files", i.checked},
		{"skills", i.skills},
		{"priorities", i.priorities},
		{"projects", i.projects},
		{"leads", i.leads},
		{"windows", i.windows},
		{"claims", i.countRestarted},
		{"evidence", i.evidence},
	} {
		if err := step.load(ctx); err != nil {
			return fmt.Errorf("import of %s: %w", step.name, err)
		}
	}
	return core.Exec(ctx, i.tx, `set constraints all immediate`)
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
	return skein.Event{
		Action: "import.load", Noun: "import", NounID: i.by.At.UTC().Format("2006-01-02T15:04:05.000Z"),
		Details: map[string]any{"files": files, "counts": counts},
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
			insert into skill (id, name, kind)
			values ($1, $2, 'practice')
			on conflict (id) do nothing`, p.ID, p.Name)
	}
	return tx.SendBatch(ctx, batch).Close()
}
