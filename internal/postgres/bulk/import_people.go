package bulkdb

import (
	"cmp"
	"context"
	"fmt"
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
	u := upsert{table: "circle", columns: s.columns, tell: i.differs(file, s), attributes: file.Attributes}
	done, err := i.bring(ctx, u, len(rows), func(n int) []any {
		c := rows[n]
		return s.pick(c.ID, []any{c.Name, core.Nullable(c.Parent), c.Purpose}, nil, c.Attributes)
	})
	i.loaded.Circles = done.Tally
	return err
}

// bring stages rows and adds the new ones. Those that differ are changed with all the others, late: until
// then nobody waits for this import.
func (i *importing) bring(ctx context.Context, u upsert, n int, row func(i int) []any) (staged, error) {
	s, err := u.stage(ctx, i.tx, n, row)
	if err != nil {
		return s, err
	}
	i.changes = append(i.changes, func(ctx context.Context) error { return u.change(ctx, i.tx, s) })
	return s, u.add(ctx, i.tx, s)
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
		table: "person", columns: s.columns, tell: i.differs(file, s), attributes: file.Attributes,
		initial: []column{{"made_at", "timestamptz"}},
	}
	row := func(n int) []any {
		p := rows[n]
		return s.pick(p.ID, []any{
			p.Name, core.Nullable(p.Email), core.Nullable(p.Circle), p.HoursPerWeek,
			p.ActiveFrom, p.ActiveUntil, core.Nullable(p.Manager),
		}, []any{i.by.At}, p.Attributes)
	}
	i.told(ImportStep{Doing: Sending, Table: "person", Rows: len(rows), Total: len(rows)})
	return i.bringPeople(ctx, u, len(rows), row)
}

// bringPeople brings people in by the way that is quickest for as many as there are.
func (i *importing) bringPeople(ctx context.Context, u upsert, n int, row func(int) []any) error {
	// the lock takes evidence along: its keys refer to people
	there, err := i.besideBulk(ctx, "person", n, ", evidence")
	switch {
	case err != nil:
		return err
	case there == 0:
		return i.withoutIndexes(ctx, "person", n, false, func() error {
			i.loaded.People = folder.Tally{New: n}
			return u.first(ctx, i.tx, n, row)
		})
	case there > 0:
		return i.withoutIndexes(ctx, "person", n, false, func() error {
			s, err := i.addPeople(ctx, u, n, row)
			if err != nil {
				return err
			}
			return i.changePeople(ctx, u, s)
		})
	}
	s, err := i.addPeople(ctx, u, n, row)
	i.changes = append(i.changes, func(ctx context.Context) error { return i.changePeople(ctx, u, s) })
	return err
}

func (i *importing) addPeople(ctx context.Context, u upsert, n int, row func(int) []any) (staged, error) {
	s, err := u.stage(ctx, i.tx, n, row)
	if err != nil {
		return s, err
	}
	i.loaded.People = s.Tally
	if len(s.added) > 0 {
		if err := i.freeAddresses(ctx, u, s, `not other.there`); err != nil {
			return s, err
		}
	}
	return s, u.add(ctx, i.tx, s)
}

func (i *importing) changePeople(ctx context.Context, u upsert, s staged) error {
	if len(s.changed) == 0 {
		return nil
	}
	return i.keepAdministrator(ctx, s.changed, func() error {
		if err := i.freeAddresses(ctx, u, s, `other.there`); err != nil {
			return err
		}
		before, err := i.lastDays(ctx, s.changed)
		if err != nil {
			return err
		}
		if err := u.change(ctx, i.tx, s); err != nil {
			return err
		}
		return i.tellLastDays(ctx, s.changed, before)
	})
}

// lastDays are those of people as they stand, where the file says any.
func (i *importing) lastDays(ctx context.Context, people []string) (map[skein.PersonID]skein.Date, error) {
	if !i.folder.File("people.csv").States("active_until") {
		return nil, nil //nolint:nilnil // an empty map reads the same
	}
	return core.Pairs[skein.PersonID, skein.Date](ctx, i.tx, `
		select id, active_until from person where id = any($1) and active_until is not null`, people)
}

// tellLastDays tells stewards of whom the file gives another last day.
func (i *importing) tellLastDays(ctx context.Context, people []string, before map[skein.PersonID]skein.Date) error {
	after, err := i.lastDays(ctx, people)
	if err != nil {
		return err
	}
	var moved []skein.PersonID
	for id, day := range after {
		if was, said := before[id]; !said || !was.Equal(day) {
			moved = append(moved, id)
		}
	}
	if len(moved) == 0 {
		return nil
	}
	slices.Sort(moved)
	return core.TellLastDay(ctx, i.tx, i.by, moved)
}

