package circlesdb

import (
	"context"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
)

// UnseenError says that an act does more than whoever asked for it was shown: nothing was changed.
type UnseenError struct{ Plan Plan }

func (UnseenError) Error() string { return "it does more than was shown" }

// Move brings a circle, with all that lies in it, into another; "" is none. Read is the version of where
// it lay as its form showed it, and seen that of what the move does to open projects, where it does
// something: else an UnseenError says so first. A ring is Invalid; where claims have to close first it is
// a Conflict that names what for. Judge says what the stakes demand where claims begin again.
func (db *Store) Move(ctx context.Context, by skein.By, judge leaddb.Judge, id, to skein.CircleID, read, seen string) (changed bool, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := lockTree(ctx, tx); err != nil {
			return nil, err
		}
		c, err := core.One[skein.Circle](ctx, tx, circleSQL, id)
		if err != nil || c.Parent == to {
			return nil, err
		}
		if err := skein.Fresh(read, c.PlaceVersion()); err != nil {
			return nil, err
		}
		p, err := moving(ctx, tx, id, to, by.Day)
		if err != nil {
			return nil, err
		}
		if err := p.mayGo(seen); err != nil {
			return nil, err
		}
		was := c.Parent
		if c.Parent = to; c.Parent != was {
			if err := freeName(ctx, tx, c); err != nil {
				return nil, onField(err, "parent", "Another one of that name lies there. Rename one of the two first.")
			}
		}
		if _, err := tx.Exec(ctx, `update circle set parent_id = nullif($2, '') where id = $1`, id, to); err != nil {
			return nil, err
		}
		changed = true
		events, err := rehome(ctx, tx, by, judge, p, nil)
		return append(events, event("circle.move", id, map[string]any{"to": p.ToName, "was": nameOf(ctx, tx, was), "restarted": len(p.Again)})), err
	})
	return changed && err == nil, err
}

// moving says what a move does, as rows stand, and locks the projects that it bears on.
func moving(ctx context.Context, tx pgx.Tx, id, to skein.CircleID, today skein.Date) (Plan, error) {
	t, anywhere, err := tree(ctx, tx, today)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Circle: t[id], To: to, ToName: t[to].Name}
	if to != "" && t[to].ID == "" {
		return p, skein.Invalid{{Field: "parent", Message: "There is no such one any more. Choose another."}}
	}
	if t.Within(to, id) {
		says := words.Name(t[to].Name) + " lies within " + words.Name(p.Circle.Name) + ", so neither would have an end. Choose one that does not, or move " + words.Name(t[to].Name) + " first."
		if to == id {
			says = "It cannot lie within itself. Choose another."
		}
		return p, skein.Invalid{{Field: "parent", Message: says}}
	}
	circles := t.Moves(t.Moved(id, to), id, "", anywhere)
	if err := lockIn(ctx, tx, circles); err != nil {
		return p, err
	}
	return p, p.bears(ctx, tx, circles)
}

// mayGo refuses what has to wait, naming what for, and what whoever asked was not shown.
func (p Plan) mayGo(seen string) error {
	if len(p.Waits) > 0 {
		return skein.Conflict{Why: p.WaitsSay()}
	}
	if len(p.Again) > 0 && seen != p.Version() {
		return UnseenError{p}
	}
	return nil
}

// WaitsSay says what has to happen first.
func (p Plan) WaitsSay() string {
	says := "What decides claims would change under them."
	for _, one := range p.Waits {
		says += " " + words.Name(one.Title) + ": " + words.LowerFirst(one.Why)
	}
	return says
}

// rehome begins claims again in the projects that the change bears on; to says where a project of some
// circle goes, nil that each stays in its own.
func rehome(ctx context.Context, tx pgx.Tx, by skein.By, judge leaddb.Judge, p Plan, to func(skein.CircleID) skein.CircleID) ([]skein.Event, error) {
	var events []skein.Event
	for _, one := range p.Again {
		more, err := leaddb.Rehome(ctx, tx, by, judge, one.ID, to)
		if err != nil {
			return nil, err
		}
		events = append(events, more...)
	}
	return events, nil
}

// nameOf is what a circle is called; "" where there is none.
func nameOf(ctx context.Context, tx pgx.Tx, id skein.CircleID) string {
	name, _ := core.Value[string](ctx, tx, `select coalesce((select name from circle where id = $1), '')`, id)
	return name
}

// onField says what is wrong at another field, in other words.
func onField(err error, field, says string) error {
	if _, ok := err.(skein.Invalid); ok { //nolint:errorlint // as it was made
		return skein.Invalid{{Field: field, Message: says}}
	}
	return err
}
