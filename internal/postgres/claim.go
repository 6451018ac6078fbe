package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

const claimColumns = `
	claim.id::text as id,
	claim.window_id::text as window,
	claim.project_id as project,
	claim.phase_id::text as phase,
	claim.person_id as person,
	coalesce(claim.with_person_id, '') as with,
	coalesce(claim.with_agreed_at, '0001-01-01 00:00:00+00') as with_agreed,
	coalesce(claim.coach_id, '') as coach,
	coalesce(claim.coach_agreed_at, '0001-01-01 00:00:00+00') as coach_agreed,
	claim.state,
	claim.why,
	claim.unscored,
	claim.drafted_at,
	claim.changed_at,
	coalesce(claim.submitted_at, '0001-01-01 00:00:00+00') as submitted_at,
	coalesce(claim.decided_at, '0001-01-01 00:00:00+00') as decided_at`

// claimRow is a claim with what the check found of it and the names that sentences need.
type claimRow struct {
	skein.Claim
	Name      string
	WithName  string
	CoachName string
	Stops     string
	Zone      skein.Zone
	Place     int
	Band      int
	Turn      int
	Rule      string
	Sentence  string
	BandSize  int
}

const claimRowColumns = claimColumns + `,
	person.name,
	coalesce(beside.name, '') as with_name,
	coalesce(coach.name, '') as coach_name,
	claim.stops,
	coalesce(claim.zone, '') as zone,
	coalesce(claim.place, 0) as place,
	coalesce(claim.band, 0) as band,
	coalesce(claim.turn, 0) as turn,
	claim.rule,
	claim.sentence,
	coalesce(claim.band_size, 0) as band_size`

const claimRowFrom = `
from claim
join person on person.id = claim.person_id
left join person beside on beside.id = claim.with_person_id
left join person coach on coach.id = claim.coach_id`

const claimsOfWindowSQL = `
select` + claimRowColumns + claimRowFrom + `
where claim.window_id = $1 and claim.state not in ('withdrawn', 'void')
order by claim.person_id collate "C"
for update of claim`

// errNoWindow says that no claims gather for a project.
var errNoWindow = skein.Conflict{Why: "Claims for this lead are closed."}

// openClaim finds the window in which claims gather for a project, and locks it. What is already
// known of the project is not locked, so that claims are sent beside one another.
func openClaim(ctx context.Context, tx pgx.Tx, project skein.ProjectID) (skein.Window, flowProject, error) {
	var w skein.Window
	var p flowProject
	rows, _ := tx.Query(ctx, `
		select project.id, project.title, coalesce(project.circle_id, '') as circle,
			coalesce(project.proposed_by, '') as proposed_by, project.state, project.trust, project.end_on,
			coalesce(phase.id::text, '') as phase, coalesce(phase.urgency, 0)::int as urgency
		from project
		left join phase on phase.project_id = project.id and phase.ended_at is null
		where project.id = $1 and project.state <> 'draft'
		for key share of project`, project)
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[flowProject])
	if err != nil {
		return w, p, err
	}
	rows, _ = tx.Query(ctx, `
		select`+windowColumns+`
		from claim_window
		where project_id = $1 and closed_at is null
		for update`, project)
	w, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Window])
	if errors.Is(err, pgx.ErrNoRows) {
		err = errNoWindow
	}
	return w, p, err
}

// ownClaim returns by's claim in a window, begun if there was none. It is locked.
func ownClaim(ctx context.Context, tx pgx.Tx, by skein.By, w skein.Window) (skein.Claim, error) {
	_, err := tx.Exec(ctx, `
		insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at)
		values ($1, $2, $3, $4, 'draft', $5, $5)
		on conflict (window_id, person_id) where state <> 'withdrawn' do nothing`,
		w.ID, w.Project, w.Phase, by.Person, by.At)
	if err != nil {
		return skein.Claim{}, err
	}
	rows, _ := tx.Query(ctx, `
		select`+claimColumns+`
		from claim
		where window_id = $1 and person_id = $2 and state <> 'withdrawn'
		for update`, w.ID, by.Person)
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Claim])
}

