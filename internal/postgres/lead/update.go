package leaddb

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// errBusy says that another server has the project in hand.
var errBusy = errors.New("busy")

// With says what else an update of a lead loads.
type With func(*leadQuery)

// WithWindow loads that window instead of the present one.
func WithWindow(id skein.WindowID) With { return func(q *leadQuery) { q.window = id } }

// WithProposal loads what was proposed: the present phase's requirements, the needs and the remit.
func WithProposal() With { return func(q *leadQuery) { q.proposal = true } }

// Judging lets verbs compare people.
func Judging(j Judge) With { return func(q *leadQuery) { q.judge = j } }

// busy leaves a project alone that somebody else has in hand: then the update is errBusy.
func busy(q *leadQuery) { q.skip = true }

// leadQuery is what is loaded of a lead, for whom.
type leadQuery struct {
	by       skein.By
	project  skein.ProjectID
	window   skein.WindowID
	question skein.QuestionID
	decision skein.DecisionID
	proposal bool
	judge    Judge
	skip     bool
	closes   bool
}

// UpdateLead runs a verb on the life of a project's lead in one transaction: locked and loaded
// together, changed by do, and saved with what is to be told and its audit rows, or not at all.
func (db *Store) UpdateLead(ctx context.Context, by skein.By, project skein.ProjectID, do func(*lead.Lead) error, with ...With) error {
	q := leadQuery{by: by, project: project}
	for _, w := range with {
		w(&q)
	}
	locks := &locks{}
	return db.moves.Pass(ctx, string(project), func() error {
		best, err := db.bestAhead(ctx, q)
		if err != nil {
			return err
		}
		for {
			err := db.updateLead(ctx, q, best, locks, do)
			if !errors.Is(err, lead.ErrAgain) {
				return err
			}
			// More people have to be locked than were. They are locked all at once and in one order, or two
			// verbs could each wait for the other: so this try is rolled back and the next locks them first.
		}
	})
}

func (db *Store) updateLead(ctx context.Context, q leadQuery, best *bestTaken, locks *locks, do func(*lead.Lead) error) error {
	return core.Write(ctx, db.pool, q.by, func(tx pgx.Tx) ([]skein.Event, error) {
		return runVerb(ctx, tx, q, best, locks, do)
	})
}

