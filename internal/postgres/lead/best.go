package leaddb

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Closes says that an update ends the time in which claims gather. The best of the whole organisation,
// which its claims are measured by, is then taken before anything is locked: where it is not in memory
// everybody is read, and nobody who would claim or look has to wait for that.
func Closes(q *leadQuery) { q.closes = true }

// bestTaken is the best of the whole organisation for a window, taken before the window was locked. What
// people show between that moment and the lock counts for the claims and not for the best, as what one
// server has not followed yet does not: whoever is better than the best is in its first step.
type bestTaken struct {
	Window  skein.Window
	Version int // of the project; another one may ask for something else
}

// bestAhead takes the best for the window in which a project's claims gather; nil where nothing has to
// be measured by it.
func (db *Store) bestAhead(ctx context.Context, q leadQuery) (*bestTaken, error) {
	if !q.closes || q.judge.Best == nil {
		return nil, nil //nolint:nilnil // nothing is taken, and that is no error
	}
	type row struct {
		skein.Window

		ProjectVersion int
	}
	found, err := core.One[row](ctx, db.pool, `
		select`+windowColumns+`, project.version as project_version
		from claim_window
		join project on project.id = claim_window.project_id
		where claim_window.project_id = @project and claim_window.closed_at is null
			and (
				exists (select from claim where claim.window_id = claim_window.id and claim.state = 'submitted')
				or exists (select from invite where invite.window_id = claim_window.id and invite.person_id = @me and invite.state = 'waiting')
			)`, pgx.NamedArgs{"project": q.project, "me": q.by.Person})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil //nolint:nilnil // likewise
	}
	if err != nil {
		return nil, core.Translate(err)
	}
	a := &bestTaken{found.Window, found.ProjectVersion}
	return a, bestOf(ctx, db.pool, q.judge, q.asking(), &a.Window)
}

// of tells whether the best was taken of what a window of the project at that version asks.
func (a *bestTaken) of(w skein.WindowID, version int) bool {
	return a != nil && a.Window.ID == w && a.Version == version
}

// bestOf notes in a window the best of the whole organisation: from memory, or, where it does not
// answer, of everybody's rows.
func bestOf(ctx context.Context, on core.Batcher, judge Judge, asking comparison.Asking, w *skein.Window) error {
	asking = askingOf(asking, *w)
	for _, people := range [][]skein.PersonID{{}, nil} {
		asking.People = people
		sides, err := factsdb.Compare(ctx, on, asking)
		if err != nil || !matching(sides) || judge.Best(sides, w, people == nil) {
			return err
		}
	}
	return nil
}