// saveClaim keeps what became of a claim.
func saveClaim(ctx context.Context, tx pgx.Tx, c skein.Claim, zone skein.Zone, key string) error {
	_, err := tx.Exec(ctx, `
		update claim
		set with_person_id = nullif($2, ''), with_agreed_at = $3, coach_id = nullif($4, ''), coach_agreed_at = $5,
			state = $6, why = $7, unscored = $8, changed_at = $9, submitted_at = $10, decided_at = $11,
			withdrawn_at = case when $6 = 'withdrawn' then $9::timestamptz end,
			zone = coalesce(nullif($12, ''), zone), idempotency_key = coalesce(nullif($13, '')::uuid, idempotency_key)
		where id = $1`,
		c.ID, c.With, nullTime(c.WithAgreed), c.Coach, nullTime(c.CoachAgreed), c.State, c.Why, c.Unscored,
		c.ChangedAt, nullTime(c.SubmittedAt), nullTime(c.DecidedAt), zone, key)
	return err
}

// DraftClaim keeps what by has typed of a claim so far. A draft tells nobody anything.
func (db *DB) DraftClaim(ctx context.Context, by skein.By, project skein.ProjectID, change func(*skein.Claim)) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		w, _, err := openClaim(ctx, tx, project)
		if err != nil {
			return nil, err
		}
		c, err := ownClaim(ctx, tx, by, w)
		if err != nil {
			return nil, err
		}
		before := c
		change(&c)
		if err := c.Keep(w, by.At); err != nil {
			return nil, err
		}
		if err := knownPeople(ctx, tx, c, by); err != nil {
			return nil, err
		}
		keepAnswers(&c, before)
		return nil, saveClaim(ctx, tx, c, "", "")
	})
}

// ClaimSent is how a claim was sent.
type ClaimSent struct {
	Key     string        // the same claim sent twice is one
	ReadNow bool          // ticks that what is compared was read
	Wrong   skein.Invalid // what is wrong with the form already: nothing is kept, and all of it is told at once
}

// SubmitClaim sends by's claim, or changes the one that was sent. The check runs on rows read in
// this transaction. Sent again under the same key, it does nothing.
func (db *DB) SubmitClaim(ctx context.Context, by skein.By, project skein.ProjectID, sent ClaimSent,
	judge skein.Judge, change func(*skein.Claim),
) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		before, err := sentBefore(ctx, tx, by, sent.Key)
		if before || err != nil {
			return nil, err
		}
		// Compared before the window is locked, so that a thousand claims do not wait for one another
		// while people are compared.
		comparison, err := compareClaim(ctx, tx, by, project, judge, change)
		if err != nil {
			return nil, err
		}
		s := submission{tx: tx, by: by, judge: judge, comparison: comparison}
		return s.send(ctx, project, sent, change)
	})
}

// sentBefore tells whether a claim of by's came under that key.
func sentBefore(ctx context.Context, tx pgx.Tx, by skein.By, key string) (bool, error) {
	if key == "" {
		return false, nil
	}
	var sent bool
	err := tx.QueryRow(ctx, `
		select exists (select from claim where idempotency_key = $1::uuid and person_id = $2)`, key, by.Person).Scan(&sent)
	return sent, err
}

// compareClaim reads all that bears on a claim as change would make it.
func compareClaim(ctx context.Context, tx pgx.Tx, by skein.By, project skein.ProjectID, judge skein.Judge,
	change func(*skein.Claim),
) (skein.Comparison, error) {
	typed := skein.Claim{Person: by.Person}
	change(&typed)
	people := []skein.PersonID{by.Person}
	if typed.With != "" && typed.With != by.Person {
		people = append(people, typed.With)
	}
	return compare(ctx, tx, skein.Asking{
		Projects: []skein.ProjectID{project}, People: people, Practices: judge.Practices, AsOf: skein.AsOfNow(by.At),
		Uncounted: true, // whether they may is all that matters now; how well they fit is asked at the close
	})
}
