package server

import (
	"github.com/go-chi/chi/v5"

	"skein/web/path"
)

// personRoutes are what everybody signed in may see of people and say of themselves.
func (s *server) personRoutes(r chi.Router) {
	r.Get(path.Home, s.handle(s.showHome))
	r.Post(pattern(path.DismissProject("{id}")), s.handle(s.dismissProject))
	r.Post(pattern(path.UndismissProject("{id}")), s.handle(s.undismissProject))
	r.Get(path.Welcome, s.handle(s.showWelcome))
	r.Post(path.Welcome, s.posted(s.createWelcome))
	r.Post(path.WelcomeLater, s.handle(s.skipWelcome))
	r.Get(path.WelcomeBefore, s.handle(s.showBefore))
	r.Post(path.WelcomeBefore, s.posted(s.createBefore))
	r.Get(path.Notices, s.handle(s.showNotices))
	r.Post(path.SeeNotices, s.posted(s.seeNotices))
	r.Get(pattern(path.Ask("{id}")), s.handle(s.showAsk))
	r.Post(pattern(path.Ask("{id}")), s.posted(s.answerAsk))
	r.Get(path.Search, s.handle(s.showSearch))
	r.Get(path.SkillsLike, s.handle(s.showSkillsLike))
	r.Get(path.People, s.handle(s.showPeople))
	r.Get(pattern(path.Person("{id}")), s.handle(s.showPerson))
	r.Post(pattern(path.EndorsePerson("{id}")), s.posted(s.endorsePerson))
	r.Get(path.Teams, s.handle(s.showMap))
	r.Get(pattern(path.Team("{id}")), s.handle(s.showCircle))
	r.Post(pattern(path.TurnTeam("{id}")), s.posted(s.turnCircle))
	s.settingsRoutes(r)
	r.Post(path.How, s.posted(s.readHow))
}
