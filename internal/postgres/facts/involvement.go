package factsdb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// Involvement is what is one person's own: what is known of them, and what they have to do with which
// project. Nobody else's claim is read.
type Involvement struct {
	// Comparison holds the person's facts in every skill, and the words for them.
	Comparison comparison.Sides
	Places     []OwnPlace
	Claims     []OwnClaim
	Dismissed  []skein.ProjectID // kept off their home page
	Wishes     []OwnWish         // by name
}

// OwnPlace is a place somebody has, was offered or asks for.
type OwnPlace struct {
	Project skein.ProjectID
	Role    skein.Role      // empty: a member
	State   skein.TermState // of a term
}

// OwnClaim is a claim that was not withdrawn.
type OwnClaim struct {
	Window skein.WindowID
	Phase  skein.PhaseID
	State  skein.ClaimState
}

// OwnWish is a skill that somebody wants to grow in.
type OwnWish struct {
	Skill skein.SkillID
	Name  string
}

// Facts are what is known of the person.
func (o *Involvement) Facts() comparison.Facts { return o.Comparison.Facts[0] }

// ownFacts names one person.
const ownFacts = `with compared as (select @me::text as id)`

// Involvement reads what is a person's own as of a day. It is one round trip.
func (db *Store) Involvement(ctx context.Context, me skein.PersonID, day skein.Date) (o Involvement, err error) {
	var mine Comparing
	batch := &pgx.Batch{}
	PlanOnce(batch)
	mine.queueOwn(batch, &o, me, day)
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return o, fmt.Errorf("own: %w", core.Translate(err))
	}
	o.Comparison, err = mine.Known(me, day)
	return o, err
}

func (r *Comparing) queueOwn(batch *pgx.Batch, o *Involvement, me skein.PersonID, day skein.Date) {
	args := r.QueueKnown(batch, me, day)
	core.Collect(batch, &o.Places, ownPlaceSQL, args)
	core.Collect(batch, &o.Claims, ownClaimsSQL, args)
	core.Collect(batch, &o.Wishes, ownWishSQL, args)
	batch.Queue(`select project_id from dismissal where person_id = $1`, me).Query(idsInto(&o.Dismissed))
}

// QueueKnown queues what is known of a person in every skill, and the words for it.
func (r *Comparing) QueueKnown(batch *pgx.Batch, me skein.PersonID, day skein.Date) pgx.NamedArgs {
	args := pgx.NamedArgs{"me": me, "day": day, "then": false, "named": true}
	r.everySkill = true
	r.queueFactsOf(batch, ownFacts, args)
	core.Collect(batch, &r.skills, ownSkillSQL, args)
	return args
}

// Known puts together what is known of a person.
func (r *Comparing) Known(me skein.PersonID, day skein.Date) (comparison.Sides, error) {
	c := r.Comparison(comparison.Asking{AsOf: day})
	if len(c.Facts) == 0 {
		return c, fmt.Errorf("%s: %w", me, skein.ErrNotFound)
	}
	return c, nil
}

// idsInto collects the one column of rows.
func idsInto[T ~string](into *[]T) func(pgx.Rows) error {
	return func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowTo[T])
		return err
	}
}

const ownSkillSQL = `
select skill.id, skill.name, coalesce(skill.half_life_days, 0) as half_life
from skill
where skill.id in (select skill_id from evidence where person_id = @me)`

var ownPlaceSQL = `
select project_id as project, role, state
from term
where person_id = @me and state in ` + core.TermPlaced + `
union all
select project_id, '', ''
from member
where person_id = @me and left_at is null`

const ownClaimsSQL = `
select window_id::text as window,
    phase_id::text as phase,
    state
from claim
where person_id = @me and state <> 'withdrawn'`

const ownWishSQL = `
select skill.id as skill, skill.name
from wish
join skill on skill.id = wish.skill_id
where wish.person_id = @me
order by folded(skill.name), skill.id`
