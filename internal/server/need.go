package server

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// needRoutes are what a lead gets: the answers to it, what the lead makes of them, and when they begin.
func (s *server) needRoutes(r chi.Router) {
	r.Post(pattern(path.GrantNeed("{id}", "{need}")), s.posted(s.grantNeed))
	r.Get(pattern(path.AnswerNeed("{id}", "{need}")), s.handle(s.showNeed))
	r.Post(pattern(path.AnswerNeed("{id}", "{need}")), s.posted(s.answerNeed))
	r.Post(pattern(path.TakeNeed("{id}", "{need}")), s.posted(s.takeNeed))
	r.Post(pattern(path.WaiveNeed("{id}", "{need}")), s.posted(s.waiveNeed))
	r.Post(pattern(path.ArriveNeed("{id}", "{need}")), s.posted(s.arriveNeed))
	r.Get(pattern(path.MoveStart("{id}")), s.handle(s.showStart))
	r.Post(pattern(path.MoveStart("{id}")), s.posted(s.moveStart))
}

func needOf(r *http.Request) skein.NeedID { return skein.NeedID(param(r, "need")) }

// toNeeds is where what the lead gets stands.
func toNeeds(r *http.Request) string { return path.Project(param(r, "id")) + "#needs" }

// grantNeed says yes to something that the lead needs. From the executives' page it goes back there.
func (s *server) grantNeed(w http.ResponseWriter, r *http.Request, f *form) error {
	v, until := viewer(r), f.Day("until", "Choose a day, or leave it empty.")
	if err := f.Bad.Err(); err != nil {
		return err
	}
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Grant(v.By(), needOf(r), v.Is(skein.Executive), until) })
	to := toNeeds(r)
	if f.Text("back") == path.Admin {
		to = path.Admin
	}
	return s.finish(w, r, err, to, "It is granted.")
}

// showNeed asks whoever answers for a need what they say.
func (s *server) showNeed(w http.ResponseWriter, r *http.Request) error {
	return s.renderNeed(w, r, http.StatusOK, &form{}, nil)
}

// renderNeed shows the page to whoever may answer, with what was typed, and the refusal to others.
func (s *server) renderNeed(w http.ResponseWriter, r *http.Request, status int, f *form, bad skein.Invalid) error {
	v := viewer(r)
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := view.AnswerNeed(v, p, needOf(r))
	if err != nil {
		return err
	}
	d.Answer, d.Less, d.Reason = f.Text("answer"), f.Text("less"), f.Text("reason")
	d.WrongAnswer, d.WrongLess, d.WrongReason = bad.On("answer"), bad.On("less"), bad.On("reason")
	return s.render(w, r, status, page.AnswerNeed(s.frame(r, d.What, path.Leads), d))
}

// renderSettled shows what became of a need that was answered before this answer came, with what was typed. Of
// a project that is over, and to whoever may not answer, it is the refusal.
func (s *server) renderSettled(w http.ResponseWriter, r *http.Request, f *form, conflict skein.Conflict) error {
	v := viewer(r)
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := view.NeedMeanwhile(v, p, needOf(r), conflict.Why)
	if err != nil {
		return conflict
	}
	d.Answer, d.Less, d.Reason = f.Text("answer"), f.Text("less"), f.Text("reason")
	d.Typed = strings.Join(slices.DeleteFunc([]string{d.Less, d.Reason}, func(s string) bool { return s == "" }), "; ")
	return s.render(w, r, http.StatusConflict, page.AnswerNeed(s.frame(r, d.What, path.Leads), d))
}

// answerNeed keeps a yes, how much there is, or why not.
func (s *server) answerNeed(w http.ResponseWriter, r *http.Request, f *form) error {
	v, answer := viewer(r), f.Text("answer")
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		if answer == "yes" {
			return l.Grant(v.By(), needOf(r), v.Is(skein.Executive), skein.Date{})
		}
		less := 0.0
		if answer == "less" {
			var need skein.Need // one that is not there is told by the verb
			if i := slices.IndexFunc(l.Needs, func(n skein.Need) bool { return n.ID == needOf(r) }); i >= 0 {
				need = l.Needs[i]
			}
			f.Bad = nil // this runs again where two come at once
			if need.Counted() {
				if n := f.Figure("less", "Say how much there is as a number, such as 3.", need.Kind.Figure()); n != nil {
					less = *n
				}
			}
		}
		return f.Try(func() error {
			return l.Refuse(v.By(), needOf(r), v.Is(skein.Executive), skein.NeedAnswer(answer), less, f.Text("reason"))
		})
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderNeed(w, r, http.StatusUnprocessableEntity, f, bad)
	}
	if conflict := (skein.Conflict{}); errors.As(err, &conflict) {
		return s.renderSettled(w, r, f, conflict)
	}
	says := map[string]string{"yes": "It is granted.", "less": "It is answered: there is less.", "no": "It is answered: no."}[answer]
	return s.finish(w, r, err, toNeeds(r), says)
}

// takeNeed is the lead's own word that they begin with less than was asked for.
func (s *server) takeNeed(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Take(viewer(r).By(), needOf(r)) })
	return s.finish(w, r, err, toNeeds(r), "You take what there is.")
}

// waiveNeed is the lead's own word that they can do without something.
func (s *server) waiveNeed(w http.ResponseWriter, r *http.Request, _ *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.Waive(viewer(r).By(), needOf(r)) })
	return s.finish(w, r, err, toNeeds(r), "You do without it.")
}

// arriveNeed is the lead's word whether something has arrived.
func (s *server) arriveNeed(w http.ResponseWriter, r *http.Request, f *form) error {
	arrived, wrong := f.YesOrNo("arrived")
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		if wrong != nil { // after the look whether they may know of the project
			return wrong
		}
		return l.SetArrived(viewer(r).By(), needOf(r), arrived)
	})
	return s.finish(w, r, err, toNeeds(r), "It is noted.")
}

// showStart asks for the day on which an accepted lead shall begin.
func (s *server) showStart(w http.ResponseWriter, r *http.Request) error {
	return s.renderStart(w, r, http.StatusOK, &form{}, nil)
}

func (s *server) renderStart(w http.ResponseWriter, r *http.Request, status int, f *form, bad skein.Invalid) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := view.MoveStart(viewer(r), p)
	if err != nil {
		return err
	}
	if f.Has("day") {
		d.Day = f.Text("day")
	}
	d.Reason, d.WrongDay, d.WrongReason = f.Text("reason"), bad.On("day"), bad.On("reason")
	return s.render(w, r, status, page.MoveStart(s.frame(r, "Move the start?", path.Leads), d))
}

// moveStart keeps the day on which an accepted lead begins.
func (s *server) moveStart(w http.ResponseWriter, r *http.Request, f *form) error {
	day := f.Day("day", "Choose the day on which it begins.")
	err := f.Bad.Err()
	if err == nil {
		err = s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.MoveStart(viewer(r).By(), day, f.Text("reason")) })
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderStart(w, r, http.StatusUnprocessableEntity, f, bad)
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), "The start is moved.")
}

// seenProject is the project of a request's address, for whoever may know of it.
func (s *server) seenProject(r *http.Request) (leaddb.ProjectPage, error) {
	v := viewer(r)
	p, err := s.db.Lead.ProjectPage(r.Context(), projectOf(r), v.Person.ID, v.Today())
	if err != nil {
		return p, err
	}
	return p, seen(v, p.Project)
}
