package server

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// outcomeRoutes ask how a time in office went, and say what the team said; and the library of what was learnt.
func (s *server) outcomeRoutes(r chi.Router) {
	r.Get(pattern(path.HowDidItGo("{id}")), s.handle(s.showOutcome))
	r.Post(pattern(path.AnswerOutcome("{id}", "{review}")), s.posted(s.answerOutcome))
	r.Post(pattern(path.ShowLed("{id}", "{review}")), s.posted(s.showLed))
	r.Post(pattern(path.ThankThem("{id}", "{review}")), s.posted(s.thankThem))
	r.Post(pattern(path.KeepLesson("{id}", "{review}")), s.posted(s.keepLesson))
	r.Get(path.Library, s.handle(s.showLibrary))
}

func outcomeOf(r *http.Request) skein.OutcomeID { return skein.OutcomeID(param(r, "review")) }

// toOutcome is where a review is read.
func toOutcome(r *http.Request) string {
	return path.HowDidItGoOf(param(r, "id"), param(r, "review"))
}

func (s *server) showOutcome(w http.ResponseWriter, r *http.Request) error {
	return s.renderOutcome(w, r, http.StatusOK, skein.OutcomeID(queryOf(r).Get("of")), page.OutcomeTyped{}, nil)
}

// renderOutcome asks the viewer how it went, with what was typed and what is wrong with it, or says what the team said.
func (s *server) renderOutcome(w http.ResponseWriter, r *http.Request, status int, review skein.OutcomeID, typed page.OutcomeTyped, bad skein.Invalid) error {
	v := viewer(r)
	p, err := s.db.Lead.OutcomePage(r.Context(), projectOf(r), review, v.Person.ID)
	if err != nil {
		return err
	}
	if err := seen(v, p.Project); err != nil {
		return err
	}
	if view.AsksOutcome(p) {
		d := view.OutcomeForm(v, p)
		d.Typed, d.Bad = typed, bad
		return s.render(w, r, status, page.HowDidItGo(s.frame(r, d.Statement, path.Leads), d))
	}
	d := view.WhatTheTeamSaid(v, p)
	return s.render(w, r, status, page.WhatTheTeamSaid(s.frame(r, d.Statement, path.Leads), d))
}

// typedOutcome is an answer as it was typed; a line without either is none.
func typedOutcome(f *form) page.OutcomeTyped {
	t := page.OutcomeTyped{Result: f.Text("result"), Led: f.Text("led"), Again: f.Text("again"), Wants: f.Texts("wants"), Showed: f.IDs("showed")}
	for i := range page.MostNamed {
		n := strconv.Itoa(i)
		if line := (page.OutcomeNamed{Who: f.ID("who." + n), What: f.ID("what." + n)}); line.Who != "" || line.What != "" {
			t.Named = append(t.Named, line)
		}
	}
	return t
}

// answerOutcome takes how it went, or that somebody was hardly there, or was after all.
func (s *server) answerOutcome(w http.ResponseWriter, r *http.Request, f *form) error {
	if f.Text("hardly") == "no" {
		err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.UnpassOutcome(viewer(r).By(), outcomeOf(r)) })
		return s.finish(w, r, err, toOutcome(r), "You are asked again.")
	}
	if f.Has("hardly") {
		err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.PassOutcome(viewer(r).By(), outcomeOf(r)) })
		return s.finish(w, r, err, toOutcome(r), "Nobody waits for you. You read here what the others said when it has closed.")
	}
	typed := typedOutcome(f)
	says := "Sent. This is what the others sent so far."
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error {
			err := l.AnswerOutcome(viewer(r).By(), outcomeOf(r), view.OutcomeText(typed), view.Namings(typed, l.LedIn(outcomeOf(r))))
			switch {
			case l.OutcomeClosed(outcomeOf(r)):
				says = "Sent. Yours was the last, so it has closed."
			case l.Withheld(viewer(r).By(), outcomeOf(r)):
				says = "Sent."
			}
			return err
		})
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderOutcome(w, r, http.StatusUnprocessableEntity, outcomeOf(r), typed, bad)
	}
	return s.finish(w, r, err, toOutcome(r), says)
}

// showLed lets others read what was said of how the viewer led, or keeps it from them.
func (s *server) showLed(w http.ResponseWriter, r *http.Request, f *form) error {
	show := f.Text("show") == "yes"
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.ShowLed(viewer(r).By(), outcomeOf(r), f.ID("said"), show) })
	says := "Only you read it."
	if show {
		says = "Others read it now, without a name."
	}
	return s.finish(w, r, err, toOutcome(r), says)
}

// thankThem thanks everybody who was asked, once.
func (s *server) thankThem(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Thank(viewer(r).By(), outcomeOf(r)) })
	return s.finish(w, r, err, toOutcome(r), "Everybody who was there is thanked.")
}

// keepLesson brings a lesson into the library, or takes it out.
func (s *server) keepLesson(w http.ResponseWriter, r *http.Request, f *form) error {
	keep := f.Text("keep") != "no"
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		if keep {
			return l.KeepLesson(viewer(r).By(), outcomeOf(r), f.ID("lesson"))
		}
		return l.DropLesson(viewer(r).By(), outcomeOf(r), f.ID("lesson"))
	})
	says := "It is in the library."
	if !keep {
		says = "It is not in the library any more."
	}
	return s.finish(w, r, err, toOutcome(r), says)
}

// showLibrary is what was learnt, or what of it holds some words.
func (s *server) showLibrary(w http.ResponseWriter, r *http.Request) error {
	find := skein.OneSpace(queryOf(r).Get("q"))
	lessons, err := s.db.Lead.Lessons(r.Context(), find)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page.Library(s.frame(r, "Library", path.Library), view.Library(viewer(r), lessons, find)))
}
