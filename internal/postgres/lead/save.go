package leaddb

import (
	"context"
	"reflect"
	"slices"

	"github.com/jackc/pgx/v5"

	"skein/internal/lead"
	"skein/internal/postgres/core"
	"skein/internal/skein"
)

// snapshotOf is a lead as it was loaded. Verbs put whole values into its lists and never write into
// what a value holds, so that the lists are all that is copied.
func snapshotOf(l *lead.Lead) *lead.Lead {
	c := *l
	c.Claims, c.Picks, c.Invites, c.Terms = slices.Clone(l.Claims), slices.Clone(l.Picks), slices.Clone(l.Invites), slices.Clone(l.Terms)
	c.Needs, c.Team, c.Reviews = slices.Clone(l.Needs), slices.Clone(l.Team), slices.Clone(l.Reviews)
	c.StandIns, c.Questions = slices.Clone(l.StandIns), slices.Clone(l.Questions)
	c.Links, c.Steps = slices.Clone(l.Links), slices.Clone(l.Steps)
	c.Handovers, c.Reconsiderations, c.RemitChanges, c.Outcomes = slices.Clone(l.Handovers), slices.Clone(l.Reconsiderations), slices.Clone(l.RemitChanges), l.Outcomes.Clone()
	c.Decisions, c.Advice = slices.Clone(l.Decisions), slices.Clone(l.Advice)
	return &c
}

// saveReadHow keeps that by has read what is compared.
func saveReadHow(b *pgx.Batch, by skein.By) {
	b.Queue(`insert into read_how (person_id, at) values ($1, $2) on conflict (person_id) do nothing`, by.Person, by.At)
}

// saveLead writes what a verb changed: the rows that differ, in the order of what hangs on what; then
// what is to be told.
func saveLead(ctx context.Context, tx pgx.Tx, by skein.By, was, l *lead.Lead) error {
	b := &pgx.Batch{}
	if l.Proposal != was.Proposal {
		saveProposal(b, by, l.Proposal)
	}
	if l.Proposal == was.Proposal {
		saveLedWords(b, was, l)
	}
	if l.Project.State != was.Project.State || l.Project.Version != was.Project.Version || !l.EndedAt.Equal(was.EndedAt) ||
		!l.EndTold.Equal(was.EndTold) {
		saveProjectState(b, l)
	}
	if ph := l.Phase; l.Proposal == was.Proposal && (ph.ID != was.Phase.ID || ph.Situation != was.Phase.Situation || ph.Why != was.Phase.Why) {
		savePhase(b, was.Phase, ph)
	}
	// Windows that ended first: one at a time takes claims.
	for _, w := range append(slices.Clone(l.Past), l.Window) {
		if w != was.Window && w.ID != "" {
			SaveWindow(b, w)
		}
	}
	drafters := make([][]skein.PersonID, len(l.Changes.Drafts))
	for i, c := range l.Changes.Drafts {
		carryDrafts(b, c, by, &drafters[i])
	}
	each(was.Claims, l.Claims, func(c lead.Claim) skein.ClaimID { return c.ID }, func(c lead.Claim) { saveClaim(b, c, "") })
	each(was.Picks, l.Picks, func(p skein.Pick) skein.PickID { return p.ID }, func(p skein.Pick) { savePick(b, p) })
	each(was.Invites, l.Invites, inviteKey, func(i skein.Invite) { saveInvite(b, i) })
	saveNeeds(b, was.Needs, l.Needs)
	saveTerms(b, was.Terms, l.Terms)
	saveStandIns(b, was.StandIns, l.StandIns)
	each(was.Questions, l.Questions, func(q skein.Question) skein.QuestionID { return q.ID }, func(q skein.Question) { saveQuestion(b, q) })
	saveWork(b, was.Links, l.Links, was.Steps, l.Steps)
	if l.Word != was.Word {
		saveWord(b, l.Word)
	}
	each(was.Handovers, l.Handovers, func(h skein.Handover) skein.HandoverID { return h.ID }, func(h skein.Handover) { saveHandover(b, h) })
	if l.Changes.Split != nil {
		saveSplit(b, by, *l.Changes.Split)
	}
	each(was.Reconsiderations, l.Reconsiderations, func(r skein.Reconsideration) skein.ReconsiderationID { return r.ID },
		func(r skein.Reconsideration) { saveReconsideration(b, r) })
	each(was.Decisions, l.Decisions, func(d skein.Decision) skein.DecisionID { return d.ID }, func(d skein.Decision) { saveDecision(b, d) })
	each(was.Advice, l.Advice, func(a skein.Advice) skein.AdviceID { return a.ID }, func(a skein.Advice) { saveAdvice(b, a) })
	each(was.RemitChanges, l.RemitChanges, func(c skein.RemitChange) skein.RemitChangeID { return c.ID }, func(c skein.RemitChange) { saveRemitChange(b, c) })
	each(was.Team, l.Team, memberKey, func(m skein.Member) { saveMember(b, m) })
	each(was.Reviews, l.Reviews, func(r skein.Review) skein.ReviewID { return r.ID }, func(r skein.Review) { saveReview(b, r) })
	saveOutcomes(b, was.Outcomes, l.Outcomes)
	saveLeft(b, l.Changes.Evidence)
	saveRefusals(b, by, l)
	if l.Changes.ReadHow {
		saveReadHow(b, by)
	}
	if err := tx.SendBatch(ctx, b).Close(); err != nil {
		return err
	}
	notices := l.Changes.Notices
	for i, c := range l.Changes.Drafts {
		notices = append(notices, toldOf(c, drafters[i], notices, by)...)
	}
	return core.Tell(ctx, tx, by, notices)
}

