package bulkdb

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Export hands everything that the files can hold to write, as of one moment. The folder is good
// only while write runs: its evidence is read from the database as it is asked for.
//
// Drafts and cancelled projects stay behind, and so does evidence that somebody hides: the files
// have no word for them, and elsewhere they would come out as open, or as shown.
func (db *Store) Export(ctx context.Context, write func(*folder.Folder) error) error {
	err := core.Snapshot(ctx, db.pool, func(tx pgx.Tx) error {
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

// rowsOf reads a file's rows; what is not selected stays blank.
func rowsOf[T any](ctx context.Context, tx pgx.Tx, sql string) ([]T, error) {
	rows, _ := tx.Query(ctx, sql)
	return pgx.CollectRows(rows, pgx.RowToStructByNameLax[T])
}

func (e *exporting) circles(ctx context.Context) (err error) {
	e.folder.Circles, err = rowsOf[folder.CircleRow](ctx, e.tx, `
		select id, name, coalesce(parent_id, '') as parent, purpose, nullif(attributes, '{}') as attributes
		from circle
		order by id collate "C"`)
	return err
}

func (e *exporting) people(ctx context.Context) (err error) {
	e.folder.People, err = rowsOf[folder.PersonRow](ctx, e.tx, `
		select id, name, coalesce(email, '') as email, coalesce(circle_id, '') as circle, hours_per_week::float8,
			active_from, active_until, coalesce(manager_id, '') as manager, nullif(attributes, '{}') as attributes
		from person
		order by id collate "C"`)
	return err
}

func (e *exporting) skills(ctx context.Context) (err error) {
	e.folder.Skills, err = rowsOf[folder.SkillRow](ctx, e.tx, `
		select id, name, kind, coalesce(half_life_days, 0) as half_life_days, coalesce(uri, '') as uri,
			coalesce(parent_id, '') as parent, nullif(attributes, '{}') as attributes
		from skill
		order by id collate "C"`)
	return err
}

// priorities leaves out those that are retired, unless a project still names them.
func (e *exporting) priorities(ctx context.Context) (err error) {
	e.folder.Priorities, err = rowsOf[folder.PriorityRow](ctx, e.tx, `
		select id, title, weight::float8, horizon, measure, coalesce(owner_id, '') as owner, nullif(attributes, '{}') as attributes
		from priority
		where retired_at is null
			or exists (
				select from project
				where project.priority_id = priority.id
					and project.state in `+core.ProjectHappens+`
			)
		order by place, id collate "C"`)
	return err
}

func (e *exporting) projects(ctx context.Context) (err error) {
	e.folder.Projects, err = rowsOf[folder.ProjectRow](ctx, e.tx, `
		select id, title, coalesce(group_name, '') as group, start_on, purpose, coalesce(circle_id, '') as circle,
			coalesce(priority_id, '') as priority, trust, hours_per_week::float8, nullif(attributes, '{}') as attributes
		from project
		where state in `+core.ProjectHappens+`
		order by id collate "C"`)
	if err != nil || len(e.folder.Projects) == 0 {
		return err
	}
	var ids []string
	for _, p := range e.folder.Projects {
		ids = append(ids, string(p.ID))
	}
	situations, err := situationsOf(ctx, e.tx, ids)
	if err != nil {
		return err
	}
	requirements, err := askedFor(ctx, e.tx, ids)
	if err != nil {
		return err
	}
	further, err := furtherOf(ctx, e.tx, ids)
	for n := range e.folder.Projects {
		p := &e.folder.Projects[n]
		p.Situation, p.Requirements, p.Further = situations[p.ID], requirements[p.ID], further[p.ID]
	}
	return err
}

// lead is the term as a folder has it.
func (t *termRow) lead() folder.LeadRow {
	return folder.LeadRow{
		Project: t.Project, Person: t.Person, Role: t.Role,
		From: t.From, Until: t.Until, EndsOn: t.EndsOn, Attributes: t.Attributes,
	}
}

func (e *exporting) leads(ctx context.Context) error {
	terms, err := core.All[termRow](ctx, e.tx, termsSQL+`
		and exists (select from project where project.id = term.project_id and project.state in `+core.ProjectHappens+`)
		order by term.project_id collate "C", "from", term.role desc, term.person_id collate "C", upper(term.during), term.id`)
	for n := range terms {
		e.folder.Leads = append(e.folder.Leads, terms[n].lead())
	}
	return err
}

// evidence is read row by row while it is written; only the names of its attributes come first.
func (e *exporting) evidence(ctx context.Context) error {
	names, err := core.Values[string](ctx, e.tx, `
		select distinct jsonb_object_keys(attributes) collate "C"
		from evidence
		where hidden_at is null
			and attributes <> '{}'
		order by 1`)
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

// NoteExport writes into the log that somebody took everything along: how many rows of what.
func (db *Store) NoteExport(ctx context.Context, by skein.By, files []folder.File) error {
	rows := map[string]any{}
	for _, f := range files {
		rows[f.Name] = f.Rows
	}
	return core.Write(ctx, db.pool, by, func(pgx.Tx) ([]skein.Event, error) {
		return []skein.Event{{
			Action: "import.export", Noun: "import", NounID: by.At.UTC().Format("2006-01-02T15:04:05.000Z"),
			Details: map[string]any{"rows": rows},
		}}, nil
	})
}
