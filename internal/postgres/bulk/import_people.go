package bulkdb

import (
	"cmp"
	"context"
	"slices"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

var circleFields = []mapped{
	{"name", column{"name", "text"}},
	{"parent", column{"parent_id", "text"}},
	{"purpose", column{"purpose", "text"}},
}

func (i *importing) circles(ctx context.Context) error {
	file, rows := i.folder.File("circles.csv"), i.folder.Circles
	s := statedOf(file, circleFields)
	u := upsert{table: "circle", columns: s.columns, attributes: file.Attributes}
	done, err := u.run(ctx, i.tx, len(rows), func(n int) []any {
		c := rows[n]
		return s.pick(c.ID, []any{c.Name, core.Nullable(c.Parent), c.Purpose}, nil, c.Attributes)
	})
	i.loaded.Circles = done.Tally
	return err
}

var personFields = []mapped{
	{"name", column{"name", "text"}},
	{"email", column{"email", "text"}},
	{"circle", column{"circle_id", "text"}},
	{"hours_per_week", column{"hours_per_week", "numeric(5, 2)"}},
	{"active_from", column{"active_from", "date"}},
	{"active_until", column{"active_until", "date"}},
	{"manager", column{"manager_id", "text"}},
}

func (i *importing) people(ctx context.Context) error {
	file, rows := i.folder.File("people.csv"), i.folder.People
	s := statedOf(file, personFields)
	u := upsert{
		table: "person", columns: s.columns, attributes: file.Attributes,
		initial: []column{{"made_at", "timestamptz"}},
	}
	row := func(n int) []any {
		p := rows[n]
		return s.pick(p.ID, []any{
			p.Name, core.Nullable(p.Email), core.Nullable(p.Circle), p.HoursPerWeek,
			p.ActiveFrom, p.ActiveUntil, core.Nullable(p.Manager),
		}, []any{i.by.At}, p.Attributes)
	}
	bring := func() error {
		if err := i.freeAddresses(ctx, file); err != nil {
			return err
		}
		done, err := u.run(ctx, i.tx, len(rows), row)
		i.loaded.People = done.Tally
		return err
	}
	i.told(ImportStep{Doing: Sending, Table: "person", Rows: len(rows), Total: len(rows)})
	return i.keepAdministrator(ctx, func() error { return i.bringPeople(ctx, u, len(rows), row, bring) })
}

// bringPeople brings people in by the way that is quickest for as many as there are.
func (i *importing) bringPeople(ctx context.Context, u upsert, n int, row func(int) []any, bring func() error) error {
	// the lock takes evidence along: its keys refer to people
	there, err := i.besideBulk(ctx, "person", n, ", evidence")
	switch {
	case err != nil:
		return err
	case there == 0:
		return i.aside(ctx, "person", n, false, func() error {
			i.loaded.People = folder.Tally{New: n}
			return u.first(ctx, i.tx, n, row)
		})
	case there > 0:
		return i.aside(ctx, "person", n, false, bring)
	}
	return bring()
}

// freeAddresses takes e-mail addresses that are about to change out of the way, so that two people
// may exchange theirs: the index knows no order. They still count as changed afterwards.
func (i *importing) freeAddresses(ctx context.Context, file folder.File) error {
	if !file.States("email") {
		return nil
	}
	var people, addresses []string
	for _, p := range i.folder.People {
		people, addresses = append(people, string(p.ID)), append(addresses, p.Email)
	}
	return core.Exec(ctx, i.tx, `
		update person
		set email = chr(1) || person.id
		from unnest($1::text[], $2::text[]) as row (id, email)
		where person.id = row.id
			and person.email <> row.email`, people, addresses)
}

var skillFields = []mapped{
	{"name", column{"name", "text"}},
	{"kind", column{"kind", "text"}},
	{"half_life_days", column{"half_life_days", "integer"}},
	{"uri", column{"uri", "text"}},
	{"parent", column{"parent_id", "text"}},
}

func (i *importing) skills(ctx context.Context) error {
	file := i.folder.File("skills.csv")
	var rows []folder.SkillRow
	var mentioned, called []string
	for _, s := range i.folder.Skills {
		if s.Mentioned {
			mentioned, called = append(mentioned, string(s.ID)), append(called, s.Name)
		} else {
			rows = append(rows, s)
		}
	}
	made, err := i.tx.Exec(ctx, `
		insert into skill (id, name)
		select id, name
		from unnest($1::text[], $2::text[]) as named (id, name)
		on conflict (id) do nothing`, mentioned, called)
	if err != nil {
		return err
	}
	kinds, err := i.kinds(ctx, rows)
	if err != nil {
		return err
	}
	s := statedOf(file, skillFields)
	u := upsert{table: "skill", columns: s.columns, attributes: file.Attributes}
	done, err := u.run(ctx, i.tx, len(rows), func(n int) []any {
		k := rows[n]
		kind := cmp.Or(k.Kind, kinds[k.ID], skein.Domain)
		return s.pick(k.ID, []any{k.Name, kind, nullWhole(k.HalfLifeDays), core.Nullable(k.URI), core.Nullable(k.Parent)}, nil, k.Attributes)
	})
	i.loaded.Skills = done.Tally
	i.loaded.Skills.New += int(made.RowsAffected())
	return err
}

// kinds returns of which kind skills are: a blank leaves them so.
func (i *importing) kinds(ctx context.Context, rows []folder.SkillRow) (map[skein.SkillID]skein.SkillKind, error) {
	blank := slices.ContainsFunc(rows, func(s folder.SkillRow) bool { return s.Kind == "" })
	if !blank {
		return nil, nil //nolint:nilnil // an empty map reads the same
	}
	return core.Pairs[skein.SkillID, skein.SkillKind](ctx, i.tx, `select id, kind from skill`)
}

var priorityFields = []mapped{
	{"title", column{"title", "text"}},
	{"weight", column{"weight", "numeric(6, 3)"}},
	{"horizon", column{"horizon", "text"}},
	{"measure", column{"measure", "text"}},
	{"owner", column{"owner_id", "text"}},
}

// priorities places new ones behind the others, in the order of the file.
func (i *importing) priorities(ctx context.Context) error {
	file := i.folder.File("priorities.csv")
	rows := i.folder.Priorities
	if len(rows) == 0 {
		return nil
	}
	if _, err := i.tx.Exec(ctx, `lock table priority in share row exclusive mode`); err != nil {
		return err
	}
	there, err := core.Pairs[skein.PriorityID, int](ctx, i.tx, `select id, place from priority`)
	if err != nil {
		return err
	}
	place := 0
	for _, p := range there {
		place = max(place, p)
	}
	s := statedOf(file, priorityFields)
	u := upsert{
		table: "priority", columns: s.columns, attributes: file.Attributes,
		initial: []column{{"place", "integer"}},
	}
	done, err := u.run(ctx, i.tx, len(rows), func(n int) []any {
		p := rows[n]
		at, known := there[p.ID]
		if !known {
			place++
			at = place
		}
		return s.pick(p.ID, []any{p.Title, p.Weight, p.Horizon, p.Measure, core.Nullable(p.Owner)}, []any{at}, p.Attributes)
	})
	i.loaded.Priorities = done.Tally
	return err
}
