package bulkdb

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

var projectFields = []mapped{
	{"title", column{"title", "text"}},
	{"group", column{"group_name", "text"}},
	{"start_date", column{"start_on", "date"}},
	{"purpose", column{"purpose", "text"}},
	{"circle", column{"circle_id", "text"}},
	{"priority", column{"priority_id", "text"}},
	{"trust", column{"trust", "text"}},
	{"hours_per_week", column{"hours_per_week", "numeric(5, 2)"}},
}

// projects loads projects with what their current phase is like. New ones are open; who leads them
// is said by the leads.
func (i *importing) projects(ctx context.Context) error {
	i.fresh, i.moved = map[skein.ProjectID]bool{}, map[skein.ProjectID][]skein.CircleID{}
	file, rows := i.folder.File("projects.csv"), i.folder.Projects
	if len(rows) == 0 {
		return nil
	}
	if err := i.restarts(ctx); err != nil {
		return err
	}
	trusts, err := core.Pairs[skein.ProjectID, skein.Trust](ctx, i.tx, `select id, trust from project`)
	if err != nil {
		return err
	}
	s := statedOf(file, projectFields)
	u := upsert{
		table: "project", columns: s.columns, tell: i.differs(file, s), attributes: file.Attributes,
		initial: []column{{"state", "text"}, {"made_at", "timestamptz"}, {"published_at", "timestamptz"}},
		touch:   "version = old.version + 1",
	}
	done, err := u.stage(ctx, i.tx, len(rows), func(n int) []any {
		p := rows[n]
		trust := cmp.Or(p.Trust, trusts[p.ID], skein.Weighed)
		return s.pick(p.ID, []any{
			p.Title, core.Nullable(p.Group), p.StartOn, p.Purpose,
			core.Nullable(p.Circle), core.Nullable(p.Priority), trust, p.HoursPerWeek,
		}, []any{skein.OpenForLead, i.by.At, i.by.At}, p.Attributes)
	})
	if err != nil {
		return err
	}
	for _, id := range done.added {
		i.fresh[skein.ProjectID(id)] = true
	}
	differ, err := i.projectsThatDiffer(ctx, file, done)
	if err != nil {
		return err
	}
	// locked as a verb locks them, so that nobody moves in one of them from here on
	if err := lockRows(ctx, i.tx, u.table, differ); err != nil {
		return err
	}
	if err := i.still(ctx, differ); err != nil {
		return err
	}
	if err := u.add(ctx, i.tx, done); err != nil {
		return err
	}
	if err := u.change(ctx, i.tx, done); err != nil {
		return err
	}
	written := slices.Concat(differ, done.added)
	changed, err := i.phases(ctx, file, written)
	if err != nil {
		return err
	}
	further, err := i.further(ctx, file, written)
	if err != nil {
		return err
	}
	changed = append(changed, further...)
	i.loaded.Projects = i.countProjects(done, append(i.edited, changed...))
	return i.bump(ctx, done, changed)
}

// countProjects counts a project as changed when it or its phase has.
func (i *importing) countProjects(done staged, phases []skein.ProjectID) folder.Tally {
	changed := map[string]bool{}
	for _, id := range done.changed {
		changed[id] = true
	}
	for _, id := range phases {
		if !i.fresh[id] {
			changed[string(id)] = true
		}
	}
	t := done.Tally
	t.Same -= len(changed) - t.Changed
	t.Changed = len(changed)
	return t
}

