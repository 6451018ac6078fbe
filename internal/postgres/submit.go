package postgres

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/skein"
)

// submission is one claim on its way into a window.
type submission struct {
	tx         pgx.Tx
	by         skein.By
	judge      skein.Judge
	comparison skein.Comparison
}

func (s submission) send(ctx context.Context, project skein.ProjectID, form ClaimSent,
	change func(*skein.Claim),
) ([]skein.Event, error) {
	w, p, err := openClaim(ctx, s.tx, project)
	if err != nil {
		return nil, err
	}
	// Again, now that the same request sent twice at once has had to wait for the first.
	if sent, err := sentBefore(ctx, s.tx, s.by, form.Key); sent || err != nil {
		return nil, err
	}
	c, err := ownClaim(ctx, s.tx, s.by, w)
	if err != nil {
		return nil, err
	}
	before := c
	change(&c)
	keepAnswers(&c, before)
	wrong := form.Wrong
	var unknown skein.Invalid
	if err := knownPeople(ctx, s.tx, c, s.by); errors.As(err, &unknown) {
		wrong = append(wrong, unknown...)
	} else if err != nil {
		return nil, err
	}
	entry, err := s.entry(ctx, w, c, form.ReadNow)
	if err != nil {
		return nil, err
	}
	entry.Wrong = wrong
	if err := c.Submit(w, entry, s.by.At); err != nil {
		return nil, err
	}
	if err := saveClaim(ctx, s.tx, c, entry.Judged.Zone, form.Key); err != nil {
		return nil, err
	}
	event := skein.Event{
		Action: "claim.change", Noun: "claim", NounID: string(c.ID), Project: p.ID, Circle: p.Circle,
		Details: map[string]any{"with": c.With, "coach": c.Coach, "unscored": c.Unscored},
	}
	if before.State != skein.ClaimSubmitted {
		event.Action = "claim.submit"
		if err := s.startClock(ctx, w, p, entry.Judged.Zone); err != nil {
			return nil, err
		}
	}
	return []skein.Event{event}, s.askBeside(ctx, p, before, c)
}

// entry judges the claim as it stands now. Somebody who ticks that they have read what is compared
// has read it from then on.
func (s submission) entry(ctx context.Context, w skein.Window, c skein.Claim, readNow bool) (skein.Entry, error) {
	entry := skein.Entry{Written: len(s.comparison.Questions) > 0 && !s.comparison.Questions[0].Matching}
	judged, err := s.judge.Claims(skein.Closing{Window: w, Claims: []skein.Claim{c}, Comparison: s.comparison})
	if err != nil {
		return entry, err
	}
	entry.Judged = judged[0]
	err = s.tx.QueryRow(ctx, `select read_how_at is not null from person where id = $1`, s.by.Person).Scan(&entry.ReadHow)
	if err != nil || entry.ReadHow || !readNow {
		return entry, err
	}
	entry.ReadHow = true
	_, err = s.tx.Exec(ctx, `update person set read_how_at = $2 where id = $1`, s.by.Person, s.by.At)
	return entry, err
}

// startClock lets the first claims of a window that has no end begin its clock.
func (s submission) startClock(ctx context.Context, w skein.Window, p flowProject, zone skein.Zone) error {
	rules, err := loadRules(ctx, s.tx)
	if err != nil {
		return err
	}
	closes := w.ClosesAt
	w.ClaimCame(p.Trust, zone, p.Urgency, rules.Clocks, s.by.At)
	if w.ClosesAt.Equal(closes) {
		return nil
	}
	return saveWindow(ctx, s.tx, w)
}

// askBeside asks the second person and the coach, when they are new.
func (s submission) askBeside(ctx context.Context, p flowProject, before, c skein.Claim) error {
	var name string
	if err := s.tx.QueryRow(ctx, `select name from person where id = $1`, s.by.Person).Scan(&name); err != nil {
		return err
	}
	fresh := before.State != skein.ClaimSubmitted
	var notices []skein.Notice
	if c.With != "" && (fresh || c.With != before.With) && c.WithAgreed.IsZero() {
		notices = append(notices, skein.Notice{
			Person: c.With, Kind: skein.NoticeWith, Project: p.ID, Claim: c.ID, Link: s.link(p.ID),
			Says: name + " would claim " + p.Title + " together with you.", About: "claim:" + string(c.ID),
		})
	}
	if c.Coach != "" && (fresh || c.Coach != before.Coach) && c.CoachAgreed.IsZero() {
		notices = append(notices, skein.Notice{
			Person: c.Coach, Kind: skein.NoticeCoach, Project: p.ID, Claim: c.ID, Link: s.link(p.ID),
			Says: name + " would like you as a coach, should the lead of " + p.Title + " be theirs.", About: "claim:" + string(c.ID),
		})
	}
	return tell(ctx, s.tx, s.by, notices)
}

func (s submission) link(id skein.ProjectID) string { return projectLink(id) + "/claim" }

// keepAnswers forgets a yes that was given by somebody who is not named any more.
func keepAnswers(c *skein.Claim, before skein.Claim) {
	c.ID, c.Window, c.Project, c.Phase, c.Person = before.ID, before.Window, before.Project, before.Phase, before.Person
	c.State, c.WithAgreed, c.CoachAgreed = before.State, before.WithAgreed, before.CoachAgreed
	if c.With != before.With {
		c.WithAgreed = skein.Claim{}.WithAgreed
	}
	if c.Coach != before.Coach {
		c.CoachAgreed = skein.Claim{}.CoachAgreed
	}
}

// knownPeople reports a second person or a coach who is not with the organisation.
func knownPeople(ctx context.Context, tx pgx.Tx, c skein.Claim, by skein.By) error {
	if c.With == "" && c.Coach == "" {
		return nil
	}
	var known []skein.PersonID
	rows, _ := tx.Query(ctx, `
		select id
		from person
		where id in ($1, $2) and deactivated_at is null
			and coalesce(active_from <= $3, true) and coalesce(active_until >= $3, true)`,
		c.With, c.Coach, skein.Day(by.At))
	known, err := pgx.CollectRows(rows, pgx.RowTo[skein.PersonID])
	if err != nil {
		return err
	}
	const choose = "Choose somebody who is with the organisation."
	var bad skein.Invalid
	bad.Add(c.With != "" && !slices.Contains(known, c.With), "with", choose)
	bad.Add(c.Coach != "" && !slices.Contains(known, c.Coach), "coach", choose)
	return bad.Err()
}
