package server

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// handoverRoutes are what whoever leads next must know. Who may write, say back and sign, the rules of package lead say.
func (s *server) handoverRoutes(r chi.Router) {
	r.Get(pattern(path.HandingOn("{id}")), s.handle(s.showHandingOn))
	r.Post(pattern(path.HandingOn("{id}")), s.posted(s.writeNote))
	r.Post(pattern(path.KeepNote("{id}")), s.posted(s.keepNote))
	r.Post(pattern(path.SayBack("{id}")), s.posted(s.sayBack))
	r.Post(pattern(path.KeepBack("{id}")), s.posted(s.keepBack))
	r.Post(pattern(path.SignHandover("{id}")), s.posted(s.signHandover))
	r.Post(pattern(path.ThankTeam("{id}")), s.handle(s.thankTeam))
}

func (s *server) showHandingOn(w http.ResponseWriter, r *http.Request) error {
	return s.renderHandingOn(w, r, http.StatusOK, nil)
}

// renderHandingOn shows the page to whoever may read it; change puts in what was typed, and what is wrong with it.
func (s *server) renderHandingOn(w http.ResponseWriter, r *http.Request, status int, change func(*page.HandingOnData)) error {
	v, id := viewer(r), projectOf(r)
	p, err := s.db.Lead.ProjectPage(r.Context(), id, v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	if err := seen(v, p.Project); err != nil {
		return err
	}
	d, err := view.HandingOn(v, p, change != nil || queryOf(r).Get("right") != "")
	if err != nil {
		return err
	}
	if change != nil {
		change(&d)
	}
	return s.render(w, r, status, page.HandingOn(s.frame(r, d.Statement, path.Leads), d))
}

// writeNote keeps what whoever leads next must know, or makes it ready to be said back.
func (s *server) writeNote(w http.ResponseWriter, r *http.Request, f *form) error {
	typed, ready := typedNote(f), f.Text("ready") != "no"
	var stands skein.Handover
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) error {
			stands = l.GivenNote()
			return l.WriteNote(viewer(r).By(), f.Version(), typed, ready)
		})
	})
	again := func(status int, bad skein.Invalid, version string) error {
		return s.renderHandingOn(w, r, status, func(d *page.HandingOnData) {
			d.Form, d.Bad = view.HandoverForm(typed), bad
			if version != "" {
				d.Version = version
			}
		})
	}
	if bad, ok := asInvalid(err); ok {
		return again(http.StatusUnprocessableEntity, bad, f.Version())
	}
	if errors.Is(err, skein.ErrStale) {
		return again(http.StatusUnprocessableEntity, skein.Invalid{{
			Field: "summary", Message: "Somebody else changed it meanwhile. Now it says “" + words.Name(stands.Summary) + "”. Send yours again to put it in its place.",
		}}, stands.Version())
	}
	says := "It is kept."
	if ready {
		says = "It is ready. Whoever takes over says it back."
	}
	return s.finish(w, r, err, path.HandingOn(param(r, "id")), says)
}

// keepNote keeps an unfinished note while somebody types. A day that is half typed is left for later. What is kept has
// another version, with which the page goes on.
func (s *server) keepNote(w http.ResponseWriter, r *http.Request, f *form) error {
	typed, version := typedNote(f), ""
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		err := l.KeepNote(viewer(r).By(), f.Version(), typed)
		version = l.GivenNote().Version()
		return err
	})
	if err != nil {
		return err
	}
	w.Header().Set("X-Version", version)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// typedNote is a note as it was typed; a line without a word is none.
func typedNote(f *form) skein.HandoverText {
	t := skein.HandoverText{Now: skein.HandoverNow(f.Text("now")), Summary: f.Text("summary")}
	for i := range skein.MostActions + 1 {
		n := strconv.Itoa(i)
		a := skein.HandoverAction{
			What: f.Name("what." + n), Who: f.Name("who." + n), By: f.dayIn("by."+n, "actions", "Choose the day, or leave it empty."),
		}
		if a.What != "" || a.Who != "" || !a.By.IsZero() {
			t.Actions = append(t.Actions, a)
		}
	}
	for i := range skein.MostIfs + 1 {
		n := strconv.Itoa(i)
		if c := (skein.HandoverIf{If: f.Name("if." + n), Then: f.Name("then." + n)}); c.If != "" || c.Then != "" {
			t.Ifs = append(t.Ifs, c)
		}
	}
	return t
}

