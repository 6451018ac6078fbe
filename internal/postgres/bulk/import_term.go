package bulkdb

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/folder"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// termRow is a term that began, or that a file said begins later, as an import finds it.
type termRow struct {
	ID         string
	Project    skein.ProjectID
	Person     skein.PersonID
	Role       skein.Role
	State      skein.TermState
	From       skein.Date
	Until      skein.Date // last day; zero while it lasts
	EndsOn     skein.Date // zero of one that has ended
	Attributes folder.Attributes
}

// termsSQL reads terms that began, and those that begin on a day. A folder says nothing of offers.
var termsSQL = `
	select term.id::text as id,
		term.project_id as project,
		term.person_id as person,
		term.role,
		term.state,
		coalesce(lower(term.during), term.starts_on) as "from",
		(upper(term.during) - 1) as until,
		case when term.state <> 'ended' then term.ends_on end as ends_on,
		nullif(term.attributes, '{}') as attributes
	from term
	where (term.during is not null and term.state in ` + core.TermBegun + ` or term.state = 'accepted' and term.starts_on is not null and term.claim_id is null)
		and term.role in ('primary', 'co')`

// place is one of somebody's places in a project.
type place struct {
	project skein.ProjectID
	person  skein.PersonID
	role    skein.Role
}

// leads brings leads.csv over and then says of each project that it touched where it stands. What is as
// the file says is neither locked nor written.
func (i *importing) leads(ctx context.Context) error {
	touched := maps.Clone(i.fresh)
	differ, err := i.leadsThatDiffer(ctx)
	if err != nil {
		return err
	}
	i.coming = nil // of all rows; read anew of those that differ
	var rows []folder.LeadRow
	for _, l := range i.folder.Leads {
		if differ[l.Project] {
			rows = append(rows, l)
		}
	}
	i.loaded.Leads.Same = len(i.folder.Leads) - len(rows)
	if len(rows) > 0 {
		i.led = slices.Sorted(maps.Keys(differ))
		list := core.Texts(i.led)
		// locked as a verb locks them, so that what is read next stays so
		if i.states, err = core.Pairs[skein.ProjectID, skein.ProjectState](ctx, i.tx, `
			select id, state from project where id = any($1) order by id for no key update`, list); err != nil {
			return err
		}
		if i.closed, err = closedNow(ctx, i.tx, list); err != nil {
			return err
		}
		found, err := i.pairTerms(ctx, rows, list)
		if err != nil {
			return err
		}
		phases, err := i.phaseOf(ctx, list)
		if err != nil {
			return err
		}
		moved, err := i.terms(ctx, rows, found, phases)
		if err != nil {
			return err
		}
		maps.Copy(touched, moved)
	}
	return i.settle(ctx, touched)
}

// prepare reads what rows are held against: who led, when projects end, the guardrail.
func (i *importing) prepare(ctx context.Context, rows []folder.LeadRow, terms []termRow, projects []string) (err error) {
	i.hadLead, i.coming = map[skein.ProjectID]bool{}, map[skein.ProjectID]bool{}
	for _, t := range terms {
		if t.Role == skein.Primary && t.State.Begun() {
			i.hadLead[t.Project] = true
		}
	}
	for _, l := range rows {
		if l.Role == skein.Primary && i.later(l) {
			i.coming[l.Project] = true
		}
	}
	if i.projectEnds, err = core.Pairs[skein.ProjectID, skein.Date](ctx, i.tx, `
		select id, end_on from project where id = any($1) and end_on is not null`, projects); err != nil {
		return err
	}
	i.longest, err = longestMonths(ctx, i.tx)
	return err
}

// pairUp finds for each row the term that it speaks of: the same days; else, who is in office in
// that place, or is to be; else the same first day. What is left over is new. No term is spoken of twice.
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
		func(l folder.LeadRow, t *termRow) bool { return l.Lasts() && t.State.Placed() },
		func(l folder.LeadRow, t *termRow) bool { return l.From.Equal(t.From) },
		func(l folder.LeadRow, t *termRow) bool {
			return l.From.IsZero() && (l.Until.Equal(t.Until) || t.State.Placed())
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
	i.handOver(ends)
	for n, l := range rows {
		t := found[n]
		merged, same := i.settled(&l, t)
		if same {
			tally.Same++
			continue
		}
		if state := i.states[l.Project]; state.Over() && l.Lasts() { // since the folder was checked
			return nil, fmt.Errorf("%s is %s by now, so nobody leads it: read the folder again", l.Project, state.Words())
		}
		if i.moves(l, t) {
			if why := i.closed[l.Project]; why != "" && !t.onlyDue(l) { // since the folder was checked
				return nil, fmt.Errorf("%s: %s Read the folder again", l.Project, why)
			}
			moved[l.Project] = true
		}
		extra, err := json.Marshal(merged)
		if err != nil {
			return nil, err
		}
		switch state := i.stateOf(l, t); {
		case t == nil:
			tally.New++
			voidAsked(ends, l, i.by)
			i.insertTerm(begins, l, state, phases[l.Project], extra)
		case l.Lasts():
			tally.Changed++
			i.updateTerm(goes, t, l, state, extra)
		default:
			tally.Changed++
			i.updateTerm(ends, t, l, state, extra)
			i.noteEnded(t, l)
		}
	}
	for _, batch := range []*pgx.Batch{ends, goes, begins} {
		if err := i.tx.SendBatch(ctx, batch).Close(); err != nil {
			return nil, err
		}
	}
	return moved, nil
}

