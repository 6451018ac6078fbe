package server

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// projectRoutes are the board, projects, their teams and what their leads need. Any staff may come;
// what more an act asks, its rule in package skein says.
func (s *server) projectRoutes(r chi.Router) {
	r.Get(path.Leads, s.handle(s.showBoard))
	r.Get(path.NewProject, s.handle(s.showNewProject))
	r.Post(path.Projects, s.posted(s.createProject))
	r.Get(path.InTheWay, s.handle(s.showInTheWay))
	r.Post(path.InTheWay, s.posted(s.createInTheWay))
	r.Get(pattern(path.Project("{id}")), s.handle(s.showProject))
	r.Get(pattern(path.EditProject("{id}")), s.handle(s.showEditProject))
	r.Post(pattern(path.EditProject("{id}")), s.posted(s.editProject))
	r.Get(pattern(path.PublishProject("{id}")), s.handle(s.showPublish))
	r.Post(pattern(path.PublishProject("{id}")), s.posted(s.publishProject))
	r.Get(pattern(path.CancelProject("{id}")), s.handle(s.showCancel))
	r.Post(pattern(path.CancelProject("{id}")), s.posted(s.cancelProject))
	r.Get(pattern(path.HandOverProject("{id}")), s.asksOnce(handingOn))
	r.Post(pattern(path.HandOverProject("{id}")), s.posted(s.handOver))
	r.Post(pattern(path.TakeBackProject("{id}")), s.posted(s.takeBack))
	r.Get(pattern(path.ReopenProject("{id}")), s.handle(s.showReopen))
	r.Post(pattern(path.ReopenProject("{id}")), s.posted(s.reopenProject))
	r.Get(pattern(path.CompleteProject("{id}")), s.handle(s.showComplete))
	r.Post(pattern(path.CompleteProject("{id}")), s.posted(s.completeProject))
	r.Get(pattern(path.Live("{id}")), s.handle(s.showLive))
	s.handoverRoutes(r)
	s.outcomeRoutes(r)
	s.teamRoutes(r)
	s.weekRoutes(r)
	s.questionRoutes(r)
	s.workRoutes(r)
	s.changedRoutes(r)
	s.decisionRoutes(r)
	s.remitRoutes(r)
	r.Get(pattern(path.ChangeLed("{id}")), s.handle(s.showChangeLed))
	r.Post(pattern(path.ChangeLed("{id}")), s.posted(s.changeLed))
}

// newGroundAmong is how many of the best placed are looked at for those who never led.
const newGroundAmong = 64

// showProject is the page of one project, as the viewer sees it.
func (s *server) showProject(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	p, answer, err := s.chooser.Project(r.Context(), projectOf(r), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	if err := seen(v, p.Project); err != nil {
		return err
	}
	if view.SeesNewGround(v, p) {
		if p.NewGround, err = s.chooser.NewGround(r.Context(), p.Project.ID, newGroundAmong, v.Today()); err != nil {
			return err
		}
	}
	return s.render(w, r, http.StatusOK, page.Project(s.frame(r, p.Project.Title, path.Leads), view.Project(v, p, answer, newKey())))
}

// seen is ErrNotFound to whoever may not know of a project.
func seen(v view.Viewer, p skein.Project) error {
	if !p.SeenBy(v.Person.ID, v.StewardOf(p.Circle)) {
		return skein.ErrNotFound
	}
	return nil
}
