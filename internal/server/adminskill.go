package server

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"skein/internal/chooser"
	"skein/internal/match"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// skillsAtOnce is how many skills a page of the list shows.
const skillsAtOnce = 40

// skillRoutes are where administrators tend the skills.
func (s *server) skillRoutes(r chi.Router) {
	r.Get(path.AdminSkills, s.handle(s.showSkills))
	r.Get(pattern(path.AdminSkill("{id}")), s.handle(s.showSkill))
	r.Post(pattern(path.RenameSkill("{id}")), s.posted(s.renameSkill))
	r.Post(pattern(path.DropSkillName("{id}")), s.posted(s.dropSkillName))
	r.Post(pattern(path.SetSkill("{id}")), s.posted(s.setSkill))
	r.Post(pattern(path.RetireSkill("{id}")), s.posted(s.retireSkill))
	r.Post(pattern(path.BringBackSkill("{id}")), s.posted(s.bringBackSkill))
	r.Get(pattern(path.MergeSkill("{id}")), s.handle(s.showSkillMerge))
	r.Post(pattern(path.MergeSkill("{id}")), s.posted(s.mergeSkills))
}

func skillOf(r *http.Request) skein.SkillID { return skein.SkillID(param(r, "id")) }

// askedByTables lists the practices that the published tables ask for, or can by those that Skein comes with.
func (s *server) askedByTables(ctx context.Context) (asked []skein.SkillID, usual float64, err error) {
	policy, err := s.chooser.Policy(ctx)
	if err != nil {
		return nil, 0, err
	}
	asked = chooser.Practices(policy)
	for _, practice := range match.Practices() {
		asked = append(asked, practice.ID)
	}
	return asked, policy.Trust.HalfLifeDays, nil
}

func (s *server) showSkills(w http.ResponseWriter, r *http.Request) error {
	asked := r.URL.Query()
	q := peopledb.SkillQuery{
		Words: cut(strings.TrimSpace(asked.Get("q")), mostSearched), Show: asked.Get("show"), Limit: skillsAtOnce,
		After: peopledb.SkillKey{Name: asked.Get("after"), ID: skein.SkillID(asked.Get("id"))},
	}
	if !page.SkillShowKnown(q.Show) {
		q.Show = ""
	}
	_, usual, err := s.askedByTables(r.Context())
	if err != nil {
		return err
	}
	list, err := s.db.People.SkillList(r.Context(), q)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, page.Skills(s.frame(r, "Skills", path.AdminSkills), view.Skills(q, list, usual)))
}

func (s *server) showSkill(w http.ResponseWriter, r *http.Request) error {
	return s.renderSkill(w, r, http.StatusOK, nil)
}

// renderSkill shows one skill, with what was typed into one of its forms.
func (s *server) renderSkill(w http.ResponseWriter, r *http.Request, status int, with func(*page.SkillData)) error {
	asked, usual, err := s.askedByTables(r.Context())
	if err != nil {
		return err
	}
	found, err := s.db.People.SkillPage(r.Context(), skillOf(r))
	if err != nil {
		return err
	}
	d := view.Skill(found, usual, slices.Contains(asked, found.ID))
	offers, err := s.db.People.Offers(r.Context(), viewer(r).Person.ID, viewer(r).Today())
	if err != nil {
		return err
	}
	d.Known = view.SkillNames(offers.Known)
	if with != nil {
		with(&d)
	}
	return s.render(w, r, status, page.Skill(s.frame(r, found.Name, path.AdminSkills), d))
}

