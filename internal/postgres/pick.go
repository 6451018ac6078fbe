package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

const pickColumns = `
	pick.id::text as id,
	pick.window_id::text as window,
	pick.project_id as project,
	pick.number,
	coalesce(pick.claim_id::text, '') as claim,
	pick.rule,
	pick.sentence,
	pick.compared,
	pick.band_size,
	pick.made_at,
	pick.state,
	coalesce(pick.asked_of, '') as asked_of,
	coalesce(pick.answer_by, '0001-01-01 00:00:00+00') as answer_by,
	pick.passed_on,
	coalesce(pick.answered_by, '') as answered_by,
	coalesce(pick.answered_at, '0001-01-01 00:00:00+00') as answered_at,
	pick.reason`

// savePick keeps a pick: a new one under the next number of its window.
func (f *flow) savePick(ctx context.Context, p *skein.Pick) error {
	if p.PassedOn == nil {
		p.PassedOn = []skein.PersonID{}
	}
	if p.ID == "" {
		return f.tx.QueryRow(ctx, `
			insert into pick (window_id, project_id, number, claim_id, rule, sentence, compared, band_size, made_at, state,
				asked_of, answer_by, passed_on, answered_at)
			select $1, $2, coalesce(max(number), 0) + 1, nullif($3, '')::uuid, $4, $5, $6, $7, $8, $9,
				nullif($10, ''), $11, $12, $13
			from pick
			where window_id = $1
			returning id::text, number`,
			p.Window, p.Project, p.Claim, p.Rule, p.Sentence, p.Compared, p.BandSize, p.MadeAt, p.State,
			p.AskedOf, nullTime(p.AnswerBy), texts(p.PassedOn), nullTime(p.AnsweredAt)).Scan(&p.ID, &p.Number)
	}
	_, err := f.tx.Exec(ctx, `
		update pick
		set claim_id = nullif($2, '')::uuid, rule = $3, sentence = $4, compared = $5, band_size = $6, state = $7,
			asked_of = nullif($8, ''), answer_by = $9, passed_on = $10, answered_by = nullif($11, ''),
			answered_at = $12, reason = $13
		where id = $1`,
		p.ID, p.Claim, p.Rule, p.Sentence, p.Compared, p.BandSize, p.State, p.AskedOf, nullTime(p.AnswerBy),
		texts(p.PassedOn), p.AnsweredBy, nullTime(p.AnsweredAt), p.Reason)
	return err
}

// close is the end of a window: the situation picks.
func (f *flow) close(ctx context.Context) error {
	sent := f.sent()
	if len(sent) == 0 {
		f.window.ClosesAt, f.window.Sealed, f.window.State = time.Time{}, false, skein.WindowInviting
		if err := saveWindow(ctx, f.tx, f.window); err != nil {
			return err
		}
		f.note("window.nobody", "claim_window", string(f.window.ID), nil)
		return f.nextBand(ctx)
	}
	judged, err := f.judgeClaims(ctx, nil)
	if err != nil {
		return err
	}
	f.window.ClosedAt, f.window.Claimed, f.window.State = f.by.At, len(sent), skein.WindowPicked
	f.note("window.close", "claim_window", string(f.window.ID), nil)
	if skein.First(judged) == nil && len(f.written()) == 0 {
		return f.nobodyMay(ctx)
	}
	if err := f.voidInvites(ctx); err != nil {
		return err
	}
	if err := saveWindow(ctx, f.tx, f.window); err != nil {
		return err
	}
	return f.pick(ctx, skein.First(judged), f.comparedCount(judged))
}

// sent returns the claims that count.
func (f *flow) sent() []*claimRow {
	var sent []*claimRow
	for i := range f.claims {
		if s := f.claims[i].State; s == skein.ClaimSubmitted || s == skein.ClaimChosen {
			sent = append(sent, &f.claims[i])
		}
	}
	return sent
}

// written returns the claims that pass the gates and can only be decided by reading them.
func (f *flow) written() []skein.ClaimID {
	var written []skein.ClaimID
	for _, c := range f.sent() {
		if c.Turn == 0 && c.Stops == "" {
			written = append(written, c.ID)
		}
	}
	return written
}

func (f *flow) comparedCount(judged []skein.Judged) int {
	n := 0
	for _, j := range judged {
		if j.Turn > 0 {
			n++
		}
	}
	return n
}

