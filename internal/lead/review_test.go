package lead_test

import (
	"slices"
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func answerReview(id skein.ReviewID, words string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.AnswerReview(by, id, true, words) }
}

func TestAClaimantAsksWhetherItWasDecidedRightly(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(kim, w.askReview(kim, "You read the wrong year."))
	w.saw(t, "review.ask", "uma review by 168h") // sofie checked the pick
	r := w.reviews[0]
	if r.AskedBy != kim || r.AskedOf != uma || r.What != "You read the wrong year." || r.Claim != w.claimOf(kim).ID {
		t.Errorf("%+v", r)
	}
	w.refused(t, "conflict", kim, w.askReview(kim, "Again."))
	for _, p := range []skein.PersonID{sofie, adam, kim, noor, skeinItself} {
		w.refused(t, "refused", p, answerReview(r.ID, "No."))
	}
	w.refused(t, "not found", uma, answerReview("nothing", "No."))
	w.refused(t, "invalid answer", uma, answerReview(r.ID, " "))
	w.refused(t, "invalid answer", uma, answerReview(r.ID, strings.Repeat("x", 2*skein.MaxWhy+1)))
	w.must(uma, answerReview(r.ID, " It was right. "))
	w.saw(t, "review.answer", "kim reviewed")
	w.stands(t, "open picked: kim not_chosen, noor offered")
	if r := w.reviews[0]; r.AnsweredBy != uma || !r.Upheld || r.Answer != "It was right." || !r.AnsweredAt.Equal(w.now) {
		t.Errorf("%+v", r)
	}
	w.refused(t, "conflict", uma, answerReview(r.ID, "No."))
	w.must(kim, w.askReview(kim, "Then the other year."))
	w.saw(t, "review.ask", "uma review by 168h")
}

func TestWhatIsNotDecidedIsNotReviewed(t *testing.T) {
	t.Parallel()
	w := picked(t, noor, kim)
	w.refused(t, "conflict", kim, w.askReview(kim, "Why?"))
	w.refused(t, "invalid what", kim, w.askReview(kim, " "))
	w.refused(t, "invalid what", kim, w.askReview(kim, strings.Repeat("x", skein.MaxWhy+1)))
	w.refused(t, "not found", noor, w.askReview(kim, "Why?"))
	w.refused(t, "not found", zoe, w.askReview(zoe, "Why?"))
	w.must(sofie, w.giveBack("The wrong skill."))
	w.forget()
	w.refused(t, "conflict", kim, w.askReview(kim, "Why?"))
}

func TestADraftWasNeverDecided(t *testing.T) {
	t.Parallel()
	w := offered(t, noor)
	w.claims = append(w.claims, lead.NewClaim("draft", w.present(""), w.by(zoe)))
	w.refused(t, "conflict", zoe, w.askReview(zoe, "Why?"))
}

func TestWhereEverybodyHadAPartNobodyReviews(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.readers = []skein.PersonID{sofie, ada, noor}
	w.refused(t, "conflict", kim, w.askReview(kim, "Why?"))
}

func TestASilentReviewIsPassedOnUntilNobodyIsLeft(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(noor, w.accept(noor))
	w.must(kim, w.askReview(kim, "Why?"))
	w.forget()
	id := w.reviews[0].ID
	w.pass(7*day - 1)
	w.saw(t, "", "")
	w.pass(1)
	w.saw(t, "review.pass_on", "adam review by 168h")
	if r := w.reviews[0]; !slices.Equal(r.PassedOn, []skein.PersonID{uma}) || !r.AnswerBy.Equal(w.now.Add(7*day)) {
		t.Errorf("%+v", r)
	}
	w.refused(t, "refused", uma, answerReview(id, "No."))
	w.pass(7 * day)
	w.saw(t, "review.unanswered", "kim reviewed/nobody")
	r := w.reviews[0]
	if r.AskedOf != "" || r.AnsweredBy != "" || !r.AnsweredAt.Equal(w.now) || !slices.Equal(r.PassedOn, []skein.PersonID{uma, adam}) {
		t.Errorf("%+v", r)
	}
	for _, p := range []skein.PersonID{uma, adam, skeinItself} {
		w.refused(t, "refused", p, answerReview(id, "It was right."))
	}
	w.pass(30 * day)
	w.must(skeinItself, func(l *lead.Lead, by skein.By) error { return l.PassReview(by, id) })
	w.saw(t, "", "")
	w.refused(t, "not found", skeinItself, func(l *lead.Lead, by skein.By) error { return l.PassReview(by, "nothing") })
}

func TestAReviewOutlivesItsWindow(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.must(noor, w.askReview(noor, "Why me?"))
	w.must(noor, handOn)
	w.saw(t, "review.ask, term.hand_over, window.open", "uma review by 168h")
	w.claim(kim)
	w.pass(7 * day)
	w.saw(t, "claim.submit, window.close, pick.make, review.pass_on", "adam review by 168h, sofie check by 48h")
}

// Whoever asks is not asked in turn, also where claims have begun again since and theirs is of those before.
func TestNobodyReviewsWhatTheyAskedThemselves(t *testing.T) {
	t.Parallel()
	w := offered(t, noor, kim)
	w.must(kim, w.askReview(kim, "You read the wrong year."))
	w.reviews[0].AskedBy = adam // a claimant who has a hat of their own, of a window before
	w.pass(8 * day)
	if r := w.reviews[0]; r.AskedOf == adam || !slices.Contains(r.PassedOn, uma) {
		t.Errorf("%+v", r)
	}
}
