package server

import (
	"net/http"
	"slices"
	"strings"

	"skein/internal/match"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// How many answers the four questions take.
const (
	mostKnown      = 3
	mostWishes     = 3
	mostColleagues = 10
)

// showWelcome is the home page with the four questions, also for those who answered them once.
func (s *server) showWelcome(w http.ResponseWriter, r *http.Request) error {
	form, err := s.emptyWelcome(r)
	if err != nil {
		return err
	}
	return s.renderHome(w, r, http.StatusOK, form)
}

// emptyWelcome is the form before anything was typed, with its suggestions.
func (s *server) emptyWelcome(r *http.Request) (*page.WelcomeForm, error) {
	v := viewer(r)
	form := &page.WelcomeForm{Level: "4", Hours: "4"}
	if hours := v.Person.HoursPerWeek; hours != nil {
		form.Hours = words.Decimal(*hours)
	}
	return form, s.suggest(r, form)
}

// suggest fills in the suggestions of the four questions.
func (s *server) suggest(r *http.Request, form *page.WelcomeForm) error {
	v := viewer(r)
	offers, err := s.db.People.Offers(r.Context(), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	form.Key, form.Circle = newKey(), offers.Circle
	for _, skill := range offers.Skills {
		form.Said = append(form.Said, skill.Name)
	}
	form.Skills, form.People = view.SkillNames(offers.Known), view.Distinct(offers.Colleagues)
	form.Steps = view.HourSteps(form.Hours)
	return nil
}

func (s *server) createWelcome(w http.ResponseWriter, r *http.Request, f *form) error {
	welcome := peopledb.Welcome{Hours: f.Choice("hours", "Choose one of the numbers.")}
	level := f.Int("level", "Choose one of the answers.")
	known, err := s.meant(r.Context(), f, "known", parted(f.Text("known")))
	if err != nil {
		return err
	}
	wishes, err := s.meant(r.Context(), f, "wish", parted(f.Text("wish")))
	if err != nil {
		return err
	}
	for _, word := range known {
		welcome.Known = append(welcome.Known, peopledb.Rating{Skill: skillNamed(word), Level: level})
	}
	for _, word := range wishes {
		welcome.Wishes = append(welcome.Wishes, skillNamed(word))
	}
	f.Bad.Add(len(welcome.Known) > mostKnown, "known", "Three are enough here: take one out. Your settings hold as many as you like.")
	f.Bad.Add(len(welcome.Wishes) > mostWishes, "wish", "Three are enough here: take one out. Your settings hold more.")
	f.Bad.Add(len(welcome.Known)+len(welcome.Wishes) == 0, "known", "Name one thing here or below, or choose Later.")
	asked := f.Text("colleagues")
	f.Bad.Add(asked != "" && len(welcome.Known) == 0, "known", "Name what they could speak about first.")
	if welcome.Colleagues, err = s.named(r, f, "colleagues", asked); err != nil {
		return err
	}
	v := viewer(r)
	nameable(f, "known", parted(f.Text("known")))
	nameable(f, "wish", parted(f.Text("wish")))
	also(&f.Bad, skein.Person{Name: v.Person.Name, HoursPerWeek: welcome.Hours}.Check())
	if len(welcome.Known) > 0 {
		also(&f.Bad, skein.CheckRating(level))
	}
	err = f.Try(func() error { return s.db.People.Welcome(r.Context(), v.By(), welcome, v.Today()) })
	if bad, ok := asInvalid(err); ok {
		return s.refuseWelcome(w, r, f, bad)
	}
	return s.finish(w, r, err, path.Home, welcomed(welcome))
}

// nameable notes at a field the skills that have no name: the store would tell of the first alone.
func nameable(f *form, field string, words []string) {
	for _, word := range words {
		_, err := skein.SkillName(word)
		if bad, wrong := asInvalid(err); wrong {
			f.Bad.Add(true, field, bad[0].Message)
		}
	}
}

func welcomed(w peopledb.Welcome) string {
	if len(w.Colleagues) == 0 {
		return "Thank you. Look below, under Could be yours."
	}
	return "Thank you. " + words.UpperFirst(words.Count(len(w.Colleagues), "colleague is", "colleagues are")) + " asked one question each. Look below, under Could be yours."
}

// refuseWelcome shows the form again as it was typed.
func (s *server) refuseWelcome(w http.ResponseWriter, r *http.Request, f *form, bad skein.Invalid) error {
	form := &page.WelcomeForm{
		Known: f.Text("known"), Level: f.Text("level"), Wish: f.Text("wish"),
		Hours: f.Text("hours"), Colleagues: f.Text("colleagues"),
	}
	for _, wrong := range bad { // the store names what it looked at, not the field
		if wrong.Field == "skill" {
			bad.Add(true, "known", wrong.Message)
		}
		if wrong.Field == "colleague" {
			bad.Add(true, "colleagues", wrong.Message)
		}
	}
	form.Bad, form.Meant = bad, f.Meant
	if view.HoursOf(form.Hours) < 0 {
		form.Hours = ""
	}
	if err := s.suggest(r, form); err != nil {
		return err
	}
	return s.renderHome(w, r, http.StatusUnprocessableEntity, form)
}

func (s *server) skipWelcome(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	err := s.db.People.UpdatePerson(r.Context(), v.By(), v.Person.ID, func(p *skein.Person) error {
		if p.WelcomedAt.IsZero() {
			p.WelcomedAt = v.Now
		}
		return nil
	})
	return s.finish(w, r, err, path.Home, "Nothing was kept. Your settings ask the same questions whenever you like.")
}

func (s *server) showBefore(w http.ResponseWriter, r *http.Request) error {
	return s.renderBefore(w, r, http.StatusOK, page.BeforeForm{Level: "3"})
}

func (s *server) renderBefore(w http.ResponseWriter, r *http.Request, status int, form page.BeforeForm) error {
	v := viewer(r)
	offers, err := s.db.People.Offers(r.Context(), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	form.Key, form.Skills, form.People = newKey(), view.SkillNames(offers.Known), view.Distinct(offers.Colleagues)
	return s.render(w, r, status, page.Before(s.frame(r, "What you led before", path.Home), form))
}

func (s *server) createBefore(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	meant, err := s.meant(r.Context(), f, "skill", []string{f.Text("skill")})
	if err != nil {
		return err
	}
	lead := peopledb.EarlierLead{What: f.Text("what"), Known: peopledb.Rating{
		Skill: skillNamed(meant[0]), Level: f.Int("level", "Choose one of the answers."),
	}}
	f.Bad.Add(skein.Blank(lead.What), "what", "Say what it was, in a few words.")
	also(&f.Bad, skein.Ask{About: lead.What}.Check())
	nameable(f, "skill", []string{f.Text("skill")})
	also(&f.Bad, skein.CheckRating(lead.Known.Level))
	f.Bad.Add(f.Text("colleague") == "", "colleague", "Name one colleague who saw it: without them it does not count.")
	asked, err := s.named(r, f, "colleague", f.Text("colleague"))
	if err != nil {
		return err
	}
	f.Bad.Add(len(asked) > 1, "colleague", "One colleague is enough.")
	err = f.Try(func() error {
		lead.Colleague = asked[0]
		return s.db.People.LedBefore(r.Context(), v.By(), lead, v.Today())
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderBefore(w, r, http.StatusUnprocessableEntity, page.BeforeForm{
			What: f.Text("what"), Skill: f.Text("skill"), Level: f.Text("level"), Colleague: f.Text("colleague"), Bad: bad, Meant: f.Meant["skill"],
		})
	}
	return s.finish(w, r, err, path.Home, "They are asked. It counts as soon as they say so.")
}

// parted parts a line by its commas.
func parted(line string) []string { return partedBy(line, ",") }

// partedBy parts a line by any of the marks, each part once.
func partedBy(line, marks string) []string {
	var all []string
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
		word = strings.Join(strings.Fields(word), " ")
		known := func(other string) bool { return skein.NameKey(word) == skein.NameKey(other) }
		if word != "" && !slices.ContainsFunc(all, known) {
			all = append(all, word)
		}
	}
	return all
}

// skillNamed is a skill as typed: one of the practices that the lens asks for, or any other.
func skillNamed(typed string) skein.Skill {
	for _, practice := range match.Practices() {
		if skein.NameKey(practice.Name) == skein.NameKey(typed) {
			return practice
		}
	}
	return skein.Skill{Name: typed}
}