// bump raises the version of projects of which only the phase has changed.
func (i *importing) bump(ctx context.Context, done staged, phases []skein.ProjectID) error {
	var rest []string
	for _, id := range phases {
		if !i.fresh[id] && !slices.Contains(done.changed, string(id)) {
			rest = append(rest, string(id))
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return core.Exec(ctx, i.tx, `update project set version = version + 1 where id = any($1)`, rest)
}

// latestPhase is the phase that a folder speaks of: the current one, or the last when all is over.
const latestPhase = `
	select distinct on (phase.project_id) phase.project_id, phase.id
	from phase
	where phase.project_id = any($1)
	order by phase.project_id, phase.ended_at is null desc, phase.number desc`

// situationFields are the columns that projects.csv and the phase have in common.
var situationFields = []string{
	"uncertainty", "stakes", "urgency", "expertise", "commitment", "reach", "readiness",
}

// phases brings situations and requirements of some projects over, and returns those where they differed.
func (i *importing) phases(ctx context.Context, file folder.File, projects []string) ([]skein.ProjectID, error) {
	if len(projects) == 0 {
		return nil, nil
	}
	list := strings.Join(situationFields, ", ")
	_, err := i.tx.Exec(ctx, `
		insert into phase (project_id, `+list+`, stated_at)
		select project_id, `+list+`, $1
		from import_phase
		where project_id = any($2)
			and not exists (select from phase where phase.project_id = import_phase.project_id)
		order by project_id`, i.by.At, projects)
	if err != nil {
		return nil, err
	}
	changed, err := i.situations(ctx, file, projects)
	if err != nil || !file.States("requirements") {
		return changed, err
	}
	asked, err := i.requirements(ctx, projects)
	return append(changed, asked...), err
}

// situation lists the dimensions that the file has, as they stand and as they are to be.
func (i *importing) situation(file folder.File) (before, after []string) {
	for _, c := range situationFields {
		if file.States(c) {
			before, after = append(before, "phase."+c), append(after, "new."+c)
		}
	}
	return before, after
}

// situations states the dimensions that the file has.
func (i *importing) situations(ctx context.Context, file folder.File, projects []string) ([]skein.ProjectID, error) {
	before, after := i.situation(file)
	if len(before) == 0 {
		return nil, nil
	}
	var set []string
	for _, c := range after {
		set = append(set, strings.TrimPrefix(c, "new.")+" = "+c)
	}
	return core.Values[skein.ProjectID](ctx, i.tx, fmt.Sprintf(`
		update phase
		set %s, stated_at = $2, said_by = null, why = ''
		from import_phase new
		join (%s) latest on latest.project_id = new.project_id
		where phase.id = latest.id
			and row (%s) is distinct from row (%s)
		returning phase.project_id`,
		strings.Join(set, ", "), latestPhase, strings.Join(before, ", "), strings.Join(after, ", ")),
		projects, i.by.At)
}

func (i *importing) projectIDs() []string {
	ids := make([]string, len(i.folder.Projects))
	for n, p := range i.folder.Projects {
		ids[n] = string(p.ID)
	}
	return ids
}

// phaseOf returns the latest phase of each project.
func (i *importing) phaseOf(ctx context.Context, projects []string) (map[skein.ProjectID]skein.PhaseID, error) {
	return core.Pairs[skein.ProjectID, skein.PhaseID](ctx, i.tx, `
		select project_id, id::text from (`+latestPhase+`) latest`, projects)
}

// requirements writes anew what phases ask for where that differs. What a project has struck of
// the lens's practices stays struck unless the file asks for it.
func (i *importing) requirements(ctx context.Context, projects []string) ([]skein.ProjectID, error) {
	there, err := askedFor(ctx, i.tx, projects)
	if err != nil {
		return nil, err
	}
	phases, err := i.phaseOf(ctx, projects)
	if err != nil {
		return nil, err
	}
	var changed []skein.ProjectID
	var clear []string
	var rows [][]any
	for _, p := range i.folder.Projects {
		phase, differed := phases[p.ID]
		if !differed || slices.Equal(p.Requirements, there[p.ID]) {
			continue
		}
		changed = append(changed, p.ID)
		clear = append(clear, string(phase))
		for place, q := range p.Requirements {
			rows = append(rows, []any{string(phase), q.Skill, q.Importance, q.Level, q.Must, place})
		}
	}
	if len(changed) == 0 {
		return nil, nil
	}
	return changed, i.rewrite(ctx, clear, rows)
}

// rewrite puts rows in place of what the phases asked for.
func (i *importing) rewrite(ctx context.Context, phases []string, rows [][]any) error {
	if _, err := i.tx.Exec(ctx, `
		delete from requirement
		where phase_id = any($1::uuid[])
			and not struck`, phases); err != nil {
		return err
	}
	if _, err := i.tx.Exec(ctx, `
		create temp table import_requirement (
			phase_id text, skill_id text, importance smallint, level smallint, must boolean, place integer
		) on commit drop`); err != nil {
		return err
	}
	if _, err := i.tx.CopyFrom(ctx, pgx.Identifier{"import_requirement"},
		[]string{"phase_id", "skill_id", "importance", "level", "must", "place"}, pgx.CopyFromRows(rows)); err != nil {
		return err
	}
	return core.Exec(ctx, i.tx, `
		insert into requirement (phase_id, skill_id, importance, level, must, place)
		select phase_id::uuid, skill_id, importance, level, must, place
		from import_requirement
		on conflict (phase_id, skill_id) do update
		set importance = excluded.importance,
			level = excluded.level,
			must = excluded.must,
			place = excluded.place,
			struck = false`)
}

// askedFor reads what the latest phases of projects ask for, in order.
func askedFor(ctx context.Context, tx pgx.Tx, projects []string) (map[skein.ProjectID][]skein.Requirement, error) {
	rows, _ := tx.Query(ctx, `
		select latest.project_id, requirement.skill_id, requirement.importance::int, requirement.level::int, requirement.must
		from (`+latestPhase+`) latest
		join requirement on requirement.phase_id = latest.id
		where not requirement.struck
		order by latest.project_id, requirement.place, requirement.skill_id collate "C"`, projects)
	all := map[skein.ProjectID][]skein.Requirement{}
	var id skein.ProjectID
	var q skein.Requirement
	_, err := pgx.ForEachRow(rows, []any{&id, &q.Skill, &q.Importance, &q.Level, &q.Must}, func() error {
		all[id] = append(all[id], q)
		return nil
	})
	return all, err
}
