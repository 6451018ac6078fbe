package doordb

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// groupHat is a role, and the group by which somebody has it; "" by hand.
type groupHat struct {
	Kind   skein.HatKind
	Circle skein.CircleID
	Group  string
}

func (g groupHat) hat() skein.Hat { return skein.Hat{Kind: g.Kind, Circle: g.Circle} }

// followGroups gives the roles of somebody's groups, and takes those that a group gave and none gives any more. What
// was given by hand stays.
func (h *arriving) followGroups(ctx context.Context) error {
	given, err := core.All[groupHat](ctx, h.tx, `
		select distinct on (kind, circle_id) kind, coalesce(circle_id, '') as circle, name as group
		from group_role
		where name = any($1)
		order by kind, circle_id, name`, h.Groups)
	if err != nil {
		return err
	}
	held, err := core.All[groupHat](ctx, h.tx, `
		select kind, coalesce(circle_id, '') as circle, coalesce(from_group, '') as group
		from hat
		where person_id = $1
		order by kind, circle_id`, h.in.Person)
	if err != nil {
		return err
	}
	has := map[skein.Hat]string{}
	for _, one := range held {
		has[one.hat()] = one.Group
	}
	due := map[skein.Hat]bool{}
	for _, one := range given {
		due[one.hat()] = true
		group, there := has[one.hat()]
		if there && (group == "" || group == one.Group) {
			continue
		}
		if err := h.giveByGroup(ctx, one, there); err != nil {
			return err
		}
	}
	for _, one := range held {
		if one.Group != "" && !due[one.hat()] {
			if err := h.takeByGroup(ctx, one); err != nil {
				return err
			}
		}
	}
	return nil
}

// giveByGroup gives a role. Where they have it by another group, that it is this one now is all that changes.
func (h *arriving) giveByGroup(ctx context.Context, one groupHat, there bool) error {
	tag, err := h.tx.Exec(ctx, `
		insert into hat (person_id, kind, circle_id, given_at, from_group)
		values ($1, $2, $3, $4, $5)
		on conflict on constraint hat_once do update
		set from_group = excluded.from_group
		where hat.from_group is not null`,
		h.in.Person, one.Kind, core.Nullable(one.Circle), h.by.At, one.Group)
	if err != nil || there || tag.RowsAffected() == 0 {
		return err
	}
	h.events = append(h.events, groupEvent("hat.give", h.in.Person, one))
	return core.TellAccess(ctx, h.tx, h.skein(), skein.Notice{Code: skein.CodeGroupGave, Subject: h.in.Person, Hat: one.Kind, Circle: one.Circle})
}

// takeByGroup takes a role, unless somebody has to have it: then it stays until somebody else has.
func (h *arriving) takeByGroup(ctx context.Context, one groupHat) error {
	take := func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			delete from hat
			where person_id = $1 and kind = $2 and circle_id is not distinct from $3 and from_group is not null`,
			h.in.Person, one.Kind, core.Nullable(one.Circle))
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		return core.TellAccess(ctx, tx, h.skein(), skein.Notice{Code: skein.CodeGroupTook, Subject: h.in.Person, Hat: one.Kind, Circle: one.Circle})
	}
	err := pgx.BeginFunc(ctx, h.tx, func(tx pgx.Tx) error {
		if one.Kind != skein.Administrator {
			return take(tx)
		}
		return core.KeepAdministrator(ctx, tx, h.by.Day, func() error { return take(tx) })
	})
	if _, last := errors.AsType[skein.Refused](err); last {
		h.in.Kept = append(h.in.Kept, one.Kind)
		return nil
	}
	if err == nil {
		h.events = append(h.events, groupEvent("hat.take", h.in.Person, one))
	}
	return err
}

func groupEvent(action string, person skein.PersonID, one groupHat) skein.Event {
	e := hatEvent(action, person, one.hat())
	e.Details["group"], e.Ruled = one.Group, true
	return e
}
