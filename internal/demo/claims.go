package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/chooser"
	"skein/internal/lead"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// claims sets the windows that are open, closes the ones that closed yesterday by the same moves
// that any other window closes by, and gives a history to those who lead.
func (s seed) claims(ctx context.Context) error {
	b := &pgx.Batch{}
	s.proposers(b)
	b.Queue(`insert into term (project_id, person_id, state, during, live_at, ended_at)
		select 'night-pressure', 'kwame-boateng', 'ended', daterange($1::date, $2::date, '[]'), $1, $2`, s.day(-215), s.day(-20))
	s.windows(b)
	s.gathered(b)
	s.refusedInvitations(b)
	s.handover(b)
	s.loose(b)
	s.earlier(b)
	if err := s.send(ctx, b); err != nil {
		return err
	}
	return s.closed(ctx)
}

func (s seed) proposers(b *pgx.Batch) {
	for project, by := range map[string]string{
		"leak-sensors": "noor-aziz", "night-pressure": "kwame-boateng", "stop-tap-register": "bram-hollis",
		"meter-letters": "jacinta-moor", "swim-forecast": "finlay-rusk", "open-day": "rufus-landry",
	} {
		b.Queue(`update project set proposed_by = $2 where id = $1`, project, by)
	}
}

// windows sets when claims opened and until when they gather.
func (s seed) windows(b *pgx.Batch) {
	for _, w := range []struct {
		project        string
		opened, closes time.Time
	}{
		{"leak-sensors", s.at(-12, 9, 0), s.at(-1, 12, 0)},
		{"stop-tap-register", s.at(-9, 9, 0), s.at(-1, 12, 0)},
		{"night-pressure", s.at(-5, 9, 0), s.at(4, 17, 0)},
		{"swim-forecast", s.at(-6, 9, 0), s.at(2, 12, 0)},
		{"open-day", s.at(-9, 9, 0), time.Time{}},
	} {
		b.Queue(`update claim_window set opened_at = $2, closes_at = $3 where project_id = $1`,
			w.project, w.opened, w.closes)
	}
}

const claimSQL = `
	insert into claim (window_id, project_id, phase_id, person_id, coach_id, coach_agreed_at, state, why, drafted_at, changed_at, submitted_at)
	select id, project_id, phase_id, $2, nullif($3, ''), case when $3 <> '' then $5::timestamptz end, 'submitted', $4, $5, $5, $5
	from claim_window
	where project_id = $1 and closed_at is null`

// gathered are the claims that are in.
func (s seed) gathered(b *pgx.Batch) {
	for i, c := range []struct{ project, person, coach, why string }{
		{"leak-sensors", "ines-calder", "dario-venn", "I listened on half of these mains last winter, and I know which ones lie."},
		{"leak-sensors", "hamish-orde", "", "The supplier and I have been through three contracts."},
		{"leak-sensors", "petra-lind", "rhona-keel", "The logger trial taught me what the batteries do in frost."},
		{"leak-sensors", "stellan-poole", "rhona-keel", "I would like to learn this by doing it."},
		{"leak-sensors", "ngaio-perrin", "jonas-achter", "A sensor without a map is a noise."},
		{"leak-sensors", "dunstan-pike", "rhona-keel", "Crew two digs where these will point."},
		{"stop-tap-register", "ravi-menon-hale", "", "The map is mine to mend; I would rather walk it than guess."},
		{"stop-tap-register", "elspeth-crane", "tomas-orr", "The model needs to know which taps turn."},
		{"stop-tap-register", "wilma-strand", "bram-hollis", "I know who to ask in every street."},
		{"swim-forecast", "yara-benning", "ottilie-grange", "River levels are what I do all day; telling people is new."},
		{"swim-forecast", "cerys-hallam", "abel-thornby", "I stand at the bathing places every week and hear what they ask."},
	} {
		b.Queue(claimSQL, c.project, c.person, c.coach, c.why, s.at(-4, 10+i%6, 7*i%60))
	}
}

// refusedInvitations: nobody claimed Meter Letters, five were asked, and five said no.
func (s seed) refusedInvitations(b *pgx.Batch) {
	b.Queue(`
		update claim_window
		set opened_at = $1, closes_at = null, state = 'inviting'
		where project_id = 'meter-letters' and closed_at is null`, s.at(-41, 9, 0))
	for i, person := range []string{"lena-farrow", "hana-viteri", "maeve-sorley", "saoirse-bell", "ottoline-page"} {
		b.Queue(`
			insert into invite (window_id, project_id, person_id, band, state, made_at, answer_by, answered_at)
			select id, project_id, $1, $2, 'declined', $3, $4, $5
			from claim_window
			where project_id = 'meter-letters'`,
			person, 1+i/2, s.at(-34+3*i, 9, 0), s.at(-32+3*i, 9, 0), s.at(-33+3*i, 8, 15))
	}
}

