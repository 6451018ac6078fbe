package server

import (
	"net/http"
	"slices"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// showStandIn is the page on which a lead says that they are unavailable, and somebody is asked.
func (s *server) showStandIn(w http.ResponseWriter, r *http.Request) error {
	return s.renderStandIn(w, r, http.StatusOK, nil, nil)
}

// renderStandIn shows the page to whoever may ask, and to a co-lead what being away means for them; with a
// form, as it was typed and what is wrong with it.
func (s *server) renderStandIn(w http.ResponseWriter, r *http.Request, status int, f *form, bad skein.Invalid) error {
	v, id := viewer(r), projectOf(r)
	p, err := s.db.Lead.ProjectPage(r.Context(), id, v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	if err := seen(v, p.Project); err != nil {
		return err
	}
	d, err := view.StandIn(v, p)
	if err != nil {
		return err
	}
	if d.Bad = bad; f != nil {
		d.From, d.Until, d.Person = f.Text("from"), f.Text("until"), f.Text("person")
	}
	return s.render(w, r, status, page.StandIn(s.frame(r, d.Statement, path.Leads), d))
}

// askStandIn asks somebody to stand in for the viewer, or for a lead who has left.
func (s *server) askStandIn(w http.ResponseWriter, r *http.Request, f *form) error {
	from, until := f.Day("from", "Choose a day, or leave it empty."), f.Day("until", "Choose a day.")
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error {
			return l.AskStandIn(viewer(r).By(), skein.PersonID(f.Text("person")), from, until)
		})
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderStandIn(w, r, http.StatusUnprocessableEntity, f, bad)
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), "Somebody is asked. The page says who, and until when they answer.")
}

// answerStandIn is the yes or no of whoever is asked to stand in.
func (s *server) answerStandIn(w http.ResponseWriter, r *http.Request, f *form) error {
	answer := f.Text("answer")
	if answer != "yes" && answer != "no" {
		return skein.Invalid{{Field: "answer", Message: "Say yes, or not this time."}}
	}
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		return l.AnswerStandIn(viewer(r).By(), skein.StandInID(param(r, "standin")), answer == "yes")
	})
	says := "It is noted. The next is asked, where there is one."
	if answer == "yes" {
		says = "You said yes. Thank you. The page says from when until when you stand in."
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), says)
}

// endStandIn ends that somebody stands in, or is asked to.
func (s *server) endStandIn(w http.ResponseWriter, r *http.Request, _ *form) error {
	own := false
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		own = slices.ContainsFunc(l.StandIns, func(s skein.StandIn) bool { // also from a day to come
			return string(s.ID) == param(r, "standin") && s.Person == viewer(r).Person.ID && s.State == skein.StandInStanding
		})
		return l.EndStandIn(viewer(r).By(), skein.StandInID(param(r, "standin")))
	})
	says := "Nobody stands in any more."
	if own {
		says = "You do not stand in any more. The next is asked, where there is one."
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), says)
}
