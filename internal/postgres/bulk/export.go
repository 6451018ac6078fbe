package bulkdb

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
)

// Export hands everything that the files can hold to write, as of one moment. The folder is good
// only while write runs: its evidence is read from the database as it is asked for.
//
// Drafts and cancelled projects stay behind, and so does evidence that somebody hides: the files
// have no word for them, and elsewhere they would come out as open, or as shown.
func (db *Store) Export(ctx context.Context, write func(*folder.Folder) error) error {
	err := pgx.BeginTxFunc(ctx, db.pool, snapshot, func(tx pgx.Tx) error {
		for _, prepare := range []string{
			`set local statement_timeout = 0`,
			// before the moment is fixed: the rows of a first import are seen whenever they are looked at
			`lock table evidence in access share mode`,
		} {
			if _, err := tx.Exec(ctx, prepare); err != nil {
				return err
			}
		}
		e := &exporting{tx: tx, folder: &folder.Folder{}}
		for _, read := range []func(context.Context) error{
			e.circles, e.people, e.skills, e.priorities, e.projects, e.leads, e.evidence,
		} {
			if err := read(ctx); err != nil {
				return err
			}
		}
		return write(e.folder)
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// exporting is one export under way in its transaction.
type exporting struct {
	tx     pgx.Tx
	folder *folder.Folder
}

func (e *exporting) circles(ctx context.Context) (err error) {
	rows, _ := e.tx.Query(ctx, `
		select id, name, coalesce(parent_id, ''), purpose, nullif(attributes, '{}')
		from circle
		order by id collate "C"`)
	var c folder.CircleRow
	_, err = pgx.ForEachRow(rows, []any{&c.ID, &c.Name, &c.Parent, &c.Purpose, &c.Attributes}, func() error {
		e.folder.Circles = append(e.folder.Circles, c)
		return nil
	})
	return err
}

func (e *exporting) people(ctx context.Context) error {
	rows, _ := e.tx.Query(ctx, `
		select id, name, coalesce(email, ''), coalesce(circle_id, ''), hours_per_week::float8,
			active_from, active_until, coalesce(manager_id, ''), nullif(attributes, '{}')
		from person
		order by id collate "C"`)
	var p folder.PersonRow
	into := []any{
		&p.ID, &p.Name, &p.Email, &p.Circle, &p.HoursPerWeek,
		&p.ActiveFrom, &p.ActiveUntil, &p.Manager, &p.Attributes,
	}
	_, err := pgx.ForEachRow(rows, into, func() error {
		e.folder.People = append(e.folder.People, p)
		return nil
	})
	return err
}

func (e *exporting) skills(ctx context.Context) error {
	rows, _ := e.tx.Query(ctx, `
		select id, name, kind, coalesce(half_life_days, 0), coalesce(uri, ''), coalesce(parent_id, ''), nullif(attributes, '{}')
		from skill
		order by id collate "C"`)
	var s folder.SkillRow
	into := []any{&s.ID, &s.Name, &s.Kind, &s.HalfLifeDays, &s.URI, &s.Parent, &s.Attributes}
	_, err := pgx.ForEachRow(rows, into, func() error {
		e.folder.Skills = append(e.folder.Skills, s)
		return nil
	})
	return err
}

// priorities leaves out those that are retired, unless a project still names them.
func (e *exporting) priorities(ctx context.Context) error {
	rows, _ := e.tx.Query(ctx, `
		select id, title, weight::float8, horizon, measure, coalesce(owner_id, ''), nullif(attributes, '{}')
		from priority
		where retired_at is null
			or exists (
				select from project
				where project.priority_id = priority.id
					and project.state in `+core.ProjectHappens+`
			)
		order by place, id collate "C"`)
	var p folder.PriorityRow
	into := []any{&p.ID, &p.Title, &p.Weight, &p.Horizon, &p.Measure, &p.Owner, &p.Attributes}
	_, err := pgx.ForEachRow(rows, into, func() error {
		e.folder.Priorities = append(e.folder.Priorities, p)
		return nil
	})
	return err
}

func (e *exporting) projects(ctx context.Context) error {
	rows, _ := e.tx.Query(ctx, `
		select id, title, coalesce(group_name, ''), start_on, purpose,
			coalesce(circle_id, ''), coalesce(priority_id, ''), trust, hours_per_week::float8, nullif(attributes, '{}')
		from project
		where state in `+core.ProjectHappens+`
		order by id collate "C"`)
	var p folder.ProjectRow
	var ids []string
	into := []any{
		&p.ID, &p.Title, &p.Group, &p.StartOn, &p.Purpose,
		&p.Circle, &p.Priority, &p.Trust, &p.HoursPerWeek, &p.Attributes,
	}
	_, err := pgx.ForEachRow(rows, into, func() error {
		e.folder.Projects = append(e.folder.Projects, p)
		ids = append(ids, string(p.ID))
		return nil
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	situations, err := situationsOf(ctx, e.tx, ids)
	if err != nil {
		return err
	}
	asked, _ := e.tx.Query(ctx, askedForSQL, ids)
	requirements, err := requirementsByProject(asked)
	for n := range e.folder.Projects {
		p := &e.folder.Projects[n]
		p.Situation, p.Requirements = situations[p.ID], requirements[p.ID]
	}
	return err
}

// lead is the term as a folder has it.
func (t *termRow) lead() folder.LeadRow {
	return folder.LeadRow{
		Project: t.Project, Person: t.Person, Role: t.Role,
		From: t.From, Until: t.Until, Attributes: t.Attributes,
	}
}

func (e *exporting) leads(ctx context.Context) error {
	rows, _ := e.tx.Query(ctx, termsSQL+`
		and exists (select from project where project.id = term.project_id and project.state in `+core.ProjectHappens+`)
		order by term.project_id collate "C", lower(term.during), term.role desc, term.person_id collate "C", upper(term.during), term.id`)
	terms, err := pgx.CollectRows(rows, pgx.RowToStructByName[termRow])
	for n := range terms {
		e.folder.Leads = append(e.folder.Leads, terms[n].lead())
	}
	return err
}

// evidence is read row by row while it is written; only the names of its attributes come first.
func (e *exporting) evidence(ctx context.Context) error {
	rows, _ := e.tx.Query(ctx, `
		select distinct jsonb_object_keys(attributes) collate "C"
		from evidence
		where hidden_at is null
			and attributes <> '{}'
		order by 1`)
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	e.folder.Files = append(e.folder.Files, folder.File{Name: "evidence.csv", Attributes: names})
	e.folder.Evidence = func(yield func(folder.EvidenceRow, error) bool) {
		if err := e.walk(ctx, yield); err != nil && !errors.Is(err, errStopped) {
			yield(folder.EvidenceRow{}, err)
		}
	}
	return nil
}

// errStopped ends a walk that nobody wants any more of.
var errStopped = errors.New("stopped")

func (e *exporting) walk(ctx context.Context, yield func(folder.EvidenceRow, error) bool) error {
	rows, _ := e.tx.Query(ctx, `
		select person_id, skill_id, kind, level::int, observed_on, expires_on,
			coalesce(given_by, ''), coalesce(source, ''), nullif(attributes, '{}')
		from evidence
		where hidden_at is null
		order by person_id collate "C", skill_id collate "C", observed_on, kind collate "C", expires_on,
			given_by collate "C", source collate "C"`)
	var r folder.EvidenceRow
	into := []any{
		&r.Person, &r.Skill, &r.Kind, &r.Level, &r.ObservedOn, &r.ExpiresOn,
		&r.GivenBy, &r.Source, &r.Attributes,
	}
	_, err := pgx.ForEachRow(rows, into, func() error {
		if !yield(r, nil) {
			return errStopped
		}
		return nil
	})
	return err
}
