package lead

import (
	"slices"

	"skein/internal/skein"
)

// AskReview asks somebody without a part, who did not check the pick either, whether by's claim was
// decided rightly. To others there is no such claim. Before it is decided, while one runs, and where
// everybody had a part, it is a conflict.
func (l *Lead) AskReview(by skein.By, id skein.ClaimID, what string) error {
	r := skein.Review{
		ID: skein.ReviewID(l.port.ID()), Claim: id, Project: l.Project.ID, AskedBy: by.Person, AskedAt: by.At, What: what,
		AnswerBy: by.At.Add(skein.ReviewTime), PassedOn: []skein.PersonID{},
	}
	if err := r.Check(); err != nil {
		return err
	}
	c := l.claim(id)
	if c == nil || c.Person != by.Person {
		return skein.ErrNotFound
	}
	if l.Window.ToldAt.IsZero() || c.DecidedAt.IsZero() {
		return skein.Conflict{Why: "It is not decided yet. Ask when it is."}
	}
	for _, running := range l.Reviews {
		if running.Claim == id && running.AnsweredAt.IsZero() {
			return skein.Conflict{Why: "A review of this is under way already."}
		}
	}
	r.AskedOf = l.reviewer(by, r)
	if r.AskedOf == "" {
		return skein.Conflict{Why: "Everybody who could look at it had a part in it. Ask an administrator to name a steward."}
	}
	l.Reviews = append(l.Reviews, r)
	l.note("review.ask", "review", string(r.ID), map[string]any{"claim": id})
	l.tellReview(r)
	return nil
}

func (l *Lead) tellReview(r skein.Review) {
	l.tell(skein.Notice{To: r.AskedOf, Kind: skein.NoticeReview, Of: string(r.ID), By: r.AnswerBy, About: "review:" + string(r.ID)})
}

// reviewer is the first of the readers without a part who has checked nothing here and was not asked before; ""
// when there is nobody.
func (l *Lead) reviewer(by skein.By, r skein.Review) skein.PersonID {
	var not people
	not.add(r.AskedBy) // claims may have begun again since, of which whoever asks has none
	not.add(r.PassedOn...)
	for _, p := range l.Picks {
		not.add(p.AnsweredBy)
	}
	for _, c := range l.freshEyes(by, skein.ReviewTime, func(Reader) bool { return true }) {
		if !not.has(c) {
			return c
		}
	}
	return ""
}

// AnswerReview says whether a claim was decided rightly, in words that the asker reads. Whoever is
// asked now may; others are refused. It changes no lead.
func (l *Lead) AnswerReview(by skein.By, id skein.ReviewID, upheld bool, answer string) error {
	r := l.review(id)
	if r == nil {
		return skein.ErrNotFound
	}
	if err := r.Settle(by, upheld, answer); err != nil {
		return err
	}
	l.note("review.answer", "review", string(r.ID), map[string]any{"claim": r.Claim, "upheld": r.Upheld})
	l.tell(skein.Notice{To: r.AskedBy, Kind: skein.NoticeReviewed, Claim: r.Claim, About: "review:" + string(r.ID)})
	return nil
}

// PassReview asks the next who had no part when the one before has been silent. When nobody is left
// it is closed without an answer, what was decided stands, and the asker and the executives are told. Skein does it when
// the clock has run out, and at once when who was asked has left or is away.
func (l *Lead) PassReview(by skein.By, id skein.ReviewID) error {
	r := l.review(id)
	if r == nil {
		return skein.ErrNotFound
	}
	if !r.AnsweredAt.IsZero() || !l.silent(*r, by) {
		return nil
	}
	return l.passReview(by, r)
}

// silent tells whether no answer to a review comes any more: its time has run out, or who was asked
// has left, or is away for all that is left of it.
func (l *Lead) silent(r skein.Review, by skein.By) bool {
	return r.AskedOf != "" && (due(r.AnswerBy, by.At) || slices.Contains(l.Gone, r.AskedOf) || l.awayTill(by, r.AskedOf, r.AnswerBy))
}

func (l *Lead) passReview(by skein.By, r *skein.Review) error {
	r.PassedOn = append(slices.Clone(r.PassedOn), r.AskedOf)
	r.AskedOf = l.reviewer(by, *r)
	if r.AskedOf == "" {
		r.AnsweredAt = by.At
		l.note("review.unanswered", "review", string(r.ID), map[string]any{"claim": r.Claim})
		l.tell(skein.Notice{To: r.AskedBy, Kind: skein.NoticeReviewed, Code: skein.CodeNobody, Claim: r.Claim, About: "review:" + string(r.ID)})
		for _, e := range l.Readers {
			if e.Executive && e.Person != r.AskedBy {
				l.tell(skein.Notice{To: e.Person, Kind: skein.NoticeReviewed, Code: skein.CodeUnheard, About: "review:" + string(r.ID)})
			}
		}
		return nil
	}
	r.AnswerBy = by.At.Add(skein.ReviewTime)
	l.note("review.pass_on", "review", string(r.ID), nil)
	l.tellReview(*r)
	return nil
}
