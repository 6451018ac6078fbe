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

func claimOf(r *http.Request) skein.ClaimID { return skein.ClaimID(param(r, "id")) }

// backToResult shows the result of the project that a claim, pick or review belongs to.
func (s *server) backToResult(w http.ResponseWriter, r *http.Request, says string, find func() (skein.ProjectID, error)) error {
	project, err := find()
	if err != nil {
		return err
	}
	s.tell(w, r, says)
	return s.done(w, r, path.Result(string(project)))
}

func (s *server) acceptClaim(w http.ResponseWriter, r *http.Request) error {
	find := s.projectOfClaim(r)
	if err := s.leadOf(r, find, func(l *lead.Lead) error { return l.Accept(viewer(r).By(), claimOf(r)) }); err != nil {
		return err
	}
	return s.backToResult(w, r, "You said yes.", find)
}

func (s *server) declineClaim(w http.ResponseWriter, r *http.Request) error {
	find := s.projectOfClaim(r)
	if err := s.leadOf(r, find, func(l *lead.Lead) error { return l.Decline(viewer(r).By(), claimOf(r)) }); err != nil {
		return err
	}
	return s.backToResult(w, r, "Not this time. The next is asked.", find)
}

func (s *server) stepDown(w http.ResponseWriter, r *http.Request) error {
	if err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.StepDown(viewer(r).By()) }); err != nil {
		return err
	}
	s.tell(w, r, "You have stepped down. It is open for the next; thank you for the time you led it.")
	return s.done(w, r, path.Project(string(projectOf(r))))
}

func (s *server) askReview(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	find := s.projectOfClaim(r)
	window, err := s.db.Lead.WindowOfClaim(r.Context(), claimOf(r))
	if err != nil {
		return err
	}
	err = s.leadOf(r, find, func(l *lead.Lead) error {
		return l.AskReview(viewer(r).By(), claimOf(r), f.Text("what"))
	}, leaddb.WithWindow(window))
	if bad, ok := asInvalid(err); ok {
		return s.refuseResult(w, r, view.ResultForm{What: f.Text("what"), Review: bad.On}, find)
	}
	if err != nil {
		return err
	}
	return s.backToResult(w, r, "Your question is with somebody who had no part in it.", find)
}

func (s *server) answerReview(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	id := skein.ReviewID(param(r, "id"))
	find := func() (skein.ProjectID, error) { return s.db.Lead.ProjectOfReview(r.Context(), id) }
	switch f.Text("upheld") {
	case "yes", "no":
	default:
		return badRequest{"Press one of the two answers."}
	}
	window, err := s.db.Lead.WindowOfReview(r.Context(), id)
	if err != nil {
		return err
	}
	err = s.leadOf(r, find, func(l *lead.Lead) error {
		return l.AnswerReview(viewer(r).By(), id, f.Text("upheld") == "yes", f.Text("answer"))
	}, leaddb.WithWindow(window))
	if bad, ok := asInvalid(err); ok {
		return s.refuseResult(w, r, view.ResultForm{Answer: f.Text("answer"), Settled: bad.On}, find)
	}
	if err != nil {
		return err
	}
	return s.backToResult(w, r, "They read your answer now.", find)
}

// checkPick confirms a pick, decides it where nobody was compared, or returns it.
func (s *server) checkPick(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	id := skein.PickID(param(r, "id"))
	find := func() (skein.ProjectID, error) { return s.db.Lead.ProjectOfPick(r.Context(), id) }
	answer := lead.PickAnswer{
		Return: f.Text("answer") == "return", Claim: skein.ClaimID(f.Text("claim")), Reason: f.Text("reason"),
	}
	if !answer.Return && f.Text("answer") != "confirm" {
		return badRequest{"Press one of the two answers."}
	}
	for _, claim := range f.Texts("equal") {
		answer.Equal = append(answer.Equal, skein.ClaimID(claim))
	}
	window, err := s.db.Lead.WindowOfPick(r.Context(), id)
	if err != nil {
		return err
	}
	err = s.leadOf(r, find, func(l *lead.Lead) error { return l.Check(viewer(r).By(), id, answer) }, leaddb.WithWindow(window))
	if bad, ok := asInvalid(err); ok {
		return s.refuseResult(w, r, view.ResultForm{Reason: answer.Reason, Chosen: string(answer.Claim), Check: bad.On}, find)
	}
	if err != nil {
		return err
	}
	says := "Confirmed. Everybody is told now."
	if answer.Return {
		says = "Returned. Claims gather again, and everybody who claimed reads your reason."
	}
	return s.backToResult(w, r, says, find)
}

// refuseResult shows the page again with what was typed.
func (s *server) refuseResult(w http.ResponseWriter, r *http.Request, form view.ResultForm, find func() (skein.ProjectID, error)) error {
	project, err := find()
	if err != nil {
		return err
	}
	return s.renderResult(w, r, project, http.StatusUnprocessableEntity, form)
}

// answerInvite takes the yes or no of somebody who was asked to lead what nobody claimed.
func (s *server) answerInvite(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	v, window := viewer(r), skein.WindowID(param(r, "id"))
	find := func() (skein.ProjectID, error) { return s.db.Lead.ProjectOfWindow(r.Context(), window) }
	says := "Not this time. Nobody sees it."
	switch f.Text("answer") {
	case "yes":
		says = "You said yes. It is yours as soon as it is checked."
		err = s.leadOf(r, find, func(l *lead.Lead) error { return l.AcceptInvite(v.By(), window, f.Has("read")) }, leaddb.WithWindow(window))
	case "no":
		err = s.leadOf(r, find, func(l *lead.Lead) error { return l.DeclineInvite(v.By(), window) }, leaddb.WithWindow(window))
	default:
		return badRequest{"Press one of the two answers."}
	}
	if bad, ok := asInvalid(err); ok {
		project, err := find()
		if err != nil {
			return err
		}
		return s.renderClaim(w, r, project, http.StatusUnprocessableEntity, &page.ClaimForm{Wrong: bad.On}, page.ClaimFix{})
	}
	if err != nil {
		return err
	}
	return s.backToResult(w, r, says, find)
}

// answerBeside takes the yes or no of somebody who is asked to claim together, or to coach.
func (s *server) answerBeside(w http.ResponseWriter, r *http.Request) error {
	f, err := parse(w, r)
	if err != nil {
		return err
	}
	if f.Text("answer") != "yes" && f.Text("answer") != "no" {
		return badRequest{"Press one of the two answers."}
	}
	err = s.answeredBeside(r, f.Text("answer") == "yes")
	if err != nil {
		return err
	}
	s.tell(w, r, "They are told what you said.")
	return s.done(w, r, path.Home)
}

// answeredBeside keeps the answer: while claims gather it is the claim's alone, then the lead's.
func (s *server) answeredBeside(r *http.Request, yes bool) error {
	by := viewer(r).By()
	project, err := s.projectOfClaim(r)()
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