// runVerb runs a verb in a transaction, and returns its audit rows.
func runVerb(
	ctx context.Context, tx pgx.Tx, q leadQuery, best *bestTaken, locks *locks, do func(*lead.Lead) error,
) ([]skein.Event, error) {
	l, err := loadLead(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	if !l.SeenBy(q.by) {
		return nil, skein.ErrNotFound
	}
	locks.begin(ctx, tx, q)
	l.Bind(port(ctx, tx, q, q.bind(ctx, tx, l.Project.Version, best, locks), locks))
	before := snapshotOf(l)
	if err := do(l); err != nil {
		return nil, err
	}
	if err := saveLead(ctx, tx, q.by, before, l); err != nil {
		return nil, err
	}
	return l.Changes.Events, nil
}

// UpdateWithin runs a verb that asks for nobody's holdings within a transaction that does more, which
// records the audit rows that it returns. After an error of the verb's own nothing was written.
func UpdateWithin(
	ctx context.Context, tx pgx.Tx, by skein.By, project skein.ProjectID, do func(*lead.Lead) error, with ...With,
) ([]skein.Event, error) {
	q := leadQuery{by: by, project: project}
	for _, w := range with {
		w(&q)
	}
	return runVerb(ctx, tx, q, nil, &locks{}, do)
}

// port is what a verb may ask of a transaction.
func port(ctx context.Context, tx pgx.Tx, q leadQuery, judge lead.Judge, locks *locks) lead.Port {
	ids := core.FreshIDs()
	return lead.Port{
		Judge: judge,
		Hold:  locks.hold,
		Known: func(people []skein.PersonID) ([]lead.Here, error) { return withUs(ctx, tx, people, q.by) },
		Stewards: func(circle skein.CircleID) ([]lead.Steward, error) {
			return core.All[lead.Steward](ctx, tx, stewardsSQL, pgx.NamedArgs{"circle": circle, "today": q.by.Day})
		},
		ID:   ids.Text,
		Seed: core.NewSeed,
		Read: func() (bool, error) { return readHow(ctx, tx, q.by.Person) },
	}
}

// withUs returns those of some people who are with the organisation on the day.
func withUs(ctx context.Context, tx pgx.Tx, people []skein.PersonID, by skein.By) ([]lead.Here, error) {
	return core.All[lead.Here](ctx, tx, `
		select person.id as person, `+core.AwayUntil+` as away_until
		from person
		where id = any(@people) and`+core.ActiveToday, pgx.NamedArgs{"people": core.Texts(people), "today": by.Day})
}

func readHow(ctx context.Context, tx pgx.Tx, person skein.PersonID) (read bool, err error) {
	err = tx.QueryRow(ctx, `select `+core.ReadHowAt+` is not null from person where id = $1`, person).Scan(&read)
	return read, err
}

// locks are the people whom the tries of one update have locked.
type locks struct {
	ctx    context.Context
	tx     pgx.Tx
	q      leadQuery
	taken  bool // in this try
	people map[skein.PersonID]bool
}

// begin starts a try: those whom an earlier one missed are locked with the first that are asked for.
func (k *locks) begin(ctx context.Context, tx pgx.Tx, q leadQuery) {
	k.ctx, k.tx, k.q, k.taken = ctx, tx, q, false
}

// lock locks people, ascending by their lock's number.
func (k *locks) lock(people []skein.PersonID) error {
	missing := false
	for _, p := range people {
		missing = missing || !k.people[p]
	}
	if k.people == nil {
		k.people = map[skein.PersonID]bool{}
	}
	for _, p := range people {
		k.people[p] = true
	}
	switch {
	case !k.taken:
	case missing:
		return lead.ErrAgain
	default:
		return nil
	}
	k.taken = true
	return core.LockPeople(k.ctx, k.tx, slices.Collect(maps.Keys(k.people)))
}

// hold locks people and says what they hold outside the project.
func (k *locks) hold(people []skein.PersonID) (map[skein.PersonID]lead.Holding, error) {
	if err := k.lock(people); err != nil {
		return nil, err
	}
	rows, _ := k.tx.Query(k.ctx, holdingSQL, pgx.NamedArgs{
		"people": core.Texts(people), "project": k.q.project, "today": k.q.by.Day,
	})
	held := map[skein.PersonID]lead.Holding{}
	var p skein.PersonID
	var h lead.Holding
	_, err := pgx.ForEachRow(rows, []any{&p, &h.Leads, &h.Invites, &h.Hours, &h.Asked, &h.Free, &h.Gone, &h.AwayUntil}, func() error {
		held[p] = h
		return nil
	})
	if err == nil && len(held) < len(people) {
		err = fmt.Errorf("holdings of %d people: %w", len(people)-len(held), skein.ErrNotFound)
	}
	return held, err
}

// holdingSQL counts what people hold besides one project: leads and offers, invitations that wait,
// and the hours of what they hold, and of the invitations; and tells whether they are there to take more.
var holdingSQL = `
select person.id,
	(
		select count(*)
		from term
		where term.person_id = person.id and term.project_id <> @project and term.role = 'primary'
			and term.state in ` + core.TermCounts + `
	)::int,
	(
		select count(*)
		from invite
		where invite.person_id = person.id and invite.project_id <> @project and invite.state = 'waiting'
	)::int,
	(
		select coalesce(sum(project.hours_per_week), 0)
		from project
		where project.id <> @project and project.id in ` + core.TakesHours("= person.id") + `
	)::float8,
	(
		select coalesce(sum(project.hours_per_week), 0)
		from invite
		join project on project.id = invite.project_id
		where invite.person_id = person.id and invite.project_id <> @project and invite.state = 'waiting'
	)::float8,
	person.hours_per_week::float8,
	not ` + core.ActiveToday + ` as gone,
	` + core.AwayUntil + ` as away_until
from person
where person.id = any(@people)`
