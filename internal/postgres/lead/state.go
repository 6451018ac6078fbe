package leaddb

import (
	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// The statements that set a state in the life of a lead, one a table. Nothing else sets one, but for
// an import, which writes windows and terms as facts: a state that is set elsewhere would go round
// the tables of moves.

// saveProjectState keeps where a project stands.
func saveProjectState(b *pgx.Batch, l *lead.Lead) {
	p := l.Project
	b.Queue(`
		update project
		set state = $2, published_at = $3, ended_at = $4, end_reason = $5, version = $6, end_told = $7
		where id = $1`,
		p.ID, p.State, p.PublishedAt, l.EndedAt, l.EndReason, p.Version, l.EndTold)
}

// SaveWindow keeps a window, new or not. A new one keeps the tables and the rotation that hold as it
// begins, which decide it.
func SaveWindow(b *pgx.Batch, w skein.Window) {
	var claimed *int
	if w.State.Over() {
		claimed = &w.Claimed
	}
	b.Queue(`
		insert into claim_window (id, project_id, phase_id, number, opened_at, seed, closes_at, closed_at, told_at, state, claimed,
			restarts, asked_at, trust, rotation, policy_version)
		select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $16, $17, nullif($12, ''),
			coalesce((
				select circle.rotation
				from project
				cross join circles_above(project.circle_id) up
				join circle on circle.id = up.circle_id and circle.rotation is not null
				where project.id = $2
				order by up.depth
				limit 1
			), tables.rotation, 0),
			coalesce(tables.version, 0)
		from (select max(version) as newest from policy) known
		left join policy tables on tables.version = known.newest
		on conflict (id) do update
		set closes_at = $7, closed_at = $8, told_at = $9, state = $10, claimed = $11,
			restarts = $16, asked_at = $17, best_fit = $13, best_order = $14, best_mark = $15`,
		w.ID, w.Project, w.Phase, w.Number, w.OpenedAt, w.Seed, w.ClosesAt, w.ClosedAt,
		w.ToldAt, w.State, claimed, w.Trust, w.BestFit, w.BestOrder, w.BestMark, w.Restarts, w.AskedAt)
}

// saveClaim keeps a claim, new or not. The key under which it was sent, where there is one, keeps it
// from being sent twice.
func saveClaim(b *pgx.Batch, c lead.Claim, key string) {
	j := c.Judged
	b.Queue(`
		insert into claim (id, window_id, project_id, phase_id, person_id, drafted_at, with_person_id, with_agreed_at, coach_id,
			coach_agreed_at, state, why, unscored, changed_at, submitted_at, decided_at, withdrawn_at, idempotency_key,
			stops, zone, fit, ranked, place, band, turn, rule, sentence, band_size, assessment, passed)
		values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, nullif($9, ''), $10, $11, $12, $13, $14, $15, $16,
			case when $11 = 'withdrawn' then $14::timestamptz end, nullif($17, '')::uuid,
			$18, nullif($19, ''), $20, $21, nullif($22, 0), nullif($23, 0), nullif($24, 0), $25, $26, nullif($27, 0), $28, $30)
		on conflict (id) do update
		set window_id = excluded.window_id, phase_id = excluded.phase_id, with_person_id = excluded.with_person_id,
			with_agreed_at = excluded.with_agreed_at, coach_id = excluded.coach_id, coach_agreed_at = excluded.coach_agreed_at,
			state = excluded.state, why = excluded.why, unscored = excluded.unscored, changed_at = excluded.changed_at,
			submitted_at = excluded.submitted_at, decided_at = excluded.decided_at, withdrawn_at = excluded.withdrawn_at,
			idempotency_key = coalesce(excluded.idempotency_key, claim.idempotency_key),
			stops = excluded.stops, zone = excluded.zone,
			fit = case when $29 then coalesce(excluded.fit, claim.fit) end,
			ranked = case when $29 then coalesce(excluded.ranked, claim.ranked) end,
			place = excluded.place, band = excluded.band, turn = excluded.turn, rule = excluded.rule,
			sentence = excluded.sentence, band_size = excluded.band_size, passed = excluded.passed,
			assessment = case when $29 then coalesce(excluded.assessment, claim.assessment) end`,
		c.ID, c.Window, c.Project, c.Phase, c.Person, c.DraftedAt, c.With, c.WithAgreed, c.Coach,
		c.CoachAgreed, c.State, c.Why, c.Unscored, c.ChangedAt, c.SubmittedAt, c.DecidedAt, key,
		j.Stops, j.Zone, judged(j, j.Fit), judged(j, j.Order), j.Place, j.Band, j.Turn, j.Rule, j.Sentence, j.BandSize, detail(j), c.Kept, c.Passed)
}

// carryDrafts brings the drafts of a window, which verbs never see, into the one that follows it; or
// ends them with their project, and returns whose they were.
func carryDrafts(b *pgx.Batch, c lead.Carry, by skein.By, whose *[]skein.PersonID) {
	if c.To != "" {
		b.Queue(`update claim set window_id = $2, phase_id = $3 where window_id = $1 and state = 'draft'`, c.From, c.To, c.Phase)
		return
	}
	core.CollectValues(b, whose, `
		update claim
		set state = 'void', decided_at = $2
		where window_id = $1 and state = 'draft'
		returning person_id`, c.From, by.At)
}

// savePick keeps a pick, new or not.
func savePick(b *pgx.Batch, p skein.Pick) {
	b.Queue(`
		insert into pick (id, window_id, project_id, number, made_at, claim_id, rule, sentence, compared, band_size, state,
			asked_of, answer_by, passed_on, answered_by, answered_at, reason)
		values ($1, $2, $3, $4, $5, nullif($6, '')::uuid, $7, $8, $9, $10, $11, nullif($12, ''), $13, $14, nullif($15, ''), $16, $17)
		on conflict (id) do update
		set claim_id = excluded.claim_id, rule = excluded.rule, sentence = excluded.sentence, compared = excluded.compared,
			band_size = excluded.band_size, state = excluded.state, asked_of = excluded.asked_of, answer_by = excluded.answer_by,
			passed_on = excluded.passed_on, answered_by = excluded.answered_by, answered_at = excluded.answered_at,
			reason = excluded.reason`,
		p.ID, p.Window, p.Project, p.Number, p.MadeAt, p.Claim, p.Rule, p.Sentence, p.Compared, p.BandSize, p.State,
		p.AskedOf, p.AnswerBy, core.Texts(p.PassedOn), p.AnsweredBy, p.AnsweredAt, p.Reason)
}

// saveInvite keeps an invitation to lead, new or not.
func saveInvite(b *pgx.Batch, i skein.Invite) {
	b.Queue(`
		insert into invite (window_id, project_id, person_id, band, made_at, answer_by, state, answered_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (window_id, person_id) do update
		set state = excluded.state, answered_at = excluded.answered_at`,
		i.Window, i.Project, i.Person, i.Band, i.MadeAt, i.AnswerBy, i.State, i.AnsweredAt)
}

// saveTerm keeps a term, new or not.
func saveTerm(b *pgx.Batch, t skein.Term) {
	b.Queue(`
		insert into term (id, project_id, phase_id, person_id, role, claim_id, offered_at, answer_by, state, ends_on, answered_at,
			needs_by, live_at, ended_at, end_reason, during, starts_on, leave_seen, start_base, word_due, word_told, chosen_for, chosen_how)
		values ($1, $2, nullif($3, '')::uuid, $4, $5, nullif($6, '')::uuid, $7, $8, $9, $10, $11, $12, $13, $14, $15,
			case when $16::date is not null then daterange($16::date, $17::date, '[]') end, $18, $19, $20, $21, $22, $23, $24)
		on conflict (id) do update
		set state = excluded.state, ends_on = excluded.ends_on, answered_at = excluded.answered_at, needs_by = excluded.needs_by,
			live_at = excluded.live_at, ended_at = excluded.ended_at, end_reason = excluded.end_reason, during = excluded.during,
			starts_on = excluded.starts_on, leave_seen = excluded.leave_seen, start_base = excluded.start_base,
			word_due = excluded.word_due, word_told = excluded.word_told, chosen_for = excluded.chosen_for, chosen_how = excluded.chosen_how`,
		t.ID, t.Project, t.Phase, t.Person, t.Role, t.Claim, t.OfferedAt, t.AnswerBy, t.State, t.EndsOn,
		t.AnsweredAt, t.NeedsBy, t.LiveAt, t.EndedAt, t.EndReason, t.From, t.Until, t.StartsOn, t.LeaveSeen, t.StartBase,
		t.WordDue, t.WordTold, t.ChosenFor, t.ChosenHow)
}

// saveNeed keeps what the lead gets at a place of the list, new or not.
func saveNeed(b *pgx.Batch, n skein.Need, place int) {
	b.Queue(`
		insert into need (id, project_id, kind, what, amount, place, asked_of, answer_by, granted_by, granted_at, granted_until,
			waived_by, waived_at, claim_id, passed_on, answer, answered_by, answered_at, less, answer_reason, taken, arrival, arrival_at,
			kept)
		values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, nullif($9, ''), $10, $11, nullif($12, ''), $13, nullif($14, '')::uuid,
			$15, nullif($16, ''), nullif($17, ''), $18, nullif($19::numeric, 0), $20, $21, nullif($22, ''), $23, $24)
		on conflict (id) do update
		set kind = excluded.kind, what = excluded.what, amount = excluded.amount, place = excluded.place,
			asked_of = excluded.asked_of, answer_by = excluded.answer_by, granted_by = excluded.granted_by,
			granted_at = excluded.granted_at, granted_until = excluded.granted_until, waived_by = excluded.waived_by,
			waived_at = excluded.waived_at, passed_on = excluded.passed_on, answer = excluded.answer,
			answered_by = excluded.answered_by, answered_at = excluded.answered_at, less = excluded.less,
			answer_reason = excluded.answer_reason, taken = excluded.taken, arrival = excluded.arrival,
			arrival_at = excluded.arrival_at, kept = excluded.kept`,
		n.ID, n.Project, n.Kind, n.What, n.Amount, place, n.AskedOf, n.AnswerBy, n.GrantedBy, n.GrantedAt,
		n.GrantedUntil, n.WaivedBy, n.WaivedAt, n.Claim, core.Texts(n.PassedOn), n.Answer, n.AnsweredBy, n.AnsweredAt,
		n.Less, n.Reason, n.Taken, n.Arrival, n.ArrivalAt, n.Kept)
}

// saveMember keeps somebody's place in the team, new or not.
func saveMember(b *pgx.Batch, m skein.Member) {
	b.Queue(`
		insert into member (project_id, person_id, joined_at, brings, left_at)
		values ($1, $2, $3, $4, $5)
		on conflict (project_id, person_id, joined_at) do update
		set left_at = excluded.left_at`,
		m.Project, m.Person, m.JoinedAt, m.Brings, m.LeftAt)
}

// saveStandIn keeps who is asked to stand in, or stands in, new or not.
func saveStandIn(b *pgx.Batch, s skein.StandIn) {
	b.Queue(`
		insert into stand_in (id, project_id, spell, person_id, for_id, asked_by, state, of_leave, asked_at, answer_by, answered_at,
			from_on, until_on, ended_on, ended_at, end_reason)
		values ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		on conflict (id) do update
		set state = excluded.state, answered_at = excluded.answered_at, from_on = excluded.from_on, until_on = excluded.until_on,
			ended_on = excluded.ended_on, ended_at = excluded.ended_at, end_reason = excluded.end_reason`,
		s.ID, s.Project, s.Spell, s.Person, s.For, s.AskedBy, s.State, s.OfLeave, s.AskedAt, s.AnswerBy, s.AnsweredAt,
		s.From, s.Until, s.EndedOn, s.EndedAt, s.EndReason)
}

// saveHandover keeps the note of a lead that is handed on, new or not.
func saveHandover(b *pgx.Batch, h skein.Handover) {
	b.Queue(`
		insert into handover (id, project_id, term_id, next_id, state, now, summary, actions, ifs, writer_id, written_at, due, again,
			said_by, said_at, said, signed_by, signed_at, ended_at, thanked_at, renewed)
		values ($1, $2, $3, nullif($4, '')::uuid, $5, $6, $7, $8, $9, nullif($10, ''), $11, $12, $13,
			nullif($14, ''), $15, $16, nullif($17, ''), $18, $19, $20, $21)
		on conflict (id) do update
		set term_id = excluded.term_id, next_id = excluded.next_id, state = excluded.state, now = excluded.now, summary = excluded.summary, actions = excluded.actions,
			ifs = excluded.ifs, writer_id = excluded.writer_id, written_at = excluded.written_at, due = excluded.due,
			again = excluded.again, said_by = excluded.said_by, said_at = excluded.said_at, said = excluded.said,
			signed_by = excluded.signed_by, signed_at = excluded.signed_at, ended_at = excluded.ended_at,
			thanked_at = excluded.thanked_at, renewed = excluded.renewed`,
		h.ID, h.Project, h.Term, h.Next, h.State, h.Now, h.Summary, listed(h.Actions), listed(h.Ifs), h.Writer, h.WrittenAt, h.Due, h.Again,
		h.SaidBy, h.SaidAt, h.Said, h.SignedBy, h.SignedAt, h.EndedAt, h.ThankedAt, h.Renewed)
}

// saveReconsideration keeps what whoever leads, and a steward, say of a lead that is reconsidered, new or not.
func saveReconsideration(b *pgx.Batch, r skein.Reconsideration) {
	b.Queue(`
		insert into reconsideration (id, project_id, term_id, state, opened_at, due, reminded, answer, steward_says, steward_id, part,
			split_id, ended_at, handed_by)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''), $11, nullif($12, ''), $13, nullif($14, ''))
		on conflict (id) do update
		set term_id = excluded.term_id, state = excluded.state, due = excluded.due, reminded = excluded.reminded, answer = excluded.answer,
			steward_says = excluded.steward_says, steward_id = excluded.steward_id, part = excluded.part, split_id = excluded.split_id,
			ended_at = excluded.ended_at, handed_by = excluded.handed_by`,
		r.ID, r.Project, r.Term, r.State, r.OpenedAt, r.Due, r.Reminded, r.Lead, r.Steward, r.StewardBy, r.Part, r.Split, r.EndedAt, r.HandedBy)
}

// saveReview keeps a claimant's question, new or not.
func saveReview(b *pgx.Batch, r skein.Review) {
	var upheld *bool
	if r.AnsweredBy != "" {
		upheld = &r.Upheld
	}
	b.Queue(`
		insert into review (id, claim_id, project_id, asked_by, asked_at, what, asked_of, passed_on, answer_by, answered_by,
			answered_at, upheld, answer)
		values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, nullif($10, ''), $11, $12, $13)
		on conflict (id) do update
		set asked_of = excluded.asked_of, passed_on = excluded.passed_on, answer_by = excluded.answer_by,
			answered_by = excluded.answered_by, answered_at = excluded.answered_at, upheld = excluded.upheld,
			answer = excluded.answer`,
		r.ID, r.Claim, r.Project, r.AskedBy, r.AskedAt, r.What, r.AskedOf, core.Texts(r.PassedOn), r.AnswerBy, r.AnsweredBy,
		r.AnsweredAt, upheld, r.Answer)
}

// saveWord keeps how a lead says that a project stands, new or mended.
func saveWord(b *pgx.Batch, w skein.Word) {
	b.Queue(`
		insert into week_word (id, project_id, term_id, person_id, day, state, says, said_at, seen_by, seen_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10)
		on conflict (id) do update
		set person_id = excluded.person_id, state = excluded.state, says = excluded.says, said_at = excluded.said_at,
			seen_by = excluded.seen_by, seen_at = excluded.seen_at`,
		w.ID, w.Project, w.Term, w.Person, w.Day, w.State, w.Says, w.SaidAt, w.SeenBy, w.SeenAt)
}

// saveQuestion keeps what somebody asks whoever leads a project, new or answered.
func saveQuestion(b *pgx.Batch, q skein.Question) {
	b.Queue(`
		insert into question (id, project_id, asked_by, asked_at, says, answer, answered_by, answered_at)
		values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8)
		on conflict (id) do update
		set answer = excluded.answer, answered_by = excluded.answered_by, answered_at = excluded.answered_at`,
		q.ID, q.Project, q.AskedBy, q.AskedAt, q.Says, q.Answer, q.AnsweredBy, q.AnsweredAt)
}

// saveOutcome keeps the review of how a time in office went, new or not.
func saveOutcome(b *pgx.Batch, o skein.OutcomeReview) {
	b.Queue(`
		insert into outcome (id, project_id, term_id, state, opened_at, due, reminded, closed_at, result, basis, thanked_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), nullif($10, ''), $11)
		on conflict (id) do update
		set state = excluded.state, reminded = excluded.reminded, closed_at = excluded.closed_at, result = excluded.result,
			basis = excluded.basis, thanked_at = excluded.thanked_at`,
		o.ID, o.Project, o.Term, o.State, o.OpenedAt, o.Due, o.Reminded, o.ClosedAt, o.Result, o.Basis, o.ThankedAt)
}

// saveDecision keeps what is decided, or is to be, new or not.
func saveDecision(b *pgx.Batch, d skein.Decision) {
	b.Queue(`
		insert into decision (id, project_id, question, options, area, line, costs, replaces_id, state, opened_by, opened_at, asked_at,
			advice_on, told, says, chosen, reason, decided_by, decided_at, came, came_by, came_at, ended_at, end_reason)
		values ($1, $2, $3, $4, $5, $6, $7::float8::numeric, nullif($8, '')::uuid, $9, $10, $11, $12, $13, $14, $15, $16, $17, nullif($18, ''), $19,
			$20, nullif($21, ''), $22, $23, $24)
		on conflict (id) do update
		set question = excluded.question, options = excluded.options, area = excluded.area, line = excluded.line, costs = excluded.costs,
			replaces_id = excluded.replaces_id, state = excluded.state, asked_at = excluded.asked_at, advice_on = excluded.advice_on,
			told = excluded.told, says = excluded.says, chosen = excluded.chosen, reason = excluded.reason,
			decided_by = excluded.decided_by, decided_at = excluded.decided_at, came = excluded.came, came_by = excluded.came_by,
			came_at = excluded.came_at, ended_at = excluded.ended_at, end_reason = excluded.end_reason`,
		d.ID, d.Project, d.Question, listed(d.Options), d.Area, listed(d.Line), d.Costs, d.Replaces, d.State, d.OpenedBy, d.OpenedAt, d.AskedAt,
		d.AdviceOn, d.Told, d.Says, d.Chosen, d.Reason, d.DecidedBy, d.DecidedAt, d.Came, d.CameBy, d.CameAt, d.EndedAt, d.EndReason)
}

// saveAdvice keeps what one person is asked of a decision, new or not.
func saveAdvice(b *pgx.Batch, a skein.Advice) {
	b.Queue(`
		insert into advice (id, decision_id, project_id, person_id, why, consent, state, asked_by, asked_at, answered_at, says, agrees)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		on conflict (id) do update
		set why = excluded.why, consent = excluded.consent, state = excluded.state, asked_by = excluded.asked_by, asked_at = excluded.asked_at,
			answered_at = excluded.answered_at, says = excluded.says, agrees = excluded.agrees`,
		a.ID, a.Decision, a.Project, a.Person, a.Why, a.Consent, a.State, a.AskedBy, a.AskedAt, a.AnsweredAt, a.Says, a.Agrees)
}
