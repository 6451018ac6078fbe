package bulkdb

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// termRow is a term that began, as an import finds it.
type termRow struct {
	ID         string
	Project    skein.ProjectID
	Person     skein.PersonID
	Role       skein.Role
	State      skein.TermState
	From       skein.Date
	Until      skein.Date // last day; zero while it lasts
	Attributes folder.Attributes
}

// termsSQL reads terms that began. A folder says nothing of offers.
var termsSQL = `
	select term.id::text as id,
		term.project_id as project,
		term.person_id as person,
		term.role,
		term.state,
		lower(term.during) as "from",
		(upper(term.during) - 1) as until,
		nullif(term.attributes, '{}') as attributes
	from term
	where term.during is not null
		and term.state in ` + core.TermBegun + `
		and term.role in ('primary', 'co')`

// place is one of somebody's places in a project.
type place struct {
	project skein.ProjectID
	person  skein.PersonID
	role    skein.Role
}

// leads brings leads.csv over and then says of each project that it touched where it stands.
func (i *importing) leads(ctx context.Context) error {
	rows := i.folder.Leads
	touched := maps.Clone(i.fresh)
	if len(rows) > 0 {
		projects := map[skein.ProjectID]bool{}
		for _, l := range rows {
			projects[l.Project] = true
		}
		list := core.Texts(slices.Collect(maps.Keys(projects)))
		terms, err := core.All[termRow](ctx, i.tx, termsSQL+` and term.project_id = any($1) order by term.id`, list)
		if err != nil {
			return err
		}
		phases, err := i.phaseOf(ctx, list)
		if err != nil {
			return err
		}
		moved, err := i.terms(ctx, rows, pairUp(rows, terms), phases)
		if err != nil {
			return err
		}
		maps.Copy(touched, moved)
	}
	return i.settle(ctx, touched)
}

// pairUp finds for each row the term that it speaks of: the same days; else, who is in office in
// that place; else the same first day. What is left over is new. No term is spoken of twice.
func pairUp(rows []folder.LeadRow, terms []termRow) []*termRow {
	free := map[place][]*termRow{}
	for n := range terms {
		t := &terms[n]
		at := place{t.Project, t.Person, t.Role}
		free[at] = append(free[at], t)
	}
	found := make([]*termRow, len(rows))
	for _, same := range []func(folder.LeadRow, *termRow) bool{
		func(l folder.LeadRow, t *termRow) bool { return l.From.Equal(t.From) && l.Until.Equal(t.Until) },
		func(l folder.LeadRow, t *termRow) bool { return l.Until.IsZero() && t.State.Holds() },
		func(l folder.LeadRow, t *termRow) bool { return l.From.Equal(t.From) },
		func(l folder.LeadRow, t *termRow) bool {
			return l.From.IsZero() && (l.Until.Equal(t.Until) || t.State.Holds())
		},
	} {
		for n, l := range rows {
			if found[n] != nil {
				continue
			}
			at := place{l.Project, l.Person, l.Role}
			if k := slices.IndexFunc(free[at], func(t *termRow) bool { return same(l, t) }); k >= 0 {
				found[n] = free[at][k]
				free[at] = slices.Delete(free[at], k, k+1)
			}
		}
	}
	return found
}

