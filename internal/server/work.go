package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// workRoutes are where a project's work happens, and its plan: whoever leads sets both, the team ticks.
func (s *server) workRoutes(r chi.Router) {
	r.Get(pattern(path.Work("{id}")), s.handle(s.showWork))
	r.Post(pattern(path.AddLink("{id}")), s.posted(s.addLink))
	r.Post(pattern(path.DropLink("{id}", "{link}")), s.posted(s.dropLink))
	r.Post(pattern(path.AddStep("{id}")), s.posted(s.addStep))
	r.Post(pattern(path.DropStep("{id}", "{step}")), s.posted(s.dropStep))
	r.Post(pattern(path.AddMember("{id}")), s.posted(s.addMember))
	r.Post(pattern(path.EndMember("{id}", "{person}")), s.posted(s.endMember))
	r.Post(pattern(path.TickStep("{id}", "{step}")), s.posted(s.tickStep))
}

func (s *server) showWork(w http.ResponseWriter, r *http.Request) error {
	return s.renderWork(w, r, http.StatusOK, &form{}, nil)
}

// renderWork shows the page, with what was typed and what is wrong with it.
func (s *server) renderWork(w http.ResponseWriter, r *http.Request, status int, f *form, bad skein.Invalid) error {
	p, err := s.seenProject(r)
	if err != nil {
		return err
	}
	d, err := view.Work(viewer(r), p)
	if err != nil {
		return err
	}
	d.Label, d.URL, d.Says, d.Due = f.Text("label"), f.Text("url"), f.Text("says"), f.Text("due")
	d.WrongLabel, d.WrongURL, d.WrongSays, d.WrongDue = bad.On("label"), bad.On("url"), bad.On("says"), bad.On("due")
	d.Who, d.Brings, d.WrongWho, d.WrongBrings = f.Text("who"), f.Text("brings"), bad.On("who"), bad.On("brings")
	return s.render(w, r, status, page.Work(s.frame(r, "The plan, the team, and where it happens", path.Leads), d))
}

// worked ends an act on the page: back to it, or with what is wrong.
func (s *server) worked(w http.ResponseWriter, r *http.Request, f *form, err error, says string) error {
	if bad, ok := asInvalid(err); ok {
		return s.renderWork(w, r, http.StatusUnprocessableEntity, f, bad)
	}
	return s.finish(w, r, err, path.Work(param(r, "id")), says)
}

func (s *server) addLink(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.AddLink(viewer(r).By(), f.Text("label"), f.Text("url")) })
	return s.worked(w, r, f, err, "Added. It stands on the project’s page.")
}

func (s *server) dropLink(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.DropLink(viewer(r).By(), skein.LinkID(param(r, "link"))) })
	return s.worked(w, r, f, err, "It is taken away.")
}

func (s *server) addStep(w http.ResponseWriter, r *http.Request, f *form) error {
	due := f.Day("due", "Choose the day by which it is to be done.")
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.AddStep(viewer(r).By(), f.Text("says"), due) })
	})
	return s.worked(w, r, f, err, "Added. The team ticks it when it is done.")
}

func (s *server) dropStep(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.DropStep(viewer(r).By(), skein.StepID(param(r, "step"))) })
	return s.worked(w, r, f, err, "It is taken away.")
}

// tickStep notes that a step is done, or not after all.
func (s *server) tickStep(w http.ResponseWriter, r *http.Request, f *form) error {
	done, wrong := f.YesOrNo("done")
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		if wrong != nil { // after the look whether they may know of the project
			return wrong
		}
		return l.TickStep(viewer(r).By(), skein.StepID(param(r, "step")), done)
	})
	return s.finish(w, r, err, path.Project(param(r, "id"))+"#plan", map[bool]string{true: "It is done.", false: "It is not done after all."}[done])
}
