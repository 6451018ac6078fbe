package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// remitRoutes are what a lead decides, proposed anew and agreed.
func (s *server) remitRoutes(r chi.Router) {
	r.Get(pattern(path.Remit("{id}")), s.handle(s.showRemit))
	r.Post(pattern(path.Remit("{id}")), s.posted(s.proposeRemit))
	r.Post(pattern(path.AnswerRemit("{id}", "{change}")), s.posted(s.answerRemit))
}

func (s *server) showRemit(w http.ResponseWriter, r *http.Request) error {
	return s.renderRemit(w, r, http.StatusOK, nil)
}

// renderRemit shows the page of what a lead decides; fill puts in what was typed.
func (s *server) renderRemit(w http.ResponseWriter, r *http.Request, status int, fill func(*page.RemitPage)) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := view.Remit(viewer(r), p, s.chooser.Judge().Remit(p.Phase.Situation))
	if err != nil {
		return err
	}
	if fill != nil {
		fill(&d)
	}
	return s.render(w, r, status, page.Remit(s.frame(r, d.Statement, path.Leads), d))
}

// proposeRemit proposes what a lead decides, and its hours.
func (s *server) proposeRemit(w http.ResponseWriter, r *http.Request, f *form) error {
	lines, reason := typedRemit(f), f.Text("reason")
	to := skein.RemitTerms{Rows: takeRemit(f, lines), Hours: f.Number("hours", "Say the hours a week as a number, such as 4.")}
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.ProposeRemit(viewer(r).By(), to, reason, f.Version()) }, leaddb.WithProposal())
	})
	bad, invalid := asInvalid(err)
	if invalid || errors.Is(err, skein.ErrStale) {
		return s.renderRemit(w, r, http.StatusUnprocessableEntity, func(d *page.RemitPage) {
			d.Lines, d.Hours, d.Reason, d.Wrong = append(lines, page.RemitAsked{Level: string(skein.DecideAlone)}), f.Text("hours"), reason, bad.On
			if !invalid {
				view.RemitMeanwhile(d)
			} else if f.Version() != "" {
				d.Version = f.Version()
			}
		})
	}
	return s.finish(w, r, err, path.Remit(param(r, "id")), "Proposed. Nothing changes until it is agreed.")
}

// answerRemit agrees to a change, refuses it, or takes it back.
func (s *server) answerRemit(w http.ResponseWriter, r *http.Request, f *form) error {
	id, by, refusal := skein.RemitChangeID(param(r, "change")), viewer(r).By(), f.Text("refusal")
	verb, says := func(l *lead.Lead) error { return l.AgreeRemit(by, id) }, "Agreed. From now on it is decided so."
	switch f.Text("answer") {
	case "no":
		verb, says = func(l *lead.Lead) error { return l.RefuseRemit(by, id, refusal) }, "Refused. What was agreed before stands."
	case "back":
		verb, says = func(l *lead.Lead) error { return l.TakeBackRemit(by, id) }, "Taken back."
	case "yes":
	default:
		return skein.Invalid{{Field: "answer", Message: "Agree to it, or refuse it."}}
	}
	err := s.lead(r, projectOf(r), verb, leaddb.WithProposal())
	if bad, ok := asInvalid(err); ok {
		return s.renderRemit(w, r, http.StatusUnprocessableEntity, func(d *page.RemitPage) { d.Refusal, d.Wrong = refusal, bad.On })
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), says)
}