// freeAddresses takes e-mail addresses of people whose row changes away from them where some other row
// has it: two people may exchange theirs, and the index knows no order. The people are locked first, as
// change does.
func (i *importing) freeAddresses(ctx context.Context, u upsert, s staged, others string) error {
	if len(s.changed) == 0 || !i.folder.File("people.csv").States("email") {
		return nil
	}
	given, err := core.Values[string](ctx, i.tx, `
		select person.id
		from `+u.differs()+` mine
		join person on person.id = mine.id
		join `+u.differs()+` other on lower(other.email) = lower(person.email) and other.id <> person.id and `+others)
	if err != nil || len(given) == 0 {
		return err
	}
	if err := lockRows(ctx, i.tx, u.table, given); err != nil {
		return err
	}
	return core.Exec(ctx, i.tx, `update person set email = null where id = any($1)`, given)
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
	var twins []bool
	for _, s := range i.folder.Skills {
		if s.Mentioned {
			mentioned, called, twins = append(mentioned, string(s.ID)), append(called, s.Name), append(twins, s.Twin)
		} else {
			rows = append(rows, s)
		}
	}
	if err := i.stillNew(ctx, mentioned); err != nil {
		return err
	}
	made, err := i.tx.Exec(ctx, `
		insert into skill (id, name, twin)
		select id, name, twin
		from unnest($1::text[], $2::text[], $3::boolean[]) as named (id, name, twin)
		order by id
		on conflict (id) do nothing`, mentioned, called, twins)
	if err != nil {
		return err
	}
	kinds, err := i.kinds(ctx, rows)
	if err != nil {
		return err
	}
	s := statedOf(file, skillFields)
	u := upsert{table: "skill", columns: s.columns, tell: i.differs(file, s), initial: []column{{"twin", "boolean"}}, attributes: file.Attributes}
	done, err := i.bring(ctx, u, len(rows), func(n int) []any {
		k := rows[n]
		kind := cmp.Or(k.Kind, kinds[k.ID], skein.Domain)
		return s.pick(k.ID, []any{k.Name, kind, nullWhole(k.HalfLifeDays), core.Nullable(k.URI), core.Nullable(k.Parent)}, []any{k.Twin}, k.Attributes)
	})
	i.loaded.Skills = done.Tally
	i.loaded.Skills.New += int(made.RowsAffected())
	return err
}

// stillNew is ErrMoved where somebody has made a skill since the folder was checked that one of the folder is
// only another spelling of.
func (i *importing) stillNew(ctx context.Context, mentioned []string) error {
	if len(mentioned) == 0 {
		return nil
	}
	there, err := core.Pairs[string, string](ctx, i.tx, `select id, name from skill`)
	if err != nil {
		return err
	}
	keys := map[string]bool{}
	for id, name := range there {
		keys[skein.NameKey(id)], keys[skein.NameKey(name)] = true, true
	}
	for _, id := range mentioned {
		if _, same := there[id]; !same && keys[skein.NameKey(id)] {
			return ErrMoved
		}
	}
	return nil
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
	there, err := core.Pairs[skein.PriorityID, bool](ctx, i.tx, `select id, true from priority`)
	if err != nil {
		return err
	}
	place := 0 // among the new ones
	s := statedOf(file, priorityFields)
	u := upsert{
		table: "priority", columns: s.columns, tell: i.differs(file, s), attributes: file.Attributes,
		initial: []column{{"place", "integer"}},
	}
	done, err := u.stage(ctx, i.tx, len(rows), func(n int) []any {
		p := rows[n]
		if !there[p.ID] {
			place++
		}
		return s.pick(p.ID, []any{p.Title, p.Weight, p.Horizon, p.Measure, core.Nullable(p.Owner)}, []any{place}, p.Attributes)
	})
	i.loaded.Priorities = done.Tally
	if err != nil {
		return err
	}
	// Late, because whoever makes or moves a priority waits from here on until the import is done.
	i.changes = append(i.changes, func(ctx context.Context) error {
		if err := i.placeLast(ctx, u, done); err != nil {
			return err
		}
		return u.change(ctx, i.tx, done)
	})
	return nil
}

// placeLast adds new priorities behind those that are there once nobody else makes or moves any: they
// hold the table against rows that are written.
func (i *importing) placeLast(ctx context.Context, u upsert, s staged) error {
	if len(s.added) == 0 {
		return nil
	}
	if err := i.each(ctx, []string{
		`lock table priority in row exclusive mode`,
		fmt.Sprintf(`update %s set place = place + (select coalesce(max(place), 0) from priority)`, u.differs()),
	}); err != nil {
		return err
	}
	return u.add(ctx, i.tx, s)
}
