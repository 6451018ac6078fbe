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
	c.Claims = slices.Clone(l.Claims)
	for _, p := range parts {
		p.keep(&c)
	}
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
	if l.Changes.Split != nil {
		saveSplit(b, by, *l.Changes.Split)
	}
	for _, p := range parts {
		p.save(b, was, l)
	}
	if l.Word != was.Word {
		saveWord(b, l.Word)
	}
	saveLeft(b, by.At, l.Changes.Evidence)
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
