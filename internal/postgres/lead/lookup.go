package leaddb

import (
	"context"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// ProjectOfClaim is the project that a claim is for.
func (db *Store) ProjectOfClaim(ctx context.Context, id skein.ClaimID) (skein.ProjectID, error) {
	return lookUp[skein.ProjectID](ctx, db, `select project_id from claim where id::text = $1`, string(id))
}

// WindowOfClaim is the window that a claim was sent in.
func (db *Store) WindowOfClaim(ctx context.Context, id skein.ClaimID) (skein.WindowID, error) {
	return lookUp[skein.WindowID](ctx, db, `select window_id::text from claim where id::text = $1`, string(id))
}

// WindowOfPick is the window that a pick was made in.
func (db *Store) WindowOfPick(ctx context.Context, id skein.PickID) (skein.WindowID, error) {
	return lookUp[skein.WindowID](ctx, db, `select window_id::text from pick where id::text = $1`, string(id))
}

// WindowOfReview is the window of the claim that a review is about.
func (db *Store) WindowOfReview(ctx context.Context, id skein.ReviewID) (skein.WindowID, error) {
	return lookUp[skein.WindowID](ctx, db, `
		select claim.window_id::text from review join claim on claim.id = review.claim_id where review.id::text = $1`, string(id))
}

// LastClaimed is the window of somebody's last claim for a project that can be taken back.
func (db *Store) LastClaimed(ctx context.Context, project skein.ProjectID, person skein.PersonID) (skein.WindowID, error) {
	return lookUp[skein.WindowID](ctx, db, `
		select window_id::text
		from claim
		where project_id = $1 and person_id = $2
			and (state = 'draft' or state in `+core.ClaimAsks+`)
		order by drafted_at desc
		limit 1`, project, person)
}

// ProjectOfPick is the project that a pick is for.
func (db *Store) ProjectOfPick(ctx context.Context, id skein.PickID) (skein.ProjectID, error) {
	return lookUp[skein.ProjectID](ctx, db, `select project_id from pick where id::text = $1`, string(id))
}

// ProjectOfReview is the project that a review is about.
func (db *Store) ProjectOfReview(ctx context.Context, id skein.ReviewID) (skein.ProjectID, error) {
	return lookUp[skein.ProjectID](ctx, db, `select project_id from review where id::text = $1`, string(id))
}

// ProjectOfWindow is the project that a window is for.
func (db *Store) ProjectOfWindow(ctx context.Context, id skein.WindowID) (skein.ProjectID, error) {
	return lookUp[skein.ProjectID](ctx, db, `select project_id from claim_window where id::text = $1`, string(id))
}

// StoodIn is a stand-in and its project.
type StoodIn struct {
	ID      skein.StandInID
	Project skein.ProjectID
}

// StoodInFor lists where somebody stands in for a person, or is asked to, from today or before.
func (db *Store) StoodInFor(ctx context.Context, person skein.PersonID, today skein.Date) ([]StoodIn, error) {
	all, err := core.All[StoodIn](ctx, db.pool, `
		select id::text as id, project_id as project
		from stand_in
		where for_id = $1 and state in `+core.StandInOpen+` and from_on <= $2
		order by project_id`, person, today)
	return all, core.Translate(err)
}

// lookUp reads the one value that a row is looked up for; without the row it is ErrNotFound.
func lookUp[T any](ctx context.Context, db *Store, sql string, args ...any) (found T, err error) {
	found, err = core.Value[T](ctx, db.pool, sql, args...)
	return found, core.Translate(err)
}

// namedApart is the name of a joined person as a form takes it back: with their id in brackets where another
// who is not gone has the same.
func namedApart(person string) string {
	return `case when exists (
		select from person other
		where lower(other.name) = lower(` + person + `.name) and other.id <> ` + person + `.id and other.deactivated_at is null
	) then ` + person + `.name || ' (' || ` + person + `.id || ')' else ` + person + `.name end`
}
