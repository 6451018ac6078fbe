package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// due is one kind of clock that runs out. Each row is acted on in a transaction of its own, so that
// whatever stops a server in between leaves every move either made or not begun.
type due struct {
	name string
	// find lists ids and projects of rows whose clock has run out by $1, the earliest first, without
	// the ids $2 that failed before in this tick.
	find string
	// act makes the move, if the row is still due now that the project is locked.
	act func(ctx context.Context, f *flow, id string) error
}

// dues are all clocks, in the order in which they are looked at.
var dues = []due{
	{"window", `
		select claim_window.id::text, claim_window.project_id
		from claim_window
		where closes_at <= $1 and closed_at is null and claim_window.id::text <> all($2)
		order by closes_at limit 1`, closeDue},
	{"pick", `
		select pick.id::text, pick.project_id
		from pick
		where answer_by <= $1 and state = 'waiting' and pick.id::text <> all($2)
		order by answer_by limit 1`, passPickOn},
	{"offer", `
		select term.id::text, term.project_id
		from term
		where answer_by <= $1 and state in ('offered', 'asked') and term.id::text <> all($2)
		order by answer_by limit 1`, lapseOffer},
	{"invite", `
		select invite.window_id::text, invite.project_id
		from invite
		where answer_by <= $1 and state = 'waiting' and invite.window_id::text <> all($2)
		order by answer_by limit 1`, lapseInvites},
	{"needs", `
		select term.id::text, term.project_id
		from term
		where needs_by <= $1 and state = 'accepted' and term.id::text <> all($2)
		order by needs_by limit 1`, lapseNeeds},
	{"end", `
		select term.id::text, term.project_id
		from term
		where ends_on < (select ($1::timestamptz at time zone zone)::date from organisation) and state = 'live'
			and term.id::text <> all($2)
		order by ends_on limit 1`, endDue},
	{"review", `
		select review.id::text, review.project_id
		from review
		where answer_by <= $1 and answered_at is null and asked_of is not null and review.id::text <> all($2)
		order by answer_by limit 1`, passReviewOn},
}

// Tick makes every move whose clock has run out by now. It may run on any number of servers at
// once: each row is acted on by one of them, once. Rows that fail do not hold up the others; their
// errors are returned together.
func (db *DB) Tick(ctx context.Context, now time.Time, judge skein.Judge) error {
	var failed error
	for _, d := range dues {
		skip := []string{}
		for ctx.Err() == nil {
			id, err := db.tickOne(ctx, now, judge, d, skip)
			if id == "" && err == nil {
				break
			}
			if err != nil && id == "" {
				return errors.Join(failed, fmt.Errorf("tick %s: %w", d.name, err))
			}
			if err != nil && !errors.Is(err, errBusy) {
				failed = errors.Join(failed, fmt.Errorf("tick %s %s: %w", d.name, id, err))
			}
			// Acted on, busy elsewhere or failed: either way not again in this tick.
			skip = append(skip, id)
		}
	}
	if err := db.remind(ctx, now); err != nil {
		failed = errors.Join(failed, fmt.Errorf("tick remind: %w", err))
	}
	return errors.Join(failed, ctx.Err())
}

// errBusy says that another server has the project in hand.
var errBusy = errors.New("busy")

func (db *DB) tickOne(ctx context.Context, now time.Time, judge skein.Judge, d due, skip []string) (string, error) {
	var id string
	var project skein.ProjectID
	err := db.pool.QueryRow(ctx, d.find, now, skip).Scan(&id, &project)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", translate(err)
	}
	by := skein.Itself(now)
	return id, db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		f, err := startFlow(ctx, tx, by, project, true)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil, errBusy
		}
		if err != nil {
			return nil, err
		}
		f.judge = judge
		if err := d.act(ctx, f, id); err != nil {
			return nil, err
		}
		return f.events, f.tell(ctx)
	})
}

func closeDue(ctx context.Context, f *flow, id string) error {
	if err := f.enter(ctx, skein.WindowID(id)); err != nil {
		return err
	}
	if f.window.State.Over() || f.window.ClosesAt.IsZero() || f.window.ClosesAt.After(f.by.At) {
		return nil
	}
	return f.close(ctx)
}

// passPickOn asks the next steward when the one before has been silent.
func passPickOn(ctx context.Context, f *flow, id string) error {
	rows, _ := f.tx.Query(ctx, `select`+pickColumns+` from pick where id = $1 for update`, id)
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[skein.Pick])
	if err != nil {
		return err
	}
	if p.State != skein.PickWaiting || p.AnswerBy.After(f.by.At) {
		return nil
	}
	if err := f.enter(ctx, p.Window); err != nil {
		return err
	}
	if err := f.askToCheck(ctx, &p); err != nil {
		return err
	}
	if p.State == skein.PickUnchecked && p.Claim == "" {
		if err := f.settleAlone(ctx, &p); err != nil {
			return err
		}
	}
	if err := f.savePick(ctx, &p); err != nil {
		return err
	}
	if p.State == skein.PickWaiting {
		f.note("pick.pass_on", "pick", id, map[string]any{"asked": len(p.PassedOn) + 1})
		return f.waitForCheck(ctx, p)
	}
	f.note("pick.unchecked", "pick", id, map[string]any{"claim": p.Claim})
	return f.decide(ctx, p)
}

