package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

const termColumns = `
	term.id::text as id,
	term.project_id as project,
	coalesce(term.phase_id::text, '') as phase,
	term.person_id as person,
	term.role,
	term.state,
	coalesce(lower(term.during), '0001-01-01') as "from",
	coalesce(upper(term.during) - 1, '0001-01-01') as until,
	coalesce(term.ends_on, '0001-01-01') as ends_on,
	coalesce(term.claim_id::text, '') as claim,
	coalesce(term.offered_at, '0001-01-01 00:00:00+00') as offered_at,
	coalesce(term.answer_by, '0001-01-01 00:00:00+00') as answer_by,
	coalesce(term.answered_at, '0001-01-01 00:00:00+00') as answered_at,
	coalesce(term.needs_by, '0001-01-01 00:00:00+00') as needs_by,
	coalesce(term.live_at, '0001-01-01 00:00:00+00') as live_at,
	coalesce(term.ended_at, '0001-01-01 00:00:00+00') as ended_at,
	term.end_reason`

// term reads and locks one term.
func (f *flow) term(ctx context.Context, where string, args ...any) (skein.Term, error) {
	rows, _ := f.tx.Query(ctx, `select`+termColumns+` from term where `+where+` for update`, args...)
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Term])
}

func (f *flow) insertTerm(ctx context.Context, t *skein.Term) error {
	var from *time.Time
	if !t.From.IsZero() {
		from = &t.From
	}
	return f.tx.QueryRow(ctx, `
		insert into term (project_id, phase_id, person_id, role, state, ends_on, claim_id, offered_at, answer_by,
			answered_at, needs_by, live_at, during)
		values ($1, $2, $3, $4, $5, $6, nullif($7, '')::uuid, $8, $9, $10, $11, $12,
			case when $13::date is not null then daterange($13::date, null) end)
		returning id::text`,
		t.Project, t.Phase, t.Person, t.Role, t.State, nullTime(t.EndsOn), t.Claim, nullTime(t.OfferedAt), nullTime(t.AnswerBy),
		nullTime(t.AnsweredAt), nullTime(t.NeedsBy), nullTime(t.LiveAt), from).Scan(&t.ID)
}

func (f *flow) saveTerm(ctx context.Context, t skein.Term) error {
	_, err := f.tx.Exec(ctx, `
		update term
		set state = $2, ends_on = $3, answered_at = $4, needs_by = $5, live_at = $6, ended_at = $7, end_reason = $8,
			during = case when $9::date is not null then daterange($9::date, $10::date, '[]') end
		where id = $1`,
		t.ID, t.State, nullTime(t.EndsOn), nullTime(t.AnsweredAt), nullTime(t.NeedsBy), nullTime(t.LiveAt),
		nullTime(t.EndedAt), t.EndReason, nullTime(t.From), nullTime(t.Until))
	return err
}

// accepted keeps the yes, asks for the coach that was named, and lets the lead begin when nothing
// is open.
func (f *flow) accepted(ctx context.Context, t *skein.Term, c *claimRow) error {
	if c.Coach != "" && c.Zone == skein.Stretch {
		if err := f.needCoach(ctx, c); err != nil {
			return err
		}
	}
	return f.settle(ctx, t)
}

// needCoach makes the named coach part of what the lead gets: granted when they said yes already.
func (f *flow) needCoach(ctx context.Context, c *claimRow) error {
	var by *skein.PersonID
	if !c.CoachAgreed.IsZero() {
		by = &c.Coach
	}
	_, err := f.tx.Exec(ctx, `
		insert into need (project_id, kind, what, place, asked_of, answer_by, granted_by, granted_at)
		select $1, 'coach', $2, coalesce(max(place), 0) + 1, $3, $4, $5, $6
		from need
		where project_id = $1`,
		f.project.ID, coachWhat(c), c.Coach, f.by.At.Add(f.rules.Needs), by, nullTime(c.CoachAgreed))
	return err
}

func coachWhat(c *claimRow) string { return c.CoachName + " as a coach" }

// undoNeeds takes back what belonged to one person's lead alone: their coach, and what they said
// they could do without.
func (f *flow) undoNeeds(ctx context.Context, c *claimRow) error {
	batch := &pgx.Batch{}
	batch.Queue(`delete from need where project_id = $1 and kind = 'coach' and what = $2 and asked_of = nullif($3, '')`,
		f.project.ID, coachWhat(c), c.Coach)
	batch.Queue(`update need set waived_by = null, waived_at = null where project_id = $1 and waived_by = $2`,
		f.project.ID, c.Person)
	return f.tx.SendBatch(ctx, batch).Close()
}

// settleTerm lets an accepted lead begin when each need is granted or waived. Whoever settles a
// need calls it in the same transaction; the caller holds the project's row.
func settleTerm(ctx context.Context, tx pgx.Tx, by skein.By, project skein.ProjectID) ([]skein.Event, error) {
	f, err := startFlow(ctx, tx, by, project, false)
	if err != nil {
		return nil, err
	}
	t, err := f.term(ctx, `project_id = $1 and role = 'primary' and state = 'accepted'`, string(project))
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if t.Claim != "" {
		var window skein.WindowID
		if err := tx.QueryRow(ctx, `select window_id::text from claim where id = $1`, t.Claim).Scan(&window); err != nil {
			return nil, err
		}
		if err := f.enter(ctx, window); err != nil {
			return nil, err
		}
	}
	if err := f.settle(ctx, &t); err != nil {
		return nil, err
	}
	return f.events, f.tell(ctx)
}

