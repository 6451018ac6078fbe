package gameboarddb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// CreatePriority adds a priority behind the others and returns its id.
func (db *Store) CreatePriority(ctx context.Context, by skein.By, p skein.Priority) (id skein.PriorityID, err error) {
	if err := p.Check(); err != nil {
		return "", err
	}
	err = core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if _, err := tx.Exec(ctx, `lock table priority in share row exclusive mode`); err != nil {
			return nil, err
		}
		if err := ownerHere(ctx, tx, by, "", p.Owner); err != nil {
			return nil, err
		}
		err := tx.QueryRow(ctx, `
			insert into priority (title, place, weight, horizon, measure, owner_id)
			values ($1, coalesce((select max(place) from priority), 0) + 1, $2, $3, $4, $5)
			returning id`,
			p.Title, p.Weight, p.Horizon, p.Measure, core.Nullable(p.Owner)).Scan(&id)
		return []skein.Event{priorityEvent("priority.create", id, p)}, err
	})
	return id, err
}

// UpdatePriority changes one priority by the caller's rule. Its place is moved by MovePriority.
func (db *Store) UpdatePriority(ctx context.Context, by skein.By, id skein.PriorityID, change func(*skein.Priority) error) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockPriority(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		before := p
		if err := change(&p); err != nil {
			return nil, err
		}
		if err := p.Check(); err != nil || p == before {
			return nil, err
		}
		if err := ownerHere(ctx, tx, by, before.Owner, p.Owner); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			update priority
			set title = $2, weight = $3, horizon = $4, measure = $5, owner_id = $6
			where id = $1`,
			id, p.Title, p.Weight, p.Horizon, p.Measure, core.Nullable(p.Owner))
		return []skein.Event{priorityEvent("priority.update", id, p)}, err
	})
}

// MovePriority brings a priority one place up (by -1) or down (by 1), past its neighbour, in the order
// that whoever moves it has read: by its version, see skein.OrderVersion. In another it is stale.
func (db *Store) MovePriority(ctx context.Context, by skein.By, id skein.PriorityID, step int, read string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		if _, err := tx.Exec(ctx, `lock table priority in share row exclusive mode`); err != nil {
			return nil, err
		}
		p, err := lockPriority(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		order, err := core.Values[skein.PriorityID](ctx, tx, `select id from priority where retired_at is null order by place`)
		if err != nil {
			return nil, err
		}
		if err := skein.Fresh(read, skein.OrderVersion(order)); err != nil {
			return nil, err
		}
		other := `select id, place from priority where retired_at is null and place > $1 order by place limit 1`
		if step < 0 {
			other = `select id, place from priority where retired_at is null and place < $1 order by place desc limit 1`
		}
		var neighbour string
		var place int
		err = tx.QueryRow(ctx, other, p.Place).Scan(&neighbour, &place)
		if core.Translate(err) == skein.ErrNotFound {
			return nil, skein.Conflict{Why: fmt.Sprintf("%s is at the end of the list already.", p.Title)}
		}
		if err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `
			update priority
			set place = case id when $1 then $4::int else $3::int end
			where id in ($1, $2)`, id, neighbour, p.Place, place)
		return []skein.Event{{
			Action: "priority.move", Noun: "priority", NounID: string(id),
			Details: map[string]any{"title": p.Title, "from": p.Place, "to": place},
		}}, err
	})
}

// RetirePriority takes a priority off the list as it was read, by its version. Projects keep it until
// they name another.
func (db *Store) RetirePriority(ctx context.Context, by skein.By, id skein.PriorityID, read string) error {
	return core.Write(ctx, db.pool, by, func(tx pgx.Tx) ([]skein.Event, error) {
		p, err := lockPriority(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if err := skein.Fresh(read, p.Version()); err != nil {
			return nil, err
		}
		_, err = tx.Exec(ctx, `update priority set retired_at = $2 where id = $1`, id, by.At)
		return []skein.Event{priorityEvent("priority.retire", id, p)}, err
	})
}

func lockPriority(ctx context.Context, tx pgx.Tx, id skein.PriorityID) (skein.Priority, error) {
	return core.One[skein.Priority](ctx, tx, `
		select id, title, place, weight::double precision as weight, horizon, measure, coalesce(owner_id, '') as owner
		from priority
		where id = $1 and retired_at is null
		for no key update`, id)
}

func priorityEvent(action string, id skein.PriorityID, p skein.Priority) skein.Event {
	return skein.Event{Action: action, Noun: "priority", NounID: string(id), Details: map[string]any{
		"title": p.Title, "weight": p.Weight, "horizon": p.Horizon, "measure": p.Measure, "owner": p.Owner,
	}}
}
