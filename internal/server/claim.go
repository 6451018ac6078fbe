package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// claimRoutes are a claim's way, open to everybody signed in.
func (s *server) claimRoutes(r chi.Router) {
	r.Get(pattern(path.ClaimProject("{id}")), s.handle(s.showClaim))
	r.Post(pattern(path.ClaimProject("{id}")), s.posted(s.createClaim))
	r.Post(pattern(path.KeepClaim("{id}")), s.posted(s.keepClaim))
	r.Post(pattern(path.WithdrawClaim("{id}")), s.handle(s.withdrawClaim))
	r.Post(pattern(path.RateForClaim("{id}")), s.posted(s.rateForClaim))
	r.Post(pattern(path.AskForClaim("{id}")), s.posted(s.askForClaim))
	r.Post(pattern(path.AnswerInvite("{id}")), s.posted(s.answerInvite))
	r.Post(pattern(path.AnswerBeside("{id}")), s.posted(s.answerBeside))
	r.Get(pattern(path.Result("{id}")), s.handle(s.showResult))
	r.Post(pattern(path.AcceptClaim("{id}")), s.handle(s.acceptClaim))
	r.Post(pattern(path.DeclineClaim("{id}")), s.handle(s.declineClaim))
	r.Post(pattern(path.ReviewClaim("{id}")), s.posted(s.askReview))
	r.Post(pattern(path.AnswerReview("{id}")), s.posted(s.answerReview))
	r.Post(pattern(path.CheckPick("{id}")), s.posted(s.checkPick))
	r.Get(pattern(path.StandIn("{id}")), s.handle(s.showStandIn))
	r.Post(pattern(path.StandIn("{id}")), s.posted(s.askStandIn))
	r.Post(pattern(path.AnswerStandIn("{id}", "{standin}")), s.posted(s.answerStandIn))
	r.Post(pattern(path.EndStandIn("{id}", "{standin}")), s.posted(s.endStandIn))
	r.Get(pattern(path.StepDown("{id}")), s.asksOnce(steppingDown))
	r.Post(pattern(path.StepDown("{id}")), s.handle(s.stepDown))
}

// projectOf is the project that an address names.
func projectOf(r *http.Request) skein.ProjectID { return skein.ProjectID(param(r, "id")) }

func (s *server) showClaim(w http.ResponseWriter, r *http.Request) error {
	return s.renderClaim(w, r, projectOf(r), http.StatusOK, nil, page.ClaimFix{})
}