// dayIn is Day, of which what is wrong stands at another field.
func (f *form) dayIn(name, at, message string) skein.Date {
	before := len(f.Bad)
	day := f.Day(name, message)
	for i := before; i < len(f.Bad); i++ {
		f.Bad[i].Field = at
	}
	return day
}

// sayBack is the note in the words of whoever takes over.
func (s *server) sayBack(w http.ResponseWriter, r *http.Request, f *form) error {
	said := skein.HandoverBack{Now: f.Text("now"), Summary: f.Text("summary"), Actions: f.Text("actions")}
	leads, begins, waits := false, "", false
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		said.Ifs = nil
		for i := range l.GivenNote().Ifs {
			said.Ifs = append(said.Ifs, f.Text(page.IfField(i)))
		}
		err := l.SayBack(viewer(r).By(), f.Version(), said)
		leads, begins, waits = l.Holder() == viewer(r).Person.ID, view.Begins(viewer(r).Clock(), l.Terms), l.GivenNote().State == skein.HandoverSaid
		return err
	})
	bad, ok := asInvalid(err)
	if errors.Is(err, skein.ErrStale) {
		bad, ok = skein.Invalid{{Field: "summary", Message: "The note was mended meanwhile. Read it here once more; what you typed stands beside it."}}, true
	}
	if ok {
		return s.renderHandingOn(w, r, http.StatusUnprocessableEntity, func(d *page.HandingOnData) {
			d.Bad = bad
			view.SaidMeanwhile(d, typedBack(f))
		})
	}
	says := "You have said it back, and signed."
	switch {
	case leads:
		says = "You have said it back. You lead it now."
	case waits:
		says += " The other signature is waited for."
	case begins != "":
		says += " You lead it from " + begins + " on."
	}
	return s.finish(w, r, err, path.Project(param(r, "id")), says)
}

// keepBack keeps what is said back while somebody types: each beside the piece that it was said of, also where the note
// was mended meanwhile.
func (s *server) keepBack(w http.ResponseWriter, r *http.Request, f *form) error {
	said := skein.HandoverBack{Now: f.Text("now"), Summary: f.Text("summary"), Actions: f.Text("actions")}
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		said.Ifs = view.BackOf(l.GivenNote().Ifs, typedBack(f))
		return l.KeepBack(viewer(r).By(), said)
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// typedBack is what was typed of each piece, and what was read where the piece may be another by now.
func typedBack(f *form) []view.SaidOf {
	said := []view.SaidOf{{Field: "now", Says: f.Text("now")}, {Field: "summary", Says: f.Text("summary")}, {Field: "actions", Says: f.Text("actions")}}
	for i := range skein.MostIfs {
		field := page.IfField(i)
		said = append(said, view.SaidOf{Field: field, Of: f.Text(page.IfRead(i)), Says: f.Text(field)})
	}
	return said
}

// signHandover is the second signature: in that instant the lead moves, or on the day on which it is to begin.
func (s *server) signHandover(w http.ResponseWriter, r *http.Request, f *form) error {
	says := "You have signed."
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error {
		err := l.Sign(viewer(r).By(), f.Version())
		if on := view.Begins(viewer(r).Clock(), l.Terms); on != "" {
			says = "You have signed. The lead moves on " + on + "."
		}
		if l.Project.State == skein.Led {
			says = "You have signed, and it is handed on."
			if handedOnBy(l) == viewer(r).Person.ID {
				says += " Thank you for the time you led it."
			}
		}
		return err
	})
	return s.finish(w, r, err, path.HandingOn(param(r, "id")), says)
}

// handedOnBy is whoever led what was handed on last: a steward may have written and signed in their place.
func handedOnBy(l *lead.Lead) skein.PersonID {
	of := l.Note().Term
	for _, t := range l.Terms {
		if t.ID == of {
			return t.Person
		}
	}
	return ""
}

// thankTeam thanks the team of what one has handed on.
func (s *server) thankTeam(w http.ResponseWriter, r *http.Request) error {
	err := s.lead(r, projectOf(r), func(l *lead.Lead) error { return l.ThankTeam(viewer(r).By()) })
	return s.finish(w, r, err, path.HandingOn(param(r, "id")), "The team is thanked.")
}