// judgeClaims compares those who claimed on rows read now, and keeps what was found with each
// claim. The people are locked: what they hold cannot change under two picks at once.
func (f *flow) judgeClaims(ctx context.Context, equal []skein.ClaimID) ([]skein.Judged, error) {
	sent := f.sent()
	closing := skein.Closing{Window: f.window, Equal: equal}
	people := map[skein.PersonID]bool{}
	for _, c := range sent {
		claim := c.Claim
		if claim.WithAgreed.IsZero() {
			claim.With = "" // they have not said yes: it counts for the first alone
		}
		closing.Claims = append(closing.Claims, claim)
		people[claim.Person], people[claim.With] = true, true
	}
	delete(people, "")
	asking := skein.Asking{
		Projects: []skein.ProjectID{f.project.ID}, Practices: f.judge.Practices, AsOf: skein.AsOfNow(f.by.At),
	}
	rows, _ := f.tx.Query(ctx, `select id from person where id = any($1) order by id for no key update`, keys(people))
	var err error
	if asking.People, err = pgx.CollectRows(rows, pgx.RowTo[skein.PersonID]); err != nil {
		return nil, err
	}
	if closing.Comparison, err = compare(ctx, f.tx, asking); err != nil {
		return nil, err
	}
	judged, err := f.judge.Claims(closing)
	if err != nil {
		return nil, err
	}
	return judged, f.keepJudged(ctx, sent, judged)
}

func keys(set map[skein.PersonID]bool) []string {
	var all []string
	for k := range set {
		all = append(all, string(k))
	}
	return all
}

func (f *flow) keepJudged(ctx context.Context, sent []*claimRow, judged []skein.Judged) error {
	batch := &pgx.Batch{}
	for i := range judged {
		j, c := &judged[i], sent[i]
		if j.Stops == "" && j.Turn == 0 && !j.Written {
			j.Stops = tooLittle(*j)
		}
		c.Stops, c.Zone, c.Place, c.Band, c.Turn = j.Stops, j.Zone, j.Place, j.Band, j.Turn
		c.Rule, c.Sentence, c.BandSize = j.Rule, j.Sentence, j.BandSize
		batch.Queue(`
			update claim
			set stops = $2, zone = nullif($3, ''), fit = $4, ranked = $5, place = nullif($6, 0), band = nullif($7, 0),
				turn = nullif($8, 0), rule = $9, sentence = $10, band_size = nullif($11, 0), assessment = $12
			where id = $1`,
			j.Claim, j.Stops, j.Zone, j.Fit, j.Order, j.Place, j.Band, j.Turn, j.Rule, j.Sentence, j.BandSize, j.Detail)
	}
	return f.tx.SendBatch(ctx, batch).Close()
}

// tooLittle says why a claim that passed when it was sent does not pass at the close.
func tooLittle(j skein.Judged) string {
	if j.Zone == skein.Stretch {
		return "It is a stretch for you, and nobody who would coach you was named when claims closed."
	}
	return "Too little spoke for you any more when claims closed."
}

// pick makes the pick. Either somebody without a part is asked to check it, or all is told at once.
func (f *flow) pick(ctx context.Context, first *skein.Judged, compared int) error {
	p := skein.Pick{
		Window: f.window.ID, Project: f.project.ID, MadeAt: f.by.At, Compared: compared, State: skein.PickNotNeeded,
		PassedOn: []skein.PersonID{},
	}
	written := f.written()
	if first != nil {
		p.Claim, p.Rule, p.Sentence, p.BandSize = first.Claim, first.Rule, first.Sentence, first.BandSize
		c, err := f.claim(first.Claim)
		if err != nil {
			return err
		}
		c.State = skein.ClaimChosen
	}
	if skein.NeedsCheck(f.project.Trust, f.rules.ConfirmWeighed, len(written) > 0) {
		if err := f.askToCheck(ctx, &p); err != nil {
			return err
		}
	}
	if p.State == skein.PickUnchecked && p.Claim == "" {
		if err := f.settleAlone(ctx, &p); err != nil {
			return err
		}
	}
	if err := f.savePick(ctx, &p); err != nil {
		return err
	}
	f.note("pick.make", "pick", string(p.ID), map[string]any{"rule": p.Rule, "compared": p.Compared, "state": p.State})
	if p.State == skein.PickWaiting {
		return f.waitForCheck(ctx, p)
	}
	return f.decide(ctx, p)
}

// settleAlone decides between written claims where nobody without a part is left to read them: all
// count as equally placed, and the rule between equals decides.
func (f *flow) settleAlone(ctx context.Context, p *skein.Pick) error {
	judged, err := f.judgeClaims(ctx, f.written())
	if err != nil {
		return err
	}
	first := skein.First(judged)
	if first == nil {
		return nil
	}
	p.Claim, p.Rule, p.Sentence, p.BandSize = first.Claim, first.Rule, first.Sentence, first.BandSize
	c, err := f.claim(first.Claim)
	if err == nil {
		c.State = skein.ClaimChosen
	}
	return err
}

// waitForCheck tells the one who is asked, and nobody else.
func (f *flow) waitForCheck(ctx context.Context, p skein.Pick) error {
	f.say(p.AskedOf, skein.NoticeCheck, "pick:"+string(p.ID),
		"Claims for "+f.project.Title+" have closed. You have no part in it: check the pick by "+f.when(p.AnswerBy)+".",
		f.resultLink())
	if p.Claim == "" {
		return nil
	}
	_, err := f.tx.Exec(ctx, `update claim set state = 'chosen' where id = $1`, p.Claim)
	return err
}