// skillDone answers a form of a skill: back to its page, or that again with what was typed and what is wrong.
func (s *server) skillDone(w http.ResponseWriter, r *http.Request, err error, part, says string, typed func(*page.SkillData)) error {
	if errors.Is(err, skein.ErrStale) {
		return s.renderSkill(w, r, http.StatusUnprocessableEntity, func(d *page.SkillData) {
			d.Stale = "Now it is “" + d.Name + "”. " + d.Says + " Send yours again to put it in its place."
			typed(d)
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderSkill(w, r, http.StatusUnprocessableEntity, func(d *page.SkillData) {
			d.Wrong = bad.On
			typed(d)
		})
	}
	return s.finish(w, r, err, path.AdminSkill(string(skillOf(r)))+part, says)
}

// renameSkill gives a skill another name.
func (s *server) renameSkill(w http.ResponseWriter, r *http.Request, f *form) error {
	name := f.Name("name")
	asked, _, err := s.askedByTables(r.Context())
	if err != nil {
		return err
	}
	err = s.db.People.RenameSkill(r.Context(), viewer(r).By(), skillOf(r), f.Version(), name, asked)
	if bad, ok := asInvalid(err); ok {
		for _, wrong := range bad { // a name is the field's here, whatever the noun calls it
			bad.Add(wrong.Field == "skill", "name", wrong.Message)
		}
		err = bad
	}
	var taken peopledb.TypedSkill
	if bad, ok := asInvalid(err); ok && bad.On("name") != "" {
		found, err := s.db.People.SkillsTyped(r.Context(), []string{name})
		if err != nil {
			return err
		}
		taken = found[0]
	}
	return s.skillDone(w, r, err, "#name", "It is called "+name+" from now on.", func(d *page.SkillData) {
		d.Typed, d.Taken = name, view.SkillTaken(skillOf(r), *d, taken)
	})
}

// dropSkillName takes another name away.
func (s *server) dropSkillName(w http.ResponseWriter, r *http.Request, f *form) error {
	name := f.Name("name")
	err := s.db.People.DropSkillName(r.Context(), viewer(r).By(), skillOf(r), name)
	return s.skillDone(w, r, err, "#name", "“"+name+"” does not mean this skill any more.", func(*page.SkillData) {})
}

// setSkill says of which kind it is and how fast it fades.
func (s *server) setSkill(w http.ResponseWriter, r *http.Request, f *form) error {
	kind, fades, days := f.Text("kind"), f.Text("fades"), 0
	if fades == page.FadesOther {
		days = f.Int("days", "Say a whole number of days.")
		f.Bad.Add(days == 0, "days", "Say in how many days it fades by half, or choose one of the answers above.")
	} else {
		days = f.Int("fades", "Choose one of the answers.")
	}
	err := f.Try(func() error {
		return s.db.People.SetSkill(r.Context(), viewer(r).By(), skillOf(r), f.Version(), skein.SkillKind(kind), days)
	})
	return s.skillDone(w, r, err, "#kind", "Saved. It holds for every comparison that is still to come.", func(d *page.SkillData) {
		d.Kind, d.Fades, d.Days = kind, fades, f.Text("days")
	})
}

func (s *server) retireSkill(w http.ResponseWriter, r *http.Request, f *form) error {
	return s.useSkill(w, r, f, true, "It is not offered any more.")
}

func (s *server) bringBackSkill(w http.ResponseWriter, r *http.Request, f *form) error {
	return s.useSkill(w, r, f, false, "It is offered again.")
}

func (s *server) useSkill(w http.ResponseWriter, r *http.Request, f *form, retire bool, says string) error {
	asked, _, err := s.askedByTables(r.Context())
	if err != nil {
		return err
	}
	err = s.db.People.RetireSkill(r.Context(), viewer(r).By(), skillOf(r), f.Version(), retire, asked)
	return s.finish(w, r, err, path.AdminSkill(string(skillOf(r)))+"#use", says)
}

// showMerge finds the skill that another is to be merged into, by its id or as its name was typed, and says what
// that does.
func (s *server) showSkillMerge(w http.ResponseWriter, r *http.Request) error {
	into := skein.SkillID(r.URL.Query().Get("into"))
	if name := strings.TrimSpace(r.URL.Query().Get("name")); into == "" {
		found, err := s.db.People.SkillsTyped(r.Context(), []string{name})
		if err != nil {
			return err
		}
		if into = found[0].ID; into == "" {
			return s.mergeWrong(w, r, name, noSuchSkill(found[0].Like))
		}
	}
	return s.renderSkillMerge(w, r, http.StatusOK, into, "")
}

// noSuchSkill says that a name is no skill's, and what is like it.
func noSuchSkill(like []string) string {
	if len(like) == 0 {
		return "No skill is called so. Name one that there is: the list of skills has all."
	}
	return "No skill is called so. Did you mean " + words.Either(like) + "?"
}

func (s *server) mergeWrong(w http.ResponseWriter, r *http.Request, typed, why string) error {
	return s.renderSkill(w, r, http.StatusUnprocessableEntity, func(d *page.SkillData) {
		d.Into, d.Wrong = typed, skein.Invalid{{Field: "into", Message: why}}.On
	})
}

func (s *server) renderSkillMerge(w http.ResponseWriter, r *http.Request, status int, into skein.SkillID, cannot string) error {
	asked, usual, err := s.askedByTables(r.Context())
	if err != nil {
		return err
	}
	from, err := s.db.People.SkillPage(r.Context(), skillOf(r))
	if err != nil {
		return err
	}
	other, err := s.db.People.SkillPage(r.Context(), into)
	if err != nil {
		return err
	}
	if err := peopledb.MayMerge(from.ID, other.ID, other.Name, other.Retired, asked); err != nil {
		if bad, ok := asInvalid(err); ok {
			return s.mergeWrong(w, r, other.Name, bad[0].Message)
		}
		return err
	}
	d := view.SkillMerge(from, other, usual)
	d.Cannot = cannot
	return s.render(w, r, status, page.SkillMerge(s.frame(r, "Merge "+words.Name(from.Name), path.AdminSkills), d))
}

func (s *server) mergeSkills(w http.ResponseWriter, r *http.Request, f *form) error {
	asked, _, err := s.askedByTables(r.Context())
	if err != nil {
		return err
	}
	m := peopledb.Merge{From: skillOf(r), Into: skein.SkillID(f.ID("into")), FromRead: f.Version(), IntoRead: f.Text("into_version")}
	err = s.db.People.MergeSkills(r.Context(), viewer(r).By(), m, asked)
	var conflict skein.Conflict
	if errors.As(err, &conflict) {
		return s.renderSkillMerge(w, r, http.StatusConflict, m.Into, conflict.Why)
	}
	if bad, ok := asInvalid(err); ok {
		return s.mergeWrong(w, r, "", bad[0].Message)
	}
	return s.finish(w, r, err, path.AdminSkill(string(m.Into)), "They are one skill now.")
}
