package doordb

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// KnownIn is who signed in last in the browser that keeps that token; not found where it is nobody's any more.
func (db *Store) KnownIn(ctx context.Context, token []byte, wall time.Time) (skein.PersonID, error) {
	person, err := core.Value[skein.PersonID](ctx, db.pool, `select person_id from device where token_hash = $1 and expires_at > $2`, token, wall)
	return person, core.Translate(err)
}

// KeepForm keeps a form for a person, and forgets their oldest beyond skein.MostKeptForms. Wall is the time on the
// wall. The log does not tell: nothing has been done.
func (db *Store) KeepForm(ctx context.Context, person skein.PersonID, form skein.KeptForm, wall time.Time) error {
	err := pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		err := core.Exec(ctx, tx, `
			insert into kept_form (person_id, action, fields, kept_at, expires_at)
			values ($1, $2, $3, $4, $5)`, person, form.Action, form.Fields, wall, wall.Add(skein.KeptFormLife))
		if err != nil {
			return err
		}
		return core.Exec(ctx, tx, `
			delete from kept_form
			where id in (select id from kept_form where person_id = $1 order by kept_at desc, id desc offset $2)`,
			person, skein.MostKeptForms)
	})
	return core.Translate(err)
}

// KeptForms are what is kept for a person, the newest first.
func (db *Store) KeptForms(ctx context.Context, person skein.PersonID, wall time.Time) ([]skein.KeptForm, error) {
	found, err := core.All[skein.KeptForm](ctx, db.pool, `
		select id, action, fields, kept_at
		from kept_form
		where person_id = $1 and expires_at > $2
		order by kept_at desc, id desc`, person, wall)
	return found, core.Translate(err)
}

// DropKeptForm forgets a form that was kept for a person: it was used, or is not wanted. One that is gone stays so.
func (db *Store) DropKeptForm(ctx context.Context, person skein.PersonID, id string) error {
	return core.Translate(core.Exec(ctx, db.pool, `delete from kept_form where person_id = $1 and id = $2`, person, id))
}
