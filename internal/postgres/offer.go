package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// decide tells everybody at once how it was decided and offers the lead to whoever was picked.
func (f *flow) decide(ctx context.Context, p skein.Pick) error {
	picked, err := f.claim(p.Claim)
	if err != nil {
		return err
	}
	first := f.window.ToldAt.IsZero()
	f.window.ToldAt = f.by.At
	if err := saveWindow(ctx, f.tx, f.window); err != nil {
		return err
	}
	for _, c := range f.sent() {
		if c.ID == picked.ID {
			continue
		}
		if err := f.setClaim(ctx, c, skein.ClaimNotChosen); err != nil {
			return err
		}
		if first {
			f.sayNotChosen(p, picked, c)
		}
	}
	return f.offer(ctx, p, picked)
}

// setClaim moves a claim and keeps it.
func (f *flow) setClaim(ctx context.Context, c *claimRow, next skein.ClaimState) error {
	if err := c.Move(next, f.by.At); err != nil {
		return err
	}
	c.DecidedAt = f.by.At
	_, err := f.tx.Exec(ctx, `
		update claim set state = $2, changed_at = $3, decided_at = $3 where id = $1`, c.ID, c.State, f.by.At)
	return err
}

// sayNotChosen tells a claimant who was not chosen, in one sentence; the reasons are on the page.
func (f *flow) sayNotChosen(p skein.Pick, picked, c *claimRow) {
	says := picked.Name + " was chosen for " + f.project.Title + "."
	switch {
	case c.Stops != "":
		says = "Your claim for " + f.project.Title + " could not be taken. " + c.Stops
	case picked.Band > 0 && c.Band == picked.Band:
		says += " You were equally placed."
	}
	f.notices = append(f.notices, skein.Notice{
		Person: c.Person, Kind: skein.NoticeNotChosen, Project: f.project.ID, Claim: c.ID,
		Says: says, Link: f.resultLink(), About: "pick:" + string(p.ID),
	})
}

// offer makes the term of the picked one. On trust to claim was to accept, and so it was to say yes
// to an invitation.
func (f *flow) offer(ctx context.Context, p skein.Pick, c *claimRow) error {
	accepted := f.project.Trust == skein.Open
	if !accepted {
		err := f.tx.QueryRow(ctx, `
			select exists (select from invite where window_id = $1 and person_id = $2 and state = 'accepted')`,
			c.Window, c.Person).Scan(&accepted)
		if err != nil {
			return err
		}
	}
	t := skein.Offer(c.Claim, f.project, accepted, f.rules.LongestMonths, f.rules.Clocks, f.by.At)
	if err := f.insertTerm(ctx, &t); err != nil {
		return err
	}
	f.note("term.offer", "term", string(t.ID), map[string]any{"person": t.Person, "claim": c.ID, "accepted": accepted})
	if accepted {
		if err := f.setClaim(ctx, c, skein.ClaimAccepted); err != nil {
			return err
		}
		return f.accepted(ctx, &t, c)
	}
	if err := f.setClaim(ctx, c, skein.ClaimOffered); err != nil {
		return err
	}
	f.notices = append(f.notices, skein.Notice{
		Person: c.Person, Kind: skein.NoticeOffer, Project: f.project.ID, Claim: c.ID, Link: f.resultLink(),
		Says:  "You were chosen for " + f.project.Title + ". Answer by " + f.when(t.AnswerBy) + ".",
		About: "term:" + string(t.ID),
	})
	return nil
}

// next passes the lead to the next in the order worked out at the close. There is no new check,
// but nobody is offered more leads at once than the guardrail allows.
func (f *flow) next(ctx context.Context) error {
	for {
		c := f.nextTurn()
		if c == nil {
			return f.nobodyLeft(ctx)
		}
		full, err := f.leadsFull(ctx, c.Person)
		if err != nil {
			return err
		}
		if full {
			c.Turn = 0
			f.note("claim.pass_over", "claim", string(c.ID), map[string]any{"why": "leads_at_once"})
			continue
		}
		p := skein.Pick{
			Window: f.window.ID, Project: f.project.ID, MadeAt: f.by.At, State: skein.PickNotNeeded, Claim: c.ID,
			Rule: c.Rule, Sentence: c.Sentence, BandSize: c.BandSize, Compared: f.turnsFrom(c.Turn), AnsweredAt: f.by.At,
		}
		if err := f.savePick(ctx, &p); err != nil {
			return err
		}
		f.note("pick.next", "pick", string(p.ID), map[string]any{"claim": p.Claim, "rule": p.Rule})
		return f.offer(ctx, p, c)
	}
}

// nextTurn is the claim that follows those already tried, or nil.
func (f *flow) nextTurn() *claimRow {
	var next *claimRow
	for i := range f.claims {
		c := &f.claims[i]
		if c.State == skein.ClaimNotChosen && c.Turn > 0 && (next == nil || c.Turn < next.Turn) {
			next = c
		}
	}
	return next
}

func (f *flow) turnsFrom(turn int) int {
	n := 0
	for _, c := range f.claims {
		if c.State == skein.ClaimNotChosen && c.Turn >= turn {
			n++
		}
	}
	return n
}

