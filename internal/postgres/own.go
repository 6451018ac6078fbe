package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// Own is what is one person's own: what is known of them, and what they have to do with which
// project. Nobody else's claim is read.
type Own struct {
	// Comparison holds the person's facts in every skill, and the words for them.
	Comparison skein.Comparison
	Places     []OwnPlace
	Claims     []OwnClaim
	Invited    []skein.WindowID  // they are asked to lead
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
	ID          skein.ClaimID
	Window      skein.WindowID
	Phase       skein.PhaseID
	Project     skein.ProjectID
	State       skein.ClaimState
	Why         string
	Unscored    bool
	SubmittedAt time.Time
}

// OwnWish is a skill that somebody wants to grow in.
type OwnWish struct {
	Skill skein.SkillID
	Name  string
}

// Facts are what is known of the person.
func (o *Own) Facts() skein.Facts { return o.Comparison.Facts[0] }

// ownFacts names one person, and what they have evidence in or wish for.
const ownFacts = `
with compared as (select @me::text as id), asked as (
    select skill_id from evidence where person_id = @me
    union
    select skill_id from wish where person_id = @me
)`

// Own reads what is a person's own as of a day, and what the projects ask that are named, if any. It
// is one round trip.
func (db *DB) Own(ctx context.Context, me skein.PersonID, ask skein.Asking) (o Own, asked skein.Comparison, err error) {
	var mine, questions comparing
	batch := &pgx.Batch{}
	mine.queueOwn(batch, &o, me, ask.AsOf)
	if len(ask.Projects) > 0 {
		questions.queueQuestions(batch, ask, pgx.NamedArgs{
			"projects": texts(ask.Projects), "practices": texts(ask.Practices), "day": ask.AsOf,
		})
	}
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return o, asked, fmt.Errorf("own: %w", translate(err))
	}
	if err := o.compose(&mine, me, ask.AsOf); err != nil {
		return o, asked, err
	}
	return o, questions.comparison(ask), nil
}

func (r *comparing) queueOwn(batch *pgx.Batch, o *Own, me skein.PersonID, day skein.Date) {
	args := pgx.NamedArgs{"me": me, "day": day, "named": true}
	r.queueFactsOf(batch, ownFacts, args)
	collect(batch, &r.skills, ownSkillSQL, args)
	collect(batch, &o.Places, ownPlaceSQL, args)
	collect(batch, &o.Claims, ownClaimsSQL, args)
	collect(batch, &o.Wishes, ownWishSQL, args)
	batch.Queue(`select window_id::text from invite where person_id = $1 and state = 'waiting'`, me).Query(idsInto(&o.Invited))
	batch.Queue(`select project_id from dismissal where person_id = $1`, me).Query(idsInto(&o.Dismissed))
}

// compose puts together what was read.
func (o *Own) compose(r *comparing, me skein.PersonID, day skein.Date) error {
	o.Comparison = r.comparison(skein.Asking{AsOf: day})
	if len(o.Comparison.Facts) == 0 {
		return fmt.Errorf("%s: %w", me, skein.ErrNotFound)
	}
	return nil
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

const ownPlaceSQL = `
select project_id as project, role, state
from term
where person_id = @me and state in ('asked', 'offered', 'accepted', 'live', 'handing_over')
union all
select project_id, '', ''
from member
where person_id = @me and left_at is null`

const ownClaimsSQL = `
select id::text as id,
    window_id::text as window,
    phase_id::text as phase,
    project_id as project,
    state,
    why,
    unscored,
    coalesce(submitted_at, '0001-01-01 00:00:00+00') as submitted_at
from claim
where person_id = @me and state <> 'withdrawn'`

const ownWishSQL = `
select skill.id as skill, skill.name
from wish
join skill on skill.id = wish.skill_id
where wish.person_id = @me
order by skill.name, skill.id`
