package demo

import (
	"context"
	"fmt"

	"skein/internal/chooser"
	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
)

// readBack is a lead on its way to the next: Kwame hands Pipe Bridge on, Hamish was chosen and has accepted, and the note
// is written. Hamish says it back, and then Kwame signs. It is made by the moves that any other lead moves by.
func (s seed) readBack(ctx context.Context) error {
	const project skein.ProjectID = "pipe-bridge"
	by := func(person skein.PersonID, days, hour, minute int) skein.By {
		return skein.NewBy(person, s.at(days, hour, minute), s.now.Location())
	}
	judging := leaddb.Judging(chooser.New(s.db).Judge())
	hamish := by("hamish-orde", -8, 12, 20)
	move := func(by skein.By, do func(*lead.Lead) error) error {
		return s.db.Lead.UpdateLead(ctx, by, project, do, judging)
	}
	kwame := by("kwame-boateng", -9, 10, 0)
	closes := by("", -1, 13, 0)
	marta := by("marta-oyelaran", -1, 15, 0)
	accepts := by("hamish-orde", -1, 16, 30)
	writes := by("kwame-boateng", -1, 21, 5)
	for _, step := range []func() error{
		func() error { return move(kwame, func(l *lead.Lead) error { return l.HandOn(kwame) }) },
		func() error {
			q := leaddb.SendQuery{Project: project, Begin: true, Judge: chooser.New(s.db).Judge()}
			claim := skein.Claim{Why: "Crew one is mine already, and I have laid a main under a river."}
			return s.db.Lead.UpdateClaim(ctx, hamish, q, func(c *lead.Sending) error { return c.Send(hamish, claim, true, nil) })
		},
		func() error { return move(closes, func(l *lead.Lead) error { return l.Close(closes) }) },
		func() error {
			return move(marta, func(l *lead.Lead) error { return l.Confirm(marta, waiting(l), nil) })
		},
		func() error { return move(accepts, func(l *lead.Lead) error { return l.Accept(accepts, offered(l)) }) },
		func() error {
			return move(writes, func(l *lead.Lead) error { return l.WriteNote(writes, "", s.bridgeNote(), true) })
		},
	} {
		if err := step(); err != nil {
			return fmt.Errorf("handing Pipe Bridge on: %w", err)
		}
	}
	return nil
}

// waiting is the pick that waits for its check.
func waiting(l *lead.Lead) skein.PickID {
	for _, p := range l.Picks {
		if p.State == skein.PickWaiting {
			return p.ID
		}
	}
	return ""
}

// offered is the claim whose lead is offered.
func offered(l *lead.Lead) skein.ClaimID {
	for _, c := range l.Claims {
		if c.State == skein.ClaimOffered {
			return c.ID
		}
	}
	return ""
}

// bridgeNote is what whoever leads Pipe Bridge next must know.
func (s seed) bridgeNote() skein.HandoverText {
	return skein.HandoverText{
		Now:     skein.NowWatch,
		Summary: "The north pier is done and holds. The river has been too high for the divers since Thursday, and the salmon run does not wait.",
		Actions: []skein.HandoverAction{
			{What: "Ask the divers for the first dry weekend", Who: "Stellan Poole", By: s.day(4)},
			{What: "Tell the road office by when the lane is free", Who: "Wilma Strand", By: s.day(9)},
			{What: "Walk the south bank with the ranger", Who: "Finlay Rusk"},
		},
		Ifs: []skein.HandoverIf{
			{If: "the river stays over the lower mark for another week", Then: "move crew one to the road side and tell River Care the same day"},
			{If: "silt shows below the bridge", Then: "stop, ring Finlay, and write it down before anybody asks"},
		},
	}
}