// terms writes what differs and what is new, and returns the projects whose lead that concerns.
// Terms that end are written first: a project has one lead at a time.
func (i *importing) terms(ctx context.Context, rows []folder.LeadRow, found []*termRow,
	phases map[skein.ProjectID]skein.PhaseID,
) (map[skein.ProjectID]bool, error) {
	moved := map[skein.ProjectID]bool{}
	ends, goes, begins := &pgx.Batch{}, &pgx.Batch{}, &pgx.Batch{}
	tally := &i.loaded.Leads
	attributes := i.folder.File("leads.csv").Attributes
	for n, l := range rows {
		t := found[n]
		i.complete(&l, t)
		merged := merge(t, l.Attributes, attributes)
		if t != nil && l.From.Equal(t.From) && l.Until.Equal(t.Until) && maps.Equal(merged, t.Attributes) {
			tally.Same++
			continue
		}
		if l.Role == skein.Primary {
			moved[l.Project] = true
		}
		extra, err := json.Marshal(merged)
		if err != nil {
			return nil, err
		}
		switch {
		case t == nil:
			tally.New++
			voidAsked(ends, l, i.by.At)
			insertTerm(begins, l, phases[l.Project], extra)
		case l.Until.IsZero():
			tally.Changed++
			updateTerm(goes, t, l, extra)
		default:
			tally.Changed++
			updateTerm(ends, t, l, extra)
		}
	}
	for _, batch := range []*pgx.Batch{ends, goes, begins} {
		if err := i.tx.SendBatch(ctx, batch).Close(); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

// complete fills in from when somebody leads where neither the file nor the project says it: as
// the term has it, else from the day of the import on, else the last day alone.
func (i *importing) complete(l *folder.LeadRow, t *termRow) {
	if !l.From.IsZero() {
		return
	}
	l.From = i.by.Day
	if t != nil {
		l.From = t.From
	}
	if !l.Until.IsZero() && l.Until.Before(l.From) {
		l.From = l.Until
	}
}

// merge puts the file's attributes over those the term has.
func merge(t *termRow, a folder.Attributes, stated []string) folder.Attributes {
	merged := folder.Attributes{}
	if t != nil {
		maps.Copy(merged, t.Attributes)
	}
	for _, name := range stated {
		delete(merged, name)
	}
	maps.Copy(merged, a)
	return merged
}

// voidAsked takes back a co-lead's place that is asked for or offered: the file says it is taken.
func voidAsked(batch *pgx.Batch, l folder.LeadRow, at time.Time) {
	if l.Role != skein.CoLead {
		return
	}
	batch.Queue(`
		update term
		set state = 'void', answered_at = $4
		where project_id = $1
			and person_id = $2
			and role = $3
			and state in `+core.TermWaits, l.Project, l.Person, l.Role, at)
}

func insertTerm(batch *pgx.Batch, l folder.LeadRow, phase skein.PhaseID, attributes []byte) {
	batch.Queue(`
		insert into term (project_id, phase_id, person_id, role, state, during, live_at, ended_at, attributes)
		values (
			$1, nullif($2, '')::uuid, $3, $4, case when $6::date is null then 'live' else 'ended' end,
			daterange($5::date, $6::date, '[]'), $5::date, $6::date, $7
		)`, l.Project, string(phase), l.Person, l.Role, l.From, l.Until, attributes)
}

func updateTerm(batch *pgx.Batch, t *termRow, l folder.LeadRow, attributes []byte) {
	batch.Queue(`
		update term
		set during = daterange($2::date, $3::date, '[]'),
			state = case
				when $3::date is not null then 'ended'
				when state = 'ended' then 'live'
				else state
			end,
			ended_at = $3::date,
			attributes = $4
		where id = $1`, t.ID, l.From, l.Until, attributes)
	batch.Queue(`
		update claim
		set state = 'ended', changed_at = now()
		from term
		where term.id = $1
			and term.state = 'ended'
			and claim.id = term.claim_id
			and claim.state = 'live'`, t.ID)
}

// settle says of each project whose leads are new where it stands now: led, or completed when all
// who led it have left, or open when nobody ever did.
func (i *importing) settle(ctx context.Context, touched map[skein.ProjectID]bool) error {
	if len(touched) == 0 {
		return nil
	}
	return core.Exec(ctx, i.tx, `
		with lead as (
			select term.project_id, bool_or(term.state in `+core.TermHolds+`) as held, max(upper(term.during)) as left_on
			from term
			where term.project_id = any($1)
				and term.role = 'primary'
				and term.state in `+core.TermBegun+`
			group by term.project_id
		)
		update project
		set state = case
				when not lead.held then 'completed'
				when project.state in `+core.ProjectHasLead+` then project.state
				else 'led'
			end,
			published_at = least(coalesce(project.published_at, $2), coalesce(project.start_on::timestamptz, $2)),
			ended_at = case when lead.held then null else coalesce(project.ended_at, lead.left_on::timestamptz) end
		from lead
		where project.id = lead.project_id`, core.Texts(slices.Collect(maps.Keys(touched))), i.by.At)
}