// renderClaim shows the three steps; with a form, as it was typed. Fix is a mending that was
// refused.
func (s *server) renderClaim(w http.ResponseWriter, r *http.Request, project skein.ProjectID, status int,
	typed *page.ClaimForm, fix page.ClaimFix,
) error {
	v := viewer(r)
	p, err := s.db.Lead.ClaimPage(r.Context(), project, v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	answer, err := s.chooser.One(r.Context(), p.Project, v.Person.ID, v.Today())
	if err != nil && !errors.Is(err, skein.ErrNotFound) {
		return err
	}
	d := view.Claim(v, p, answer, fix)
	d.Form, d.Together = view.ClaimForm(v, p), r.URL.Query().Has("with")
	if d.Words && p.Claim == nil {
		d.Form.Unscored = true // the only way there is
	}
	if typed != nil {
		d.Form = *typed
		d.Form.HasRead = !v.Person.ReadHowAt.IsZero()
	}
	if d.Form.Key == "" {
		d.Form.Key = newKey()
	}
	return s.render(w, r, status, page.Claim(s.frame(r, "Claim "+words.Name(p.Title), path.Leads), d))
}

// typedClaim is a claim's form as it was sent.
func typedClaim(f *form) page.ClaimForm {
	return page.ClaimForm{
		Key: f.Key(), Why: f.Text("why"), Coach: f.Text("coach"), With: f.Text("with"),
		Unscored: f.Has("unscored"), Read: f.Has("read"),
	}
}

// claimTyped is a claim as it was typed.
func (s *server) claimTyped(r *http.Request, f *form) (skein.Claim, error) {
	coach, err := s.oneNamed(r, f, "coach")
	if err != nil {
		return skein.Claim{}, err
	}
	with, err := s.oneNamed(r, f, "with")
	return skein.Claim{Why: f.Text("why"), Coach: coach, With: with, Unscored: f.Has("unscored")}, err
}

func (s *server) createClaim(w http.ResponseWriter, r *http.Request, f *form) error {
	claim, err := s.claimTyped(r, f)
	if err != nil {
		return err
	}
	by := viewer(r).By()
	q := leaddb.SendQuery{Project: projectOf(r), Begin: true, Key: f.Key(), Judge: s.chooser.Judge(), With: claim.With}
	err = s.db.Lead.UpdateClaim(r.Context(), by, q, func(c *lead.Sending) error { return c.Send(by, claim, f.Has("read"), f.Bad) })
	if bad, ok := asInvalid(err); ok {
		typed := typedClaim(f)
		typed.Wrong = bad.On
		return s.renderClaim(w, r, projectOf(r), http.StatusUnprocessableEntity, &typed, page.ClaimFix{})
	}
	if errors.As(err, new(skein.Refused)) {
		// What was written stays, for when whatever stops it does not any more. Where it cannot be kept, it
		// was sent before and stands.
		_ = s.db.Lead.UpdateClaim(r.Context(), by, leaddb.SendQuery{Project: projectOf(r), Begin: true}, func(c *lead.Sending) error {
			return c.Keep(by, claim)
		})
	}
	says := "Your claim is sent. Only you can see it until claims close."
	if claim.With != "" || claim.Coach != "" {
		says = "Your claim is sent. Until claims close only you can see it, and those whom you name in it."
	}
	return s.finish(w, r, err, path.ClaimProject(string(projectOf(r))), says)
}

// keepClaim keeps a draft while somebody types. Names that are half typed are left for later.
func (s *server) keepClaim(w http.ResponseWriter, r *http.Request, f *form) error {
	claim, err := s.claimTyped(r, f)
	if err != nil {
		return err
	}
	by := viewer(r).By()
	err = s.db.Lead.UpdateClaim(r.Context(), by, leaddb.SendQuery{Project: projectOf(r), Begin: true}, func(c *lead.Sending) error {
		return c.Keep(by, claim)
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *server) withdrawClaim(w http.ResponseWriter, r *http.Request) error {
	by := viewer(r).By()
	err := s.db.Lead.UpdateClaim(r.Context(), by, leaddb.SendQuery{Project: projectOf(r)}, func(c *lead.Sending) error { return c.Withdraw(by) })
	if claimsClosed(err) {
		err = s.withdrawAfter(r, by)
	}
	return s.finish(w, r, err, path.Project(string(projectOf(r))), "Your claim is taken back.")
}

// withdrawAfter takes back a claim after the close.
func (s *server) withdrawAfter(r *http.Request, by skein.By) error {
	window, err := s.db.Lead.LastClaimed(r.Context(), projectOf(r), by.Person)
	if err != nil {
		return err
	}
	return s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Withdraw(by) }, leaddb.WithWindow(window))
}

// rateForClaim takes one's own word on a skill that is missing.
func (s *server) rateForClaim(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	skill, err := s.askedFor(r, skein.SkillID(f.ID("skill")))
	if err != nil {
		return err
	}
	level := f.Int("level", "Choose one of the answers.")
	err = f.Try(func() error { return s.db.People.Rate(r.Context(), v.By(), skill, level, v.Today()) })
	if bad, ok := asInvalid(err); ok {
		return s.renderClaim(w, r, projectOf(r), http.StatusUnprocessableEntity, nil, page.ClaimFix{Skill: string(skill.ID), Level: f.Text("level"), WrongLevel: bad[0].Message})
	}
	return s.finish(w, r, err, path.ClaimProject(string(projectOf(r))), "Noted as your own word. Somebody who has seen it can make it count for more.")
}

// askedFor is a skill that the project asks for, with its name.
func (s *server) askedFor(r *http.Request, id skein.SkillID) (skein.Skill, error) {
	v := viewer(r)
	a, err := s.chooser.One(r.Context(), projectOf(r), v.Person.ID, v.Today())
	if err != nil {
		return skein.Skill{}, err
	}
	if !a.State.Happens() { // what a draft asks for is nobody else's to know
		return skein.Skill{}, skein.ErrNotFound
	}
	for _, m := range a.Assessment.Met {
		if m.Skill == id {
			skill := skein.Skill{ID: id, Name: words.Bare(a.Names.Skill(id))}
			if m.Practice {
				skill.Kind = skein.Practice
			}
			return skill, nil
		}
	}
	return skein.Skill{}, skein.ErrNotFound
}

// askForClaim asks a colleague about a skill that a lead asks for, before or after it was decided.
func (s *server) askForClaim(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	skill, err := s.askedFor(r, skein.SkillID(f.ID("skill")))
	if err != nil {
		return err
	}
	f.Bad.Add(f.Text("colleague") == "", "colleague", "Name a colleague who has seen you do it.")
	colleague, err := s.oneNamed(r, f, "colleague")
	if err != nil {
		return err
	}
	err = f.Try(func() error {
		return s.db.People.AskAbout(r.Context(), v.By(), []skein.PersonID{colleague}, skill, v.Today())
	})
	bad, wrong := asInvalid(err)
	to := path.ClaimProject(string(projectOf(r)))
	after := f.Text("then") == path.Result(string(projectOf(r)))
	switch {
	case wrong && after:
		return s.renderResult(w, r, projectOf(r), http.StatusUnprocessableEntity, view.ResultForm{Ask: bad[0].Message})
	case wrong:
		return s.renderClaim(w, r, projectOf(r), http.StatusUnprocessableEntity, nil, page.ClaimFix{Skill: string(skill.ID), Colleague: f.Text("colleague"), WrongColleague: bad[0].Message})
	case after:
		to = f.Text("then")
	}
	return s.finish(w, r, err, to, "They are asked one question. What they say counts as soon as they say it.")
}

// oneNamed finds the one colleague whom a field names; "" when it is empty, or when what is wrong with
// it was noted at the field.
func (s *server) oneNamed(r *http.Request, f *form, field string) (skein.PersonID, error) {
	found, err := s.named(r, f, field, f.Text(field))
	if len(found) == 0 {
		return "", err
	}
	f.Bad.Add(len(found) > 1, field, "Name one colleague.")
	return found[0], nil
}