// handover: Sunita leads Sampling Round until somebody else does.
func (s seed) handover(b *pgx.Batch) {
	b.Queue(`update term set state = 'handing_over' where project_id = 'sampling-round' and state = 'live'`)
	b.Queue(`update project set state = 'handing_over' where id = 'sampling-round'`)
	b.Queue(`
		insert into claim_window (project_id, phase_id, number, opened_at, closes_at, seed)
		select project_id, id, 1, $1, $2, 'sampling-round' from phase where project_id = 'sampling-round'`,
		s.at(-1, 9, 0), s.at(12, 12, 0))
}

// loose ends: a draft of Ines's, and a project that was called off.
func (s seed) loose(b *pgx.Batch) {
	b.Queue(`
		insert into project (id, title, purpose, circle_id, priority_id, proposed_by, state, hours_per_week, end_on, made_at)
		values ('hydrant-paint', 'Hydrant Paint', 'Paint every hydrant by how much it gives, so that nobody opens the wrong one at night.',
			'leaks', 'leaks-down-a-quarter', 'ines-calder', 'draft', 2, $1, $2)`, s.day(120), s.at(-3, 22, 40))
	b.Queue(`insert into phase (project_id, uncertainty, stakes, urgency) values ('hydrant-paint', 'clear', 2, 2)`)
	b.Queue(`
		insert into project (id, title, purpose, circle_id, priority_id, proposed_by, state, hours_per_week, made_at, published_at, ended_at, end_reason)
		values ('kettle-leaflet', 'Kettle Leaflet', 'Say why kettles fur up, and what it does not do to you.', 'customers',
			'bills-people-understand', 'ottoline-page', 'cancelled', 2, $1, $1, $2, 'The county printed one first.')`,
		s.at(-150, 9, 0), s.at(-130, 9, 0))
	b.Queue(`insert into phase (project_id) values ('kettle-leaflet')`)
	// Kwame struck what the desk study has dealt with.
	for _, practice := range []skein.SkillID{match.Hearing, match.NoWayBack, match.NewTeam, match.ManyHeads} {
		b.Queue(`
			insert into requirement (phase_id, skill_id, importance, struck)
			select id, $1, 1, true from phase where project_id = 'night-pressure'`, practice)
	}
}

// earlier gives whoever took a lead lately the window and the claim through which they took it.
func (s seed) earlier(b *pgx.Batch) {
	b.Queue(`
		with began as (
			select term.id, term.project_id, phase.id as phase_id, term.person_id, lower(term.during) as day,
				6 + abs(hashtext(term.project_id)) % 11 as days
			from term
			join phase on phase.project_id = term.project_id
			where term.role = 'primary' and term.state = 'live' and lower(term.during) > $1::date
		), past_window as (
			insert into claim_window (project_id, phase_id, number, opened_at, closes_at, closed_at, told_at, state, seed, claimed)
			select project_id, phase_id, 1, day - days + time '09:00', day - 2 + time '09:00', day - 2 + time '09:00',
				day - 1 + time '09:00', 'taken', project_id, 1
			from began
			returning id, project_id
		), past_claim as (
			insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at, decided_at, place, band, zone)
			select past_window.id, began.project_id, began.phase_id, began.person_id, 'live',
				day - 4 + time '10:00', day - 4 + time '10:00', day - 4 + time '10:00', day - 1 + time '09:00', 1, 1, 'ready'
			from began
			join past_window using (project_id)
			returning id, project_id
		)
		update term
		set claim_id = past_claim.id
		from past_claim, began
		where began.id = term.id and past_claim.project_id = term.project_id`, s.day(-200))
}

// closed lets yesterday's windows close, has Marta check the pick for Leak Sensors, and leaves the
// one for the Stop Tap Register to her.
func (s seed) closed(ctx context.Context) error {
	judge := chooser.New(s.db).Judge()
	if err := s.db.Lead.Tick(ctx, s.at(-1, 12, 0), judge); err != nil {
		return err
	}
	var pick skein.PickID
	err := s.tx.QueryRow(ctx, `select id::text from pick where project_id = 'leak-sensors' and state = 'waiting'`).Scan(&pick)
	if err != nil {
		return fmt.Errorf("the pick for Leak Sensors: %w", err)
	}
	marta := skein.NewBy("marta-oyelaran", s.at(-1, 18, 40), s.now.Location())
	confirm := func(l *lead.Lead) error { return l.Confirm(marta, pick, nil) }
	if err := s.db.Lead.UpdateLead(ctx, marta, "leak-sensors", confirm, leaddb.Judging(judge)); err != nil {
		return err
	}
	// They were given a week, so that skipping to another close does not answer for them.
	b := &pgx.Batch{}
	b.Queue(`update term set answer_by = $1 where state = 'offered'`, s.at(6, 17, 0))
	b.Queue(`update pick set answer_by = $1 where state = 'waiting'`, s.at(6, 12, 0))
	// What they were told then named the day before that; the day stands where they answer.
	b.Queue(`update notice set answer_by = null where kind in ('offer', 'check')`)
	return s.send(ctx, b)
}
