package lead

import "skein/internal/skein"

// TakeBack takes back that by hands on what they lead, or has stepped down from it: they lead it on, and
// what was claimed or asked meanwhile is void. It may be done until it is told who was picked, whether or
// not somebody has claimed: a refusal would tell. Others are refused, and so is who stepped down and
// holds as much as they may by now, and whoever hands on what was reconsidered: that takes two, see AnswerReconsider.
// Where nothing was given up, or it was told, it is a conflict. What is not what they were chosen for is reconsidered.
func (l *Lead) TakeBack(by skein.By) error {
	t, err := l.givenUp(by)
	if err != nil {
		return err
	}
	if !l.TakesBack() {
		if next := l.primary(skein.TermState.Coming); next != nil && next.Claim == "" {
			return skein.Conflict{Why: "A file says who leads it next, so it cannot be taken back here. Whoever imports files can change it there."}
		}
		return whyTold
	}
	stepped, again := t.State == skein.TermEnded, *t
	if l.handedOnBy(t) != nil {
		who := "You and its steward take that back by both saying that you keep it; where there is no steward, you do."
		if stepped {
			who = "You can claim it as anybody can."
		}
		return skein.Refused{Why: "It was handed on because it became something else than you were chosen for.", Who: who}
	}
	if stepped {
		if err := again.Resume(by); err != nil {
			return err
		}
		if err := l.refuseFull(by, skein.Primary); err != nil {
			return err
		}
	}
	if err := l.voidNext(by); err != nil {
		return err
	}
	if stepped {
		err = l.resume(by, t, again)
	} else {
		err = move(&t.State, skein.TermLive)
	}
	if err != nil {
		return err
	}
	if err := move(&l.Project.State, skein.Led); err != nil {
		return err
	}
	l.restoreNeeds(*t)
	l.Project.Version++
	l.noteProject(map[bool]string{false: "term.take_back", true: "term.resume"}[stepped], map[string]any{"lead": by.Person})
	if stepped {
		back := l.around()
		back.add(l.nearest()...)
		l.tellOthers(by, back, skein.Notice{
			Kind: skein.NoticeLed, Code: skein.CodeBack, Who: by.Person, About: "back:" + string(l.Window.ID),
		})
	}
	return l.reconsider(by, t) // nobody gets out of that by giving it up for a moment
}

var whyTold = skein.Conflict{Why: "It has been told who was picked to lead it next, or how it went, so it cannot be taken back any more."}

// voidNext ends what was claimed or asked while a lead was given up, and the note of its handing on.
func (l *Lead) voidNext(by skein.By) error {
	notice := skein.Notice{
		Kind: skein.NoticeTaken, Code: skein.CodeKept, Project: l.Project.ID, About: "kept:" + string(l.Window.ID),
	}
	told, err := l.voidWindow(by, notice)
	if err != nil {
		return err
	}
	l.tellOthers(by, told, notice)
	return l.endHandover(by)
}

// TakesBack tells whether whoever gave up the lead can take that back: nobody follows yet, it was not told who was
// picked, and how it went is not closed.
func (l *Lead) TakesBack() bool {
	if t := l.lastLed(); t != nil && l.primary(skein.TermState.Holds) == nil && find(l.Outcomes.Reviews, func(o skein.OutcomeReview) bool {
		return o.Term == t.ID && o.State == skein.OutcomeClosed
	}) != nil {
		return false
	}
	return l.primary(skein.TermState.Coming) == nil && l.Window.State.Going() && l.Window.ToldAt.IsZero()
}

// givenUp is what by leads and hands on, or led last and stepped down from.
func (l *Lead) givenUp(by skein.By) (*skein.Term, error) {
	refused := skein.Refused{Why: "You do not lead this.", Who: "Only whoever handed it on, or stepped down, takes that back."}
	if t := l.primary(skein.TermState.Holds); t != nil {
		switch {
		case by.Person == "" || t.Person != by.Person:
			return nil, refused
		case l.Project.State != skein.HandingOver || t.State != skein.TermHandingOver:
			return nil, skein.Conflict{Why: "It is not being handed on, so there is nothing to take back."}
		}
		return t, nil
	}
	last := l.lastLed()
	if last == nil || by.Person == "" || last.Person != by.Person || last.EndReason != skein.EndStepped {
		return nil, refused
	}
	return last, l.stillOn()
}

// resume puts whoever stepped down in office again, with the claim that it began with, the coach whom they
// had, and none of the places that they took beside it meanwhile.
func (l *Lead) resume(by skein.By, t *skein.Term, again skein.Term) error {
	gaveUp := t.Until
	*t = again
	if err := l.voidOutcome(t.ID); err != nil {
		return err
	}
	if t.WordDue.After(gaveUp) && t.WordDue.Before(by.Day) {
		t.WordDue, t.WordTold = by.Day, "" // nobody led it when it was due, so nobody is late; any other day stays
	}
	if c := l.claim(t.Claim); c != nil {
		if err := c.Move(skein.ClaimLive, by.At); err != nil {
			return err
		}
		if err := l.restoreCoach(by, c); err != nil {
			return err
		}
	}
	return l.endOwnPlaces(by, t.Person)
}
