package server

import (
	"errors"
	"net/http"

	"github.com/go-chi/chi/v5"

	circlesdb "skein/internal/postgres/circles"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// adminTeamRoutes are where administrators keep the circles.
func (s *server) adminTeamRoutes(r chi.Router) {
	r.Get(path.AdminTeams, s.handle(s.showTeams))
	r.Post(path.AdminTeams, s.posted(s.makeTeam))
	r.Post(path.AdminTeamWord, s.posted(s.nameTeams))
	r.Get(pattern(path.AdminTeam("{id}")), s.handle(s.showTeam))
	r.Post(pattern(path.RenameTeam("{id}")), s.posted(s.renameTeam))
	r.Post(pattern(path.MoveTeam("{id}")), s.posted(s.moveTeam))
	r.Post(pattern(path.NameStewards("{id}")), s.posted(s.nameStewards))
	r.Post(pattern(path.EndSteward("{id}")), s.posted(s.endSteward))
	r.Get(pattern(path.CloseTeam("{id}")), s.handle(s.showCloseTeam))
	r.Post(pattern(path.CloseTeam("{id}")), s.posted(s.closeTeam))
}

func circleOf(r *http.Request) skein.CircleID { return skein.CircleID(param(r, "id")) }

func (s *server) showTeams(w http.ResponseWriter, r *http.Request) error {
	return s.renderTeams(w, r, http.StatusOK, nil)
}

// renderTeams shows the list, with what was typed into one of its forms and what is wrong with it.
func (s *server) renderTeams(w http.ResponseWriter, r *http.Request, status int, with func(*page.AdminTeamsData)) error {
	v := viewer(r)
	list, err := s.db.Circles.List(r.Context(), v.Today())
	if err != nil {
		return err
	}
	d := view.AdminTeams(v, list)
	if with != nil {
		with(&d)
	}
	return s.render(w, r, status, page.AdminTeams(s.frame(r, words.UpperFirst(d.Words), path.AdminTeams), d))
}

// makeTeam makes a circle.
func (s *server) makeTeam(w http.ResponseWriter, r *http.Request, f *form) error {
	c := skein.Circle{ID: skein.CircleID(f.ID("id")), Name: f.Name("name"), Purpose: f.Text("purpose"), Parent: skein.CircleID(f.ID("in"))}
	_, err := s.db.Circles.Make(r.Context(), viewer(r).By(), c)
	if bad, ok := asInvalid(err); ok {
		return s.renderTeams(w, r, http.StatusUnprocessableEntity, func(d *page.AdminTeamsData) {
			d.New = page.NewTeamForm{Name: c.Name, Purpose: c.Purpose, ID: string(c.ID), In: string(c.Parent), Places: d.New.Places, Wrong: bad.On}
		})
	}
	return s.finish(w, r, err, path.AdminTeams, c.Name+" is there. Its page is where stewards are named.")
}

// nameTeams says what the organisation calls a circle, and several.
func (s *server) nameTeams(w http.ResponseWriter, r *http.Request, f *form) error {
	one, many := f.Text("word"), f.Text("words")
	was := viewer(r).Org
	if many == was.Circles() && one != was.CircleWord && many == was.CircleWord+"s" {
		many = "" // only the word for one was typed: the other follows it
	}
	err := s.db.Circles.NameCircles(r.Context(), viewer(r).By(), f.Version(), one, many)
	bad, invalid := asInvalid(err)
	if errors.Is(err, skein.ErrStale) {
		now, err := s.db.Gameboard.Organisation(r.Context())
		if err != nil {
			return err
		}
		bad, invalid = skein.Invalid{{Field: "word", Message: "Somebody else changed it meanwhile: now it is " + now.CircleWord + ", and " + now.Circles() + ". Send yours again to put it in its place."}}, true
		was = now
	}
	if invalid {
		return s.renderTeams(w, r, http.StatusUnprocessableEntity, func(d *page.AdminTeamsData) {
			version := f.Version()
			if errors.Is(err, skein.ErrStale) {
				version = was.WordVersion()
			}
			d.Call = page.TeamWordForm{One: one, Many: f.Text("words"), Version: version, Wrong: bad.On}
		})
	}
	return s.finish(w, r, err, path.AdminTeams+"#word", "Every page says "+one+" from now on.")
}

func (s *server) showTeam(w http.ResponseWriter, r *http.Request) error {
	return s.renderTeam(w, r, http.StatusOK, nil)
}

// renderTeam shows one circle, with what was typed into one of its forms and what is wrong with it.
func (s *server) renderTeam(w http.ResponseWriter, r *http.Request, status int, with func(*page.AdminTeamData)) error {
	v := viewer(r)
	c, err := s.db.Circles.Page(r.Context(), circleOf(r), v.Today())
	if err != nil {
		return err
	}
	d := view.AdminTeam(v, c)
	if with != nil {
		with(&d)
	}
	return s.render(w, r, status, page.AdminTeam(s.frame(r, c.Name, path.AdminTeams), d))
}

// renameTeam changes what a circle is called and what it is for.
func (s *server) renameTeam(w http.ResponseWriter, r *http.Request, f *form) error {
	name, purpose := f.Name("name"), f.Text("purpose")
	err := s.db.Circles.Rename(r.Context(), viewer(r).By(), circleOf(r), func(c *skein.Circle) error {
		if err := skein.Fresh(f.Version(), c.WordsVersion()); err != nil {
			return err
		}
		c.Name, c.Purpose = name, purpose
		return nil
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderTeam(w, r, http.StatusUnprocessableEntity, func(d *page.AdminTeamData) {
			says := "Somebody else changed it meanwhile: now it is " + words.Name(d.Name) + ". Send yours again to put it in its place."
			d.Rename.Name, d.Rename.Purpose = name, purpose
			d.Rename.Wrong = skein.Invalid{{Field: "name", Message: says}}.On
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderTeam(w, r, http.StatusUnprocessableEntity, func(d *page.AdminTeamData) {
			d.Rename = page.RenameTeamForm{Name: name, Purpose: purpose, Version: f.Version(), Wrong: bad.On}
		})
	}
	return s.finish(w, r, err, path.AdminTeam(param(r, "id")), "Saved.")
}

// moveTeam brings a circle, with what lies in it, into another.
func (s *server) moveTeam(w http.ResponseWriter, r *http.Request, f *form) error {
	to := skein.CircleID(f.ID("in"))
	changed, err := s.db.Circles.Move(r.Context(), viewer(r).By(), s.chooser.Judge(), circleOf(r), to, f.Version(), f.Text("seen"))
	var unseen circlesdb.UnseenError
	var waits skein.Conflict
	again := func(with func(*page.MoveTeamForm)) error {
		return s.renderTeam(w, r, http.StatusUnprocessableEntity, func(d *page.AdminTeamData) { with(&d.Move) })
	}
	says := func(message string) error {
		return again(func(m *page.MoveTeamForm) {
			m.In, m.Wrong = string(to), skein.Invalid{{Field: "parent", Message: message}}.On
		})
	}
	if bad, ok := asInvalid(err); ok {
		return says(bad.On("parent"))
	}
	switch {
	case errors.As(err, &unseen):
		return again(func(m *page.MoveTeamForm) { view.MoveDoes(m, unseen.Plan) })
	case errors.Is(err, skein.ErrStale):
		return says("Somebody else moved it meanwhile: see where it lies now. Send yours again to put it in its place.")
	case errors.As(err, &waits):
		return says(waits.Why)
	}
	told := "It lies there already. Nothing has changed."
	if changed {
		told = "Moved, with all that lies within it."
	}
	return s.finish(w, r, err, path.AdminTeam(param(r, "id")), told)
}

// nameStewards makes people stewards of a circle.
func (s *server) nameStewards(w http.ResponseWriter, r *http.Request, f *form) error {
	who := f.Text("who")
	f.Bad.Add(who == "", "who", "Write somebody’s name.")
	people, err := s.anybodyNamed(r, f, "who", who)
	if err != nil {
		return err
	}
	hat := skein.Hat{Kind: skein.Steward, Circle: circleOf(r)}
	err = f.Try(func() error {
		for _, p := range people {
			if err := s.db.Door.GiveHat(r.Context(), viewer(r).By(), p, hat); err != nil {
				return err
			}
		}
		return nil
	})
	if bad, ok := asInvalid(err); ok {
		if bad.On("circle") != "" { // it was closed meanwhile
			return skein.ErrNotFound
		}
		return s.renderTeam(w, r, http.StatusUnprocessableEntity, func(d *page.AdminTeamData) {
			d.Steward.Who, d.Steward.Wrong = who, bad.On
		})
	}
	return s.finish(w, r, err, path.AdminTeam(param(r, "id"))+"#stewards", "They have that role now, and are told.")
}

// endSteward ends somebody's role as a steward of a circle.
func (s *server) endSteward(w http.ResponseWriter, r *http.Request, f *form) error {
	id, person := param(r, "id"), skein.PersonID(f.ID("person"))
	err := s.db.Door.TakeHat(r.Context(), viewer(r).By(), person, skein.Hat{Kind: skein.Steward, Circle: skein.CircleID(id)})
	undo := component.Button{Label: "Undo", Action: path.GiveHat(string(person)), Hidden: []component.Hidden{
		{Name: "hat", Value: string(skein.Steward)}, {Name: "circle", Value: id},
	}}
	return s.finish(w, r, err, path.AdminTeam(id)+"#stewards", "They no longer have that role, and are told.", undo)
}

func (s *server) showCloseTeam(w http.ResponseWriter, r *http.Request) error {
	p, err := s.db.Circles.Closing(r.Context(), circleOf(r), viewer(r).Today())
	if err != nil {
		return err
	}
	return s.renderClose(w, r, http.StatusOK, p, false)
}

// renderClose shows what the close of a circle does.
func (s *server) renderClose(w http.ResponseWriter, r *http.Request, status int, p circlesdb.Plan, changed bool) error {
	d := view.CloseTeam(viewer(r), p)
	d.Changed = changed
	return s.render(w, r, status, page.CloseTeam(s.frame(r, "Close "+p.Circle.Name, path.AdminTeams), d))
}

// closeTeam closes a circle, when it does what was shown.
func (s *server) closeTeam(w http.ResponseWriter, r *http.Request, f *form) error {
	p, err := s.db.Circles.Close(r.Context(), viewer(r).By(), s.chooser.Judge(), circleOf(r), f.Version())
	var unseen circlesdb.UnseenError
	var waits skein.Conflict
	switch {
	case errors.As(err, &unseen):
		return s.renderClose(w, r, http.StatusUnprocessableEntity, unseen.Plan, f.Version() != "")
	case errors.As(err, &waits) && p.Circle.ID != "":
		return s.renderClose(w, r, http.StatusUnprocessableEntity, p, false)
	}
	return s.finish(w, r, err, path.AdminTeams, p.Circle.Name+" is closed.")
}