// same tells whether a row has the days of a term.
func (t *termRow) same(l folder.LeadRow) bool {
	return l.From.Equal(t.From) && l.Until.Equal(t.Until) && (!l.Lasts() || l.EndsOn.Equal(t.EndsOn))
}

// onlyDue tells whether all that a row changes of a term is when it is due to end, or what Skein does not
// read.
func (t *termRow) onlyDue(l folder.LeadRow) bool {
	return t != nil && l.From.Equal(t.From) && l.Until.Equal(t.Until)
}

// moves tells whether a row changes who leads its project: what it says of the past of a project
// that had a lead before changes nothing there.
func (i *importing) moves(l folder.LeadRow, t *termRow) bool {
	switch {
	case l.Role != skein.Primary:
		return false
	case t != nil:
		return t.State.Placed()
	}
	return l.Lasts() || !i.hadLead[l.Project]
}

// stateOf is where a row puts the term that it speaks of.
func (i *importing) stateOf(l folder.LeadRow, t *termRow) skein.TermState {
	switch {
	case !l.Lasts():
		return skein.TermEnded
	case i.later(l):
		return skein.TermAccepted
	case l.Role == skein.Primary && i.coming[l.Project]:
		return skein.TermHandingOver
	case t != nil && t.State.Holds():
		return t.State
	}
	return skein.TermLive
}

// later tells whether a row's place begins on a day to come.
func (i *importing) later(l folder.LeadRow) bool { return l.Lasts() && l.From.After(i.today()) }

// today is the day on which the folder was read.
func (i *importing) today() skein.Date {
	if i.folder.Day.IsZero() {
		return i.by.Day
	}
	return i.folder.Day
}

// handOver makes whoever leads a project that somebody else is to lead from a later day on lead it
// until then.
func (i *importing) handOver(batch *pgx.Batch) {
	if len(i.coming) == 0 {
		return
	}
	batch.Queue(`
		update term
		set state = 'handing_over'
		where project_id = any($1)
			and role = 'primary'
			and state = 'live'`, core.Texts(slices.Collect(maps.Keys(i.coming))))
}

// complete fills in what neither the file nor the project says: since when somebody leads, as the
// term has it, else from the day of the import on, else the last day alone; and when that is due to
// end.
func (i *importing) complete(l *folder.LeadRow, t *termRow) {
	if l.From.IsZero() {
		l.From = i.today()
		if t != nil {
			l.From = t.From
		}
		if !l.Lasts() && l.Until.Before(l.From) {
			l.From = l.Until
		}
	}
	switch {
	case !l.Lasts() || !l.EndsOn.IsZero():
	case t != nil:
		l.EndsOn = t.EndsOn
	case l.Role == skein.Primary:
		from := l.From
		if from.Before(i.today()) {
			from = i.today()
		}
		l.EndsOn = skein.ReviewDay(from, i.projectEnds[l.Project], i.longest)
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

// voidAsked takes back a co-lead's place that is asked for or offered, and ends that they shadow: the file says it is taken.
func voidAsked(batch *pgx.Batch, l folder.LeadRow, by skein.By) {
	if l.Role != skein.CoLead {
		return
	}
	if l.Lasts() && !l.From.After(by.Day) { // nobody shadows beside what they lead
		batch.Queue(`
			update term
			set state = 'ended', ended_at = $3, end_reason = $4,
				during = daterange(lower(during), greatest(organisation_day($3), lower(during)), '[]')
			where project_id = $1 and person_id = $2 and role = 'shadow' and state in `+core.TermHolds, l.Project, l.Person, by.At, skein.EndOther)
	}
	batch.Queue(`
		update term
		set state = 'void', answered_at = $4
		where project_id = $1
			and person_id = $2
			and role = $3
			and state in `+core.TermWaits, l.Project, l.Person, l.Role, by.At)
}

func (i *importing) insertTerm(batch *pgx.Batch, l folder.LeadRow, state skein.TermState, phase skein.PhaseID, attributes []byte) {
	batch.Queue(`
		insert into term (project_id, phase_id, person_id, role, state, during, live_at, ended_at, attributes, ends_on, starts_on,
			offered_at, answered_at)
		values (
			$1, nullif($2, '')::uuid, $3, $4, $8, case when $8 <> 'accepted' then daterange($5::date, $6::date, '[]') end,
			case when $8 <> 'accepted' then $5::date end, $6::date, $7, $9, case when $8 = 'accepted' then $5::date end,
			case when $8 = 'accepted' then $10::timestamptz end, case when $8 = 'accepted' then $10::timestamptz end
		)`, l.Project, string(phase), l.Person, l.Role, l.From, l.Until, attributes, state, l.EndsOn, i.by.At)
}

func (i *importing) updateTerm(batch *pgx.Batch, t *termRow, l folder.LeadRow, state skein.TermState, attributes []byte) {
	batch.Queue(`
		update term
		set during = case when $5 <> 'accepted' then daterange($2::date, $3::date, '[]') end,
			starts_on = case when $5 = 'accepted' then $2::date end,
			state = $5,
			live_at = case when $5 <> 'accepted' then coalesce(live_at, $2::date) end,
			ends_on = coalesce($6, ends_on),
			ended_at = $3::date,
			attributes = $4
		where id = $1`, t.ID, l.From, l.Until, attributes, state, l.EndsOn)
	if state != skein.TermEnded {
		return
	}
	batch.Queue(`
		update claim
		set state = 'ended', changed_at = $2
		from term
		where term.id = $1
			and claim.id = term.claim_id
			and claim.state = 'live'`, t.ID, i.by.At)
}
