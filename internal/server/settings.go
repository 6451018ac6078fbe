package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// settingsRoutes are what somebody changes about themselves.
func (s *server) settingsRoutes(r chi.Router) {
	r.Get(path.Settings, s.handle(s.showSettings))
	r.Post(path.SettingsProfile, s.posted(s.updateProfile))
	r.Post(path.SettingsSkills, s.posted(s.rateSkill))
	r.Post(path.SettingsConfirm, s.posted(s.confirmSkill))
	r.Post(path.SettingsRemove, s.posted(s.removeSkill))
	r.Post(path.SettingsShow, s.posted(s.showEvidence))
	r.Post(path.SettingsAsks, s.posted(s.createAsk))
	r.Post(path.SettingsWishes, s.posted(s.createWish))
	r.Post(path.SettingsUnwish, s.posted(s.removeWish))
	r.Post(path.SettingsLeave, s.posted(s.createLeave))
	r.Post(path.Back, s.posted(s.imBack))
	r.Post(pattern(path.RemoveLeave("{id}")), s.posted(s.removeLeave))
	r.Post(path.SettingsCalendar, s.handle(s.makeCalendar))
	r.Post(path.CalendarOff, s.handle(s.stopCalendar))
	r.Post(path.SettingsMail, s.posted(s.updateMail))
	r.Get(path.SettingsErasure, s.handle(s.showErasure))
	r.Post(path.AskErasure, s.handle(s.askErasure))
	r.Post(path.UnaskErasure, s.handle(s.unaskErasure))
	r.Get(path.SettingsData, s.handle(s.downloadData))
}

func (s *server) showSettings(w http.ResponseWriter, r *http.Request) error {
	return s.renderSettings(w, r, http.StatusOK, nil, nil, "")
}

// renderSettings shows the page; with a form, that form as it was typed and what is wrong with it; with the address of
// a calendar that was just made.
func (s *server) renderSettings(w http.ResponseWriter, r *http.Request, status int, f *form, bad skein.Invalid, calendar string) error {
	v := viewer(r)
	profile, err := s.db.People.Profile(r.Context(), peopledb.ProfileQuery{Person: v.Person.ID, Viewer: v.Person.ID, Today: v.Today()})
	if err != nil {
		return err
	}
	offers, err := s.db.People.Offers(r.Context(), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	wants, err := s.db.Mail.Wants(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	d := view.Settings(v, profile)
	d.Mail = view.MailWants(v, wants)
	d.Calendar = view.CalendarWants(v, wants.CalendarAt, calendar)
	d.Known, d.People, d.Bad = view.SkillNames(offers.Known), view.Distinct(offers.Colleagues), bad
	if f != nil {
		keepTyped(&d, f)
		d.Meant = f.Meant
	}
	d.Steps = view.HourSteps(d.Hours)
	return s.render(w, r, status, page.Settings(s.frame(r, "Settings", path.Settings), d))
}

// keepTyped puts what was typed back into the one form that was sent.
func keepTyped(d *page.SettingsData, f *form) {
	for name, to := range map[string]*string{
		"name": &d.Name, "self": &d.About, "about": &d.AskWhat, "hours": &d.Hours, "skill": &d.Skill, "level": &d.Level,
		"wish": &d.Wish, "from": &d.From, "until": &d.Until, "colleague": &d.AskOf, "zone": &d.Zone,
	} {
		if f.Has(name) {
			*to = f.Text(name)
		}
	}
	if view.HoursOf(d.Hours) < 0 {
		d.Hours = ""
	}
}

// settingsDone answers a form of the settings: back to its part of the page, or the page again
// with what was typed and what is wrong with it.
func (s *server) settingsDone(w http.ResponseWriter, r *http.Request, f *form, part, says string, err error) error {
	if bad, ok := asInvalid(err); ok {
		return s.renderSettings(w, r, http.StatusUnprocessableEntity, f, bad, "")
	}
	return s.finish(w, r, err, path.Settings+part, says)
}

func (s *server) updateProfile(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	hours := f.Choice("hours", "Choose one of the numbers.")
	err := s.db.People.UpdatePerson(r.Context(), v.By(), v.Person.ID, func(p *skein.Person) error {
		p.Name, p.About = f.Name("name"), f.Text("self")
		if f.Has("zone") {
			p.TimeZone = skein.ZoneNamed(f.Text("zone"))
		}
		if hours != nil {
			p.HoursPerWeek = hours
		}
		return f.Bad.Err()
	})
	return s.settingsDone(w, r, f, "", "Saved. Others see it from now on.", err)
}

func (s *server) downloadData(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	data, err := s.db.People.MyData(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := json.Indent(&body, data, "", "  "); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="skein-my-data-`+v.Today().Format(time.DateOnly)+`.json"`)
	_, _ = w.Write(body.Bytes()) // the browser may have gone
	return nil
}