// each saves what is new in a list or differs from what it was.
func each[T any, K comparable](was, is []T, key func(T) K, save func(T)) {
	before := make(map[K]T, len(was))
	for _, t := range was {
		before[key(t)] = t
	}
	for _, t := range is {
		if old, ok := before[key(t)]; !ok || !reflect.DeepEqual(old, t) {
			save(t)
		}
	}
}

func inviteKey(i skein.Invite) [2]string { return [2]string{string(i.Window), string(i.Person)} }

func memberKey(m skein.Member) [2]string { return [2]string{string(m.Person), m.JoinedAt.String()} }

// saveTerms writes those that end first: a project has one lead at a time.
func saveTerms(b *pgx.Batch, was, is []skein.Term) {
	of := func(t skein.Term) skein.TermID { return t.ID }
	over := func(t skein.Term) bool { return !t.State.Placed() }
	each(was, is, of, func(t skein.Term) {
		if over(t) {
			saveTerm(b, t)
		}
	})
	each(was, is, of, func(t skein.Term) {
		if !over(t) {
			saveTerm(b, t)
		}
	})
}

// saveStandIns writes those that are over first: one at a time is asked or stands in.
func saveStandIns(b *pgx.Batch, was, is []skein.StandIn) {
	of := func(s skein.StandIn) skein.StandInID { return s.ID }
	for _, open := range []bool{false, true} {
		each(was, is, of, func(s skein.StandIn) {
			if s.State.Open() == open {
				saveStandIn(b, s)
			}
		})
	}
}

// saveNeeds writes the list of needs in its order; what is gone from it is gone.
func saveNeeds(b *pgx.Batch, was, is []skein.Need) {
	if reflect.DeepEqual(was, is) {
		return
	}
	for _, n := range was {
		if !slices.ContainsFunc(is, func(m skein.Need) bool { return m.ID == n.ID }) {
			b.Queue(`delete from need where id = $1`, n.ID)
		}
	}
	for i, n := range is {
		saveNeed(b, n, i)
	}
}

// saveRefusals counts each guardrail that said no, for the executives' review.
func saveRefusals(b *pgx.Batch, by skein.By, l *lead.Lead) {
	for _, r := range l.Changes.Refusals {
		b.Queue(`insert into refusal (guardrail_id, person_id, project_id, at) values ($1, $2, $3, $4)`,
			r.Guardrail.ID, by.Person, l.Project.ID, by.At)
	}
}

// toldOf are the notices to whose drafts ended, but for whoever ended them or is told already.
func toldOf(c lead.Carry, whose []skein.PersonID, told []skein.Notice, by skein.By) []skein.Notice {
	var more []skein.Notice
	for _, p := range whose {
		n := c.Told
		n.To = p
		if p != by.Person && !slices.Contains(told, n) {
			more = append(more, n)
		}
	}
	return more
}
