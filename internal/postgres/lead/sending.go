package leaddb

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"skein/internal/comparison"
	"skein/internal/lead"
	"skein/internal/postgres/core"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// SendQuery says which claim is changed while claims gather, and how.
type SendQuery struct {
	Project skein.ProjectID
	Claim   skein.ClaimID  // somebody else's, in which by is named; empty: by's own
	Begin   bool           // begin by's own, if there is none
	Key     string         // the same claim sent twice under one key is one
	Judge   Judge          // where it is sent
	With    skein.PersonID // who would claim along: compared with by
}

// UpdateClaim runs a verb on one person's claim while claims gather. It locks the window against its
// close alone, and nobody else's claim, so that a thousand people can send theirs at once; where the
// verb may start the window's clock, one after the other. Where claims do not gather the error is
// lead.ErrClosed. What was sent before under the same key does nothing.
func (db *Store) UpdateClaim(ctx context.Context, by skein.By, q SendQuery, do func(*lead.Sending) error) error {
	return db.move(ctx, by, q.Project, func(tx pgx.Tx) ([]skein.Event, error) {
		if sent, err := sentBefore(ctx, tx, by, q.Key); sent || err != nil {
			return nil, err
		}
		// Compared before the window is locked, so that claims do not wait for one another while people
		// are compared.
		sides, err := compareSender(ctx, tx, by, q)
		if err != nil {
			return nil, err
		}
		s, err := loadSending(ctx, tx, by, q)
		if err != nil {
			return nil, err
		}
		// Again, now that the same request sent twice at once has had to wait for the first.
		if sent, err := sentBefore(ctx, tx, by, q.Key); sent || err != nil {
			return nil, err
		}
		s.Bind(sendingPort(ctx, tx, by, q.Judge, sides))
		if err := do(s); err != nil {
			return nil, err
		}
		b := &pgx.Batch{}
		saveClaim(b, s.Claim, q.Key)
		if s.Changes.ReadHow {
			saveReadHow(b, by)
		}
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return nil, err
		}
		return s.Changes.Events, core.Tell(ctx, tx, by, s.Changes.Notices)
	})
}

// sentBefore tells whether a claim of by's came under that key.
func sentBefore(ctx context.Context, tx pgx.Tx, by skein.By, key string) (bool, error) {
	if key == "" {
		return false, nil
	}
	sent, err := core.Value[bool](ctx, tx, `
		select exists (select from claim where idempotency_key = $1::uuid and person_id = $2)`, key, by.Person)
	return sent, err
}

// compareSender reads all that bears on a claim that is being sent.
func compareSender(ctx context.Context, tx pgx.Tx, by skein.By, q SendQuery) (comparison.Sides, error) {
	if q.Judge.Claims == nil {
		return comparison.Sides{}, nil
	}
	people := []skein.PersonID{by.Person}
	if q.With != "" && q.With != by.Person {
		people = append(people, q.With)
	}
	return factsdb.Compare(ctx, tx, comparison.Asking{
		Projects: []skein.ProjectID{q.Project}, People: people, Practices: q.Judge.Practices, AsOf: by.AsOf(),
		Uncounted: true, // whether they may is all that matters now; how well they fit is asked at the close
	})
}

func sendingPort(ctx context.Context, tx pgx.Tx, by skein.By, judge Judge, c comparison.Sides) lead.Port {
	return lead.Port{
		Judge: lead.Judge{Claims: func(w skein.Window, claims []skein.Claim, equal []skein.ClaimID) ([]skein.Judged, error) {
			return judge.Claims(Closing{Window: w, Claims: claims, Comparison: c, Equal: equal})
		}},
		Known: func(people []skein.PersonID) ([]lead.Here, error) { return withUs(ctx, tx, people, by) },
		Read:  func() (bool, error) { return readHow(ctx, tx, by.Person) },
	}
}

// errNoWindow says that no claims gather for a project.
var errNoWindow = skein.Conflict{Why: "Claims for this lead are closed."}