// settle keeps an accepted term, and puts the lead in office when nothing they need is open.
func (f *flow) settle(ctx context.Context, t *skein.Term) error {
	rows, _ := f.tx.Query(ctx, `
		select coalesce(granted_by, '') as granted_by, coalesce(waived_by, '') as waived_by, asked_of
		from need
		where project_id = $1`, f.project.ID)
	needs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (n skein.Need, err error) {
		var asked *skein.PersonID
		err = row.Scan(&n.GrantedBy, &n.WaivedBy, &asked)
		if asked != nil {
			n.AskedOf = *asked
		}
		return n, err
	})
	if err != nil {
		return err
	}
	if t.Begin(needs, f.by.At) {
		return f.begin(ctx, t)
	}
	f.sayNeeds(needs, t)
	return f.saveTerm(ctx, *t)
}

// sayNeeds tells those who are asked for a need that somebody waits for it.
func (f *flow) sayNeeds(needs []skein.Need, t *skein.Term) {
	for _, n := range needs {
		if !n.Settled() && n.AskedOf != "" && n.AskedOf != t.Person {
			f.say(n.AskedOf, skein.NoticeNeeds, "term:"+string(t.ID),
				f.project.Title+" has a lead who waits for what you were asked to grant.", f.projectLink())
		}
	}
}

// begin puts the lead in office: whoever was handing over has handed over in the same instant.
func (f *flow) begin(ctx context.Context, t *skein.Term) error {
	if err := f.endHolders(ctx); err != nil {
		return err
	}
	if err := f.saveTerm(ctx, *t); err != nil {
		return err
	}
	_, err := f.tx.Exec(ctx, `update project set state = 'led' where id = $1`, f.project.ID)
	if err != nil {
		return err
	}
	f.note("term.live", "term", string(t.ID), map[string]any{"person": t.Person})
	f.say(t.Person, skein.NoticeLed, "term:"+string(t.ID), "You lead "+f.project.Title+" from today.", f.projectLink())
	if t.Claim == "" {
		return nil
	}
	c, err := f.claim(t.Claim)
	if err != nil {
		return err
	}
	if err := f.setClaim(ctx, c, skein.ClaimLive); err != nil {
		return err
	}
	if err := f.endWindow(ctx, skein.WindowTaken); err != nil {
		return err
	}
	if err := f.sayLed(ctx, c.Name, t.Person); err != nil {
		return err
	}
	return f.beginBeside(ctx, t, c)
}

// sayLed tells whoever proposed it, the team, and those who led it until now.
func (f *flow) sayLed(ctx context.Context, name string, lead skein.PersonID) error {
	rows, _ := f.tx.Query(ctx, `
		select person_id from member where project_id = $1 and left_at is null
		union
		select person_id from term where project_id = $1 and role <> 'primary' and state = 'live'
		union
		select proposed_by from project where id = $1 and proposed_by is not null
		order by 1`, f.project.ID)
	people, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	for _, p := range people {
		if p != lead {
			f.say(p, skein.NoticeLed, "led:"+string(f.window.ID), name+" leads "+f.project.Title+" now.", f.projectLink())
		}
	}
	return err
}

// endHolders ends the terms of those who were handing over.
func (f *flow) endHolders(ctx context.Context) error {
	rows, _ := f.tx.Query(ctx, `
		select`+termColumns+`
		from term
		where project_id = $1 and role = 'primary' and state = 'handing_over'
		for update`, f.project.ID)
	holders, err := pgx.CollectRows(rows, pgx.RowToStructByName[skein.Term])
	if err != nil {
		return err
	}
	for _, h := range holders {
		if err := f.endTerm(ctx, &h, "handed over"); err != nil {
			return err
		}
		f.say(h.Person, skein.NoticeLed, "handed:"+string(h.ID), "You have handed "+f.project.Title+" on. Thank you.", f.projectLink())
	}
	return nil
}

// endTerm ends a time in office, and the claim that it began with.
func (f *flow) endTerm(ctx context.Context, t *skein.Term, reason string) error {
	if err := t.End(f.by.At, reason); err != nil {
		return err
	}
	if err := f.saveTerm(ctx, *t); err != nil {
		return err
	}
	f.note("term.end", "term", string(t.ID), map[string]any{"person": t.Person, "reason": reason})
	_, err := f.tx.Exec(ctx, `
		update claim set state = 'ended', changed_at = $2 where id::text = $1 and state = 'live'`, string(t.Claim), f.by.At)
	return err
}

// beginBeside makes whoever claimed together with the lead a co-lead, if they said yes in time.
func (f *flow) beginBeside(ctx context.Context, lead *skein.Term, c *claimRow) error {
	if c.With == "" || c.WithAgreed.IsZero() {
		return nil
	}
	var placed bool
	err := f.tx.QueryRow(ctx, `
		select exists (select from term where project_id = $1 and person_id = $2 and role = 'co'
			and state in ('asked', 'offered', 'accepted', 'live', 'handing_over'))`, f.project.ID, c.With).Scan(&placed)
	if placed || err != nil {
		return err
	}
	co := skein.Term{
		Project: f.project.ID, Phase: lead.Phase, Person: c.With, Role: skein.CoLead, State: skein.TermLive,
		From: lead.From, LiveAt: f.by.At, EndsOn: lead.EndsOn,
	}
	if err := f.insertTerm(ctx, &co); err != nil {
		return err
	}
	f.note("term.live", "term", string(co.ID), map[string]any{"person": co.Person, "role": co.Role})
	f.say(co.Person, skein.NoticeLed, "term:"+string(co.ID),
		"You lead "+f.project.Title+" beside "+c.Name+" from today.", f.projectLink())
	return nil
}