// lapseOffer ends an offer that was not answered, and asks the next. A co-lead's place that nobody
// answered for simply lapses.
func lapseOffer(ctx context.Context, f *flow, id string) error {
	t, err := f.term(ctx, `id = $1`, id)
	if err != nil || t.AnswerBy.After(f.by.At) || !t.State.MayBecome(skein.TermLapsed) {
		return err
	}
	switch {
	case t.Role != skein.Primary && (t.State == skein.TermAsked || t.State == skein.TermOffered):
		t.State, t.EndedAt = skein.TermLapsed, f.by.At
		f.note("term.lapse", "term", id, nil)
		f.say(t.Person, skein.NoticeLapsed, "term:"+id,
			"Nobody answered in time about your place in "+f.project.Title+". You can ask again.", f.projectLink())
		return f.saveTerm(ctx, t)
	case t.Role == skein.Primary && t.State == skein.TermOffered:
		return f.lapse(ctx, &t, "The time to answer for "+f.project.Title+" ran out, so the next was asked.")
	}
	return nil
}

// lapseNeeds ends an accepted lead whose needs stayed open too long, and asks the next.
func lapseNeeds(ctx context.Context, f *flow, id string) error {
	t, err := f.term(ctx, `id = $1`, id)
	if err != nil || t.State != skein.TermAccepted || t.NeedsBy.After(f.by.At) {
		return err
	}
	return f.lapse(ctx, &t, "What the lead of "+f.project.Title+" needs stayed open too long, so it could not begin and the next was asked.")
}

func (f *flow) lapse(ctx context.Context, t *skein.Term, says string) error {
	t.State, t.EndedAt = skein.TermLapsed, f.by.At
	f.note("term.lapse", "term", string(t.ID), map[string]any{"claim": t.Claim})
	f.say(t.Person, skein.NoticeLapsed, "term:"+string(t.ID), says, f.resultLink())
	if t.Claim == "" {
		if err := f.saveTerm(ctx, *t); err != nil {
			return err
		}
		return f.reopen(ctx)
	}
	var window skein.WindowID
	if err := f.tx.QueryRow(ctx, `select window_id::text from claim where id = $1`, t.Claim).Scan(&window); err != nil {
		return err
	}
	if err := f.enter(ctx, window); err != nil {
		return err
	}
	c, err := f.claim(t.Claim)
	if err != nil {
		return err
	}
	return f.passOn(ctx, t, c, skein.ClaimLapsed)
}

// lapseInvites ends the invitations of a window that were not answered, and asks the next band.
func lapseInvites(ctx context.Context, f *flow, id string) error {
	if err := f.enter(ctx, skein.WindowID(id)); err != nil {
		return err
	}
	rows, _ := f.tx.Query(ctx, `
		update invite set state = 'lapsed', answered_at = $2
		where window_id = $1 and state = 'waiting' and answer_by <= $2
		returning person_id`, id, f.by.At)
	people, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	if err != nil || len(people) == 0 {
		return err
	}
	f.note("invite.lapse", "claim_window", id, map[string]any{"people": len(people)})
	return f.nextBand(ctx)
}

// endDue ends a lead whose last day has passed.
func endDue(ctx context.Context, f *flow, id string) error {
	t, err := f.term(ctx, `id = $1 and state = 'live'`, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil || !t.EndsOn.Before(skein.Day(f.by.At.In(f.rules.Zone))) {
		return err
	}
	if t.Role != skein.Primary || f.project.State.Over() {
		return f.endTerm(ctx, &t, "its time was over")
	}
	return f.endOfTerm(ctx, &t)
}

// remind tells people of what ends soon: a lead, 30, 14 and 3 days before its last day, and a
// window with a fixed end in which they have a draft that was not sent.
func (db *DB) remind(ctx context.Context, now time.Time) error {
	batch := &pgx.Batch{}
	batch.Queue(`
		insert into notice (person_id, kind, project_id, says, link, made_at, about)
		select term.person_id, 'ending', project.id,
			'You lead ' || project.title || ' until ' || to_char(term.ends_on, 'FMDD FMMonth') ||
				'. Hand it over, or let it come to its end.',
			'/projects/' || project.id, $1, 'ends:' || term.id || ':' || term.ends_on || ':' || soon.days
		from term
		join project on project.id = term.project_id
		join lateral (
			select min(days) as days
			from unnest(array[3, 14, 30]) days
			where term.ends_on - (select ($1::timestamptz at time zone zone)::date from organisation) <= days
		) soon on soon.days is not null
		where term.state = 'live' and term.role = 'primary'
			and term.ends_on <= $1::date + 31
			and not exists (
				select from notice
				where notice.person_id = term.person_id and notice.kind = 'ending'
					and notice.about = 'ends:' || term.id || ':' || term.ends_on || ':' || soon.days
			)
		on conflict on constraint notice_once do nothing`, now)
	batch.Queue(`
		insert into notice (person_id, kind, project_id, says, link, made_at, about)
		select claim.person_id, 'closing', project.id,
			'Claims for ' || project.title || ' close within a day, and yours is not sent.',
			'/projects/' || project.id || '/claim', $1, 'closing:' || claim_window.id
		from claim_window
		join claim on claim.window_id = claim_window.id and claim.state = 'draft'
		join project on project.id = claim_window.project_id
		where claim_window.closed_at is null and not claim_window.sealed
			and claim_window.closes_at > $1 and claim_window.closes_at <= $1 + interval '24 hours'
			and not exists (
				select from notice
				where notice.person_id = claim.person_id and notice.kind = 'closing'
					and notice.about = 'closing:' || claim_window.id
			)
		on conflict on constraint notice_once do nothing`, now)
	return db.pool.SendBatch(ctx, batch).Close()
}