// loadSending locks the window in which claims gather, and the claim.
func loadSending(ctx context.Context, tx pgx.Tx, by skein.By, q SendQuery) (*lead.Sending, error) {
	s := &lead.Sending{}
	var projects []leadProject
	var holders []skein.PersonID
	args := pgx.NamedArgs{"project": q.Project, "today": by.Day, "me": by.Person}
	batch := &pgx.Batch{}
	// Nothing is locked of what is known of the project but that it stays.
	core.Collect(batch, &projects, leadProjectColumns+` where project.id = @project and `+core.ProjectShown+` for key share of project`, args)
	core.CollectValues(batch, &holders, `
		select person_id from term where project_id = @project and role = 'primary' and state in `+core.TermHolds, args)
	batch.Queue(`select coalesce(`+handedBy("@project")+`, '')`, args).QueryRow(func(row pgx.Row) error { return row.Scan(&s.HandedBy) })
	batch.Queue(checkedSQL, args).QueryRow(func(row pgx.Row) error { return row.Scan(&s.Checked) })
	queuePhase(batch, q.Project, &s.Phase)
	queueRules(batch, &s.Rules, by.Day)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return nil, err
	}
	if len(projects) == 0 {
		return nil, skein.ErrNotFound
	}
	s.Project, s.Trust = projects[0].Project, projects[0].TrustToday
	if len(holders) > 0 {
		s.Holder = holders[0]
	}
	var err error
	s.Window, err = gatheringWindow(ctx, tx, q.Project)
	switch {
	case errors.Is(err, lead.ErrClosed) && q.Begin:
		return nil, errNoWindow
	case err == nil && q.Begin:
		err = beginClaim(ctx, tx, by, s.Window)
	}
	if err != nil {
		return nil, err
	}
	where := `claim.person_id = @me and claim.state <> 'withdrawn'`
	if q.Claim != "" {
		where = `claim.id::text = @claim and claim.state = 'submitted'`
	}
	s.Claim, err = oneClaim(ctx, tx, where, pgx.NamedArgs{"window": s.Window.ID, "me": by.Person, "claim": string(q.Claim)})
	if errors.Is(err, pgx.ErrNoRows) {
		err = lead.ErrClosed
	}
	return s, err
}

// checkedSQL tells whether somebody was asked to check a pick that was returned, and none was told of since:
// the claims that they could read stand, and are sealed.
const checkedSQL = `
select exists (
	select from pick
	join claim_window on claim_window.id = pick.window_id
	where pick.project_id = @project and pick.state = 'returned' and (pick.asked_of = @me or @me = any(pick.passed_on))
		and not exists (
			select from pick told
			join claim_window later on later.id = told.window_id
			where told.project_id = @project and told.state in ('confirmed', 'unchecked', 'not_needed')
				and later.opened_at > claim_window.opened_at
		)
)`

// gatheringWindow locks the window in which claims gather against its close, beside other claims.
func gatheringWindow(ctx context.Context, tx pgx.Tx, project skein.ProjectID) (skein.Window, error) {
	w, err := core.One[skein.Window](ctx, tx, `
		select`+windowColumns+` from claim_window where project_id = $1 and closed_at is null for share`, project)
	if errors.Is(err, pgx.ErrNoRows) {
		err = lead.ErrClosed
	}
	return w, err
}

// beginClaim begins by's claim in a window, if there is none.
func beginClaim(ctx context.Context, tx pgx.Tx, by skein.By, w skein.Window) error {
	c := lead.NewClaim(skein.ClaimID(core.FreshIDs().Text()), w, by)
	return core.Exec(ctx, tx, `
		insert into claim (id, window_id, project_id, phase_id, person_id, state, drafted_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $7)
		on conflict (window_id, person_id) where state <> 'withdrawn' do nothing`,
		c.ID, w.ID, w.Project, w.Phase, by.Person, c.State, by.At)
}

// oneClaim locks one claim of a window.
func oneClaim(ctx context.Context, tx pgx.Tx, where string, args pgx.NamedArgs) (lead.Claim, error) {
	r, err := core.One[claimRow](ctx, tx, claimRowsSQL+` where claim.window_id = @window and `+where+` for update of claim`, args)
	return r.claim(), err
}
