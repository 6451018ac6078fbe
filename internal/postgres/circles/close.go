package circlesdb

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	doordb "skein/internal/postgres/door"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
)

// Close closes a circle: its people, its projects and the circles within it go where it lay, its
// stewards' roles end, and its name is kept for the log. Seen is the version of the plan that whoever
// closes it was shown: where another holds by now it is an UnseenError with that one. What has to wait is
// a Conflict that names what for. Judge says what the stakes demand where claims begin again.
func (db *Store) Close(ctx context.Context, by skein.By, judge leaddb.Judge, id skein.CircleID, seen string) (p Plan, err error) {
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if err := lockTree(ctx, tx); err != nil {
			return nil, err
		}
		// Nobody comes in from here on: a key that refers to it waits, and then finds it gone.
		if err := core.Exec(ctx, tx, `select from circle where id = $1 for update`, id); err != nil {
			return nil, err
		}
		if p, err = closing(ctx, tx, id, by.Day, true); err != nil {
			return nil, err
		}
		if p.Alike != "" {
			return nil, skein.Conflict{Why: "Two called " + words.Name(p.Alike) + " would lie side by side. Rename one of them first."}
		}
		if len(p.Waits) > 0 {
			return nil, skein.Conflict{Why: p.WaitsSay()}
		}
		if seen != p.Version() {
			return nil, UnseenError{p}
		}
		return closeIt(ctx, tx, by, judge, p)
	})
	return p, err
}

// closeIt does what the plan says.
func closeIt(ctx context.Context, tx pgx.Tx, by skein.By, judge leaddb.Judge, p Plan) ([]skein.Event, error) {
	id := p.Circle.ID
	var events []skein.Event
	for _, s := range p.Stewards {
		more, err := doordb.TakeHatWithin(ctx, tx, by, s.ID, skein.Hat{Kind: skein.Steward, Circle: id})
		if err != nil {
			return nil, err
		}
		events = append(events, more...)
	}
	if err := core.Exec(ctx, tx, `update circle set parent_id = nullif($2, '') where parent_id = $1`, id, p.To); err != nil {
		return nil, err
	}
	more, err := rehome(ctx, tx, by, judge, p, func(of skein.CircleID) skein.CircleID {
		if of == id {
			return p.To
		}
		return of
	})
	if err != nil {
		return nil, err
	}
	events = append(events, more...)
	if more, err = takeProjects(ctx, tx, id, p.To); err != nil {
		return nil, err
	}
	events = append(events, more...)
	if more, err = takeFurther(ctx, tx, by, p); err != nil {
		return nil, err
	}
	events = append(events, more...)
	if err := takePeople(ctx, tx, by, p); err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `delete from circle where id = $1`, id); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `
		insert into closed_circle (id, name, parent_id, closed_at)
		values ($1, $2, nullif($3, ''), $4)
		on conflict (id) do update
		set name = excluded.name, parent_id = excluded.parent_id, closed_at = excluded.closed_at`, id, p.Circle.Name, p.To, by.At)
	return append(events, event("circle.close", id, map[string]any{
		"name": p.Circle.Name, "to": p.ToName, "people": p.People, "projects": p.Projects, "circles": len(p.Within), "restarted": len(p.Again),
	})), err
}

// takeProjects brings the projects for which nothing begins again along. A form that was open on one of
// them is told that it moved on.
func takeProjects(ctx context.Context, tx pgx.Tx, id, to skein.CircleID) ([]skein.Event, error) {
	type row struct {
		ID   skein.ProjectID
		Over bool
	}
	moved, err := core.All[row](ctx, tx, `
		update project
		set circle_id = nullif($2, ''), version = version + 1
		where circle_id = $1
		returning id, state in `+core.ProjectOver+` as over`, id, to)
	var events []skein.Event
	for _, p := range moved {
		if p.Over {
			continue
		}
		events = append(events, skein.Event{
			Action: "project.update", Noun: "project", NounID: string(p.ID), Project: p.ID,
			Details: map[string]any{"moved": false, "changed": map[string]any{"team": []any{id, to}}},
		})
	}
	return events, err
}

// takeFurther lets the circle that gets what was in this one move with the projects that this one moved with, but for
// those that belong to it anyway. Nothing begins again: the same people move, under another name, and what claims are
// decided by hangs on a project's own circle. A form that was open on one of them is told that it moved on, and so is
// whoever looks after the one that must move with it from now on.
func takeFurther(ctx context.Context, tx pgx.Tx, by skein.By, p Plan) ([]skein.Event, error) {
	id, to := p.Circle.ID, p.To
	type row struct {
		ID   skein.ProjectID
		Over bool
	}
	moved, err := core.All[row](ctx, tx, `
		update project
		set version = version + 1
		where id in (select project_id from further_circle where circle_id = $1)
		returning id, state in `+core.ProjectOver+` as over`, id)
	if err != nil {
		return nil, err
	}
	if err := leaddb.MoveFurther(ctx, tx, id, to); err != nil {
		return nil, err
	}
	var events []skein.Event
	for _, row := range moved {
		if !row.Over {
			events = append(events, skein.Event{
				Action: "project.update", Noun: "project", NounID: string(row.ID), Project: row.ID,
				Details: map[string]any{"moved": false, "changed": map[string]any{"teams": []any{id, to}}},
			})
		}
	}
	for _, m := range p.Moves {
		if m.Anyway || to == "" {
			continue
		}
		more, err := leaddb.UpdateWithin(ctx, tx, by, m.ID, func(l *lead.Lead) error {
			return l.TellMoved(by, slices.DeleteFunc(slices.Clone(l.Further), func(c skein.CircleID) bool { return c == to }))
		})
		if err != nil {
			return nil, err
		}
		events = append(events, more...)
	}
	return events, nil
}

// takePeople brings the people along, and tells those who are with the organisation, each once.
func takePeople(ctx context.Context, tx pgx.Tx, by skein.By, p Plan) error {
	if err := core.Exec(ctx, tx, `select count(*) from (select from person where circle_id = $1 order by id for no key update) locked`, p.Circle.ID); err != nil {
		return err
	}
	told, err := core.Values[skein.PersonID](ctx, tx, `
		select person.id
		from person
		where person.circle_id = @circle and person.id <> @who and`+core.ActiveToday+`
		order by person.id`, pgx.NamedArgs{"who": string(by.Person), "circle": p.Circle.ID, "today": by.Day})
	if err != nil {
		return err
	}
	notices := make([]skein.Notice, len(told))
	for i, to := range told {
		notices[i] = skein.Notice{
			To: to, Kind: skein.NoticeCircle, Code: skein.CodeClosed, Who: by.Person, Circle: p.Circle.ID,
			About: fmt.Sprintf("circle:%s:%d", p.Circle.ID, by.At.UnixMicro()),
		}
	}
	if err := core.Tell(ctx, tx, by, notices); err != nil {
		return err
	}
	return core.Exec(ctx, tx, `update person set circle_id = nullif($2, '') where circle_id = $1`, p.Circle.ID, p.To)
}
