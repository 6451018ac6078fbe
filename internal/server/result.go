package server

import (
	"net/http"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showResult(w http.ResponseWriter, r *http.Request) error {
	return s.renderResult(w, r, projectOf(r), http.StatusOK, view.ResultForm{})
}

// renderResult shows how a lead was decided; with a form, as it was typed.
func (s *server) renderResult(w http.ResponseWriter, r *http.Request, project skein.ProjectID, status int, form view.ResultForm) error {
	v := viewer(r)
	p, err := s.db.Lead.ResultPage(r.Context(), project, v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	form.Key = newKey()
	d, err := view.Result(v, p, form)
	if err != nil {
		return err
	}
	return s.render(w, r, status, page.Result(s.frame(r, d.Title, path.Leads), d))
}

// claimOf is the claim that an address names.
func claimOf(r *http.Request) skein.ClaimID { return skein.ClaimID(param(r, "id")) }

func (s *server) acceptClaim(w http.ResponseWriter, r *http.Request) error {
	project, err := s.db.Lead.ProjectOfClaim(r.Context(), claimOf(r))
	if err != nil {
		return err
	}
	err = s.lead(r, project, func(l *lead.Lead) error { return l.Accept(viewer(r).By(), claimOf(r)) })
	return s.finish(w, r, err, path.Result(string(project)), "You said yes.")
}

func (s *server) declineClaim(w http.ResponseWriter, r *http.Request) error {
	project, err := s.db.Lead.ProjectOfClaim(r.Context(), claimOf(r))
	if err != nil {
		return err
	}
	err = s.lead(r, project, func(l *lead.Lead) error { return l.Decline(viewer(r).By(), claimOf(r)) })
	return s.finish(w, r, err, path.Result(string(project)), "Not this time. The next is asked, where there is one.")
}

func (s *server) askReview(w http.ResponseWriter, r *http.Request, f *form) error {
	project, err := s.db.Lead.ProjectOfClaim(r.Context(), claimOf(r))
	if err != nil {
		return err
	}
	window, err := s.db.Lead.WindowOfClaim(r.Context(), claimOf(r))
	if err != nil {
		return err
	}
	err = s.lead(r, project, func(l *lead.Lead) error {
		return l.AskReview(viewer(r).By(), claimOf(r), f.Text("what"))
	}, leaddb.WithWindow(window))
	if bad, ok := asInvalid(err); ok {
		return s.renderResult(w, r, project, http.StatusUnprocessableEntity, view.ResultForm{What: f.Text("what"), Review: bad.On})
	}
	return s.finish(w, r, err, path.Result(string(project)), "Your question is with somebody who had no part in it.")
}

func (s *server) answerReview(w http.ResponseWriter, r *http.Request, f *form) error {
	id := skein.ReviewID(param(r, "id"))
	upheld, err := f.YesOrNo("upheld")
	if err != nil {
		return err
	}
	project, err := s.db.Lead.ProjectOfReview(r.Context(), id)
	if err != nil {
		return err
	}
	window, err := s.db.Lead.WindowOfReview(r.Context(), id)
	if err != nil {
		return err
	}
	err = s.lead(r, project, func(l *lead.Lead) error {
		return l.AnswerReview(viewer(r).By(), id, upheld, f.Text("answer"))
	}, leaddb.WithWindow(window))
	if bad, ok := asInvalid(err); ok {
		return s.renderResult(w, r, project, http.StatusUnprocessableEntity, view.ResultForm{Answer: f.Text("answer"), Settled: bad.On})
	}
	return s.finish(w, r, err, path.Result(string(project)), "They read your answer now.")
}

// checkPick confirms a pick, decides it where nobody was compared, or returns it.
func (s *server) checkPick(w http.ResponseWriter, r *http.Request, f *form) error {
	id := skein.PickID(param(r, "id"))
	answer := lead.PickAnswer{
		Return: f.Text("answer") == "return", Claim: skein.ClaimID(f.Text("claim")), Reason: f.Text("reason"),
	}
	if !answer.Return && f.Text("answer") != "confirm" {
		return badRequest{"Press one of the two answers."}
	}
	for _, claim := range f.Texts("equal") {
		answer.Equal = append(answer.Equal, skein.ClaimID(claim))
	}
	project, err := s.db.Lead.ProjectOfPick(r.Context(), id)
	if err != nil {
		return err
	}
	window, err := s.db.Lead.WindowOfPick(r.Context(), id)
	if err != nil {
		return err
	}
	err = s.lead(r, project, func(l *lead.Lead) error { return l.Check(viewer(r).By(), id, answer) }, leaddb.WithWindow(window))
	if bad, ok := asInvalid(err); ok {
		return s.renderResult(w, r, project, http.StatusUnprocessableEntity, view.ResultForm{Reason: answer.Reason, Chosen: string(answer.Claim), Check: bad.On})
	}
	says := "Confirmed. Everybody is told now."
	if answer.Return {
		says = "Returned. Claims gather again, and everybody who claimed reads your reason."
	}
	return s.finish(w, r, err, path.Result(string(project)), says)
}

// answerInvite takes the yes or no of somebody who was asked to lead what nobody claimed.
func (s *server) answerInvite(w http.ResponseWriter, r *http.Request, f *form) error {
	v, window := viewer(r), skein.WindowID(param(r, "id"))
	yes, err := f.YesOrNo("answer")
	if err != nil {
		return err
	}
	project, err := s.db.Lead.ProjectOfWindow(r.Context(), window)
	if err != nil {
		return err
	}
	says := "Not this time. Nobody sees it."
	answer := func(l *lead.Lead) error { return l.DeclineInvite(v.By(), window) }
	with := []leaddb.With{leaddb.WithWindow(window)}
	if yes {
		with = append(with, leaddb.Closes)
		says = "You said yes. It is yours as soon as it is checked."
		answer = func(l *lead.Lead) error { return l.AcceptInvite(v.By(), window, f.Has("read")) }
	}
	err = s.lead(r, project, answer, with...)
	if bad, ok := asInvalid(err); ok {
		return s.renderClaim(w, r, project, http.StatusUnprocessableEntity, &page.ClaimForm{Wrong: bad.On}, page.ClaimFix{})
	}
	return s.finish(w, r, err, path.Result(string(project)), says)
}

// answerBeside takes the yes or no of somebody who is asked to claim together, or to coach.
func (s *server) answerBeside(w http.ResponseWriter, r *http.Request, f *form) error {
	yes, err := f.YesOrNo("answer")
	if err != nil {
		return err
	}
	return s.finish(w, r, s.answeredBeside(r, yes), path.Home, "They are told what you said.")
}

// answeredBeside keeps the answer: while claims gather it is the claim's alone, then the lead's.
func (s *server) answeredBeside(r *http.Request, yes bool) error {
	by := viewer(r).By()
	project, err := s.db.Lead.ProjectOfClaim(r.Context(), claimOf(r))
	if err != nil {
		return err
	}
	q := leaddb.SendQuery{Project: project, Claim: claimOf(r)}
	err = s.db.Lead.UpdateClaim(r.Context(), by, q, func(c *lead.Sending) error { return c.Answer(by, yes) })
	if !claimsClosed(err) {
		return err
	}
	window, err := s.db.Lead.WindowOfClaim(r.Context(), claimOf(r))
	if err != nil {
		return err
	}
	return s.lead(r, project, func(l *lead.Lead) error { return l.Answer(by, claimOf(r), yes) }, leaddb.WithWindow(window))
}