// leadsFull tells whether the guardrail keeps somebody from one more lead. The person is locked,
// so that two offers at once do not both pass.
func (f *flow) leadsFull(ctx context.Context, person skein.PersonID) (bool, error) {
	if f.rules.LeadsAtOnce == 0 {
		return false, nil
	}
	if _, err := f.tx.Exec(ctx, `select from person where id = $1 for no key update`, person); err != nil {
		return false, err
	}
	var held int
	err := f.tx.QueryRow(ctx, `
		select count(*)
		from term
		where person_id = $1 and role = 'primary' and state in ('offered', 'accepted', 'live', 'handing_over')`,
		person).Scan(&held)
	return held >= f.rules.LeadsAtOnce, err
}

// nobodyLeft is when everybody whose turn it was said no. Where somebody claimed in writing, a
// steward reads on; else claims gather again, and the best placed are asked.
func (f *flow) nobodyLeft(ctx context.Context) error {
	again := 0
	for i := range f.claims {
		c := &f.claims[i]
		if c.State == skein.ClaimNotChosen && c.Turn == 0 && c.Stops == "" && c.Place == 0 {
			if err := f.setClaim(ctx, c, skein.ClaimSubmitted); err != nil {
				return err
			}
			again++
		}
	}
	if again > 0 {
		return f.pick(ctx, nil, 0)
	}
	return f.beginAgain(ctx)
}

// nobodyMay is when nobody who claimed passed the gates: they are told why, and claims go on.
func (f *flow) nobodyMay(ctx context.Context) error {
	for _, c := range f.sent() {
		if err := f.setClaim(ctx, c, skein.ClaimNotChosen); err != nil {
			return err
		}
		f.notices = append(f.notices, skein.Notice{
			Person: c.Person, Kind: skein.NoticeNotChosen, Project: f.project.ID, Claim: c.ID,
			Says: "Your claim for " + f.project.Title + " could not be taken. " + c.Stops,
			Link: f.resultLink(), About: "window:" + string(f.window.ID),
		})
	}
	return f.beginAgain(ctx)
}

// beginAgain opens claims until somebody takes the lead, and asks the best placed meanwhile.
func (f *flow) beginAgain(ctx context.Context) error {
	if err := f.endWindow(ctx, skein.WindowRestarted); err != nil {
		return err
	}
	if err := f.voidInvites(ctx); err != nil {
		return err
	}
	if err := f.open(ctx, skein.UntilTaken(f.project, f.phase, 0, "", f.by.At)); err != nil {
		return err
	}
	return f.invite(ctx)
}

// AcceptOffer is the chosen's yes.
func (db *DB) AcceptOffer(ctx context.Context, by skein.By, claim skein.ClaimID) error {
	return db.answerOffer(ctx, by, claim, skein.Judge{}, func(f *flow, t *skein.Term, c *claimRow) error {
		if err := t.Accept(by, f.rules.Clocks); err != nil {
			return err
		}
		if err := f.setClaim(ctx, c, skein.ClaimAccepted); err != nil {
			return err
		}
		f.note("term.accept", "term", string(t.ID), map[string]any{"claim": c.ID})
		return f.accepted(ctx, t, c)
	})
}

// DeclineOffer is the chosen's "not this time": the next is asked at once.
func (db *DB) DeclineOffer(ctx context.Context, by skein.By, claim skein.ClaimID, judge skein.Judge) error {
	return db.answerOffer(ctx, by, claim, judge, func(f *flow, t *skein.Term, c *claimRow) error {
		if err := t.Decline(by); err != nil {
			return err
		}
		f.note("term.decline", "term", string(t.ID), map[string]any{"claim": c.ID})
		return f.passOn(ctx, t, c, skein.ClaimDeclined)
	})
}

// passOn ends an offer and goes on to the next.
func (f *flow) passOn(ctx context.Context, t *skein.Term, c *claimRow, became skein.ClaimState) error {
	if err := f.saveTerm(ctx, *t); err != nil {
		return err
	}
	if err := f.setClaim(ctx, c, became); err != nil {
		return err
	}
	if err := f.undoNeeds(ctx, c); err != nil {
		return err
	}
	return f.next(ctx)
}

func (db *DB) answerOffer(ctx context.Context, by skein.By, claim skein.ClaimID, judge skein.Judge,
	do func(f *flow, t *skein.Term, c *claimRow) error,
) error {
	return db.write(ctx, by, func(tx pgx.Tx) ([]skein.Event, error) {
		f, t, c, err := enterTermOf(ctx, tx, by, claim)
		if err != nil {
			return nil, err
		}
		f.judge = judge
		if err := do(f, t, c); err != nil {
			return nil, err
		}
		return f.events, f.tell(ctx)
	})
}

// enterTermOf locks all that the offer of a claim hangs on. To anybody but the claimant there is
// no such offer.
func enterTermOf(ctx context.Context, tx pgx.Tx, by skein.By, claim skein.ClaimID) (*flow, *skein.Term, *claimRow, error) {
	var project skein.ProjectID
	var window skein.WindowID
	err := tx.QueryRow(ctx, `select project_id, window_id::text from claim where id::text = $1 and person_id = $2`,
		string(claim), by.Person).Scan(&project, &window)
	if err != nil {
		return nil, nil, nil, err
	}
	f, err := startFlow(ctx, tx, by, project, false)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := f.enter(ctx, window); err != nil {
		return nil, nil, nil, err
	}
	t, err := f.term(ctx, `claim_id = $1 and role = 'primary' order by offered_at desc limit 1`, string(claim))
	if err != nil {
		return nil, nil, nil, err
	}
	c, err := f.claim(claim)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("offer: %w", err)
	}
	return f, &t, c, nil
}
