package server

import (
	"errors"
	"net/http"

	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

// visionDone answers a write of the vision page: back to the page, or to the form with what was
// typed and what is wrong with it.
func (s *server) visionDone(w http.ResponseWriter, r *http.Request, f *form, change string, err error) error {
	bad, ok := asInvalid(err)
	stale := errors.Is(err, skein.ErrStale)
	switch {
	case err == nil:
		return s.done(w, r, path.AdminVision)
	case !ok && !stale:
		return err
	}
	return s.renderVision(w, r, http.StatusUnprocessableEntity, change, page.VisionForm{
		Version: f.Version(), Stale: stale,
		Organisation: f.Name("organisation"), Vision: f.Text("vision"), Purpose: f.Text("purpose"),
		Title: f.Name("title"), Measure: f.Text("measure"), Horizon: f.Text("horizon"),
		Weight: f.Text("weight"), Owner: f.ID("owner"), Kind: f.Text("kind"), Number: f.Text("number"),
		Reason: f.Text("reason"), ReviewOn: f.Text("review_on"), Wrong: bad.On,
	})
}

func (s *server) updateVision(w http.ResponseWriter, r *http.Request, f *form) error {
	err := s.db.Gameboard.UpdateVision(r.Context(), viewer(r).By(), func(v *skein.Vision) error {
		if err := skein.Fresh(f.Version(), v.Version()); err != nil {
			return err
		}
		v.Organisation, v.Vision, v.Purpose = f.Name("organisation"), f.Text("vision"), f.Text("purpose")
		return f.Bad.Err()
	})
	return s.visionDone(w, r, f, "vision", err)
}

// readPriority takes a priority's fields from a form.
func readPriority(f *form, p *skein.Priority) error {
	p.Title, p.Measure, p.Horizon = f.Name("title"), f.Text("measure"), f.Text("horizon")
	p.Owner = skein.PersonID(f.ID("owner"))
	p.Weight = 0
	if weight := f.Choice("weight", "Choose how much it counts."); weight != nil {
		p.Weight = *weight
	}
	return f.Bad.Err()
}

func (s *server) createPriority(w http.ResponseWriter, r *http.Request, f *form) error {
	var p skein.Priority
	err := readPriority(f, &p)
	if err == nil {
		_, err = s.db.Gameboard.CreatePriority(r.Context(), viewer(r).By(), p)
	}
	return s.visionDone(w, r, f, "add:priority", err)
}

func (s *server) updatePriority(w http.ResponseWriter, r *http.Request, f *form) error {
	id := skein.PriorityID(param(r, "id"))
	err := s.db.Gameboard.UpdatePriority(r.Context(), viewer(r).By(), id, func(p *skein.Priority) error {
		if err := skein.Fresh(f.Version(), p.Version()); err != nil {
			return err
		}
		return readPriority(f, p)
	})
	return s.visionDone(w, r, f, "priority:"+string(id), err)
}

func (s *server) movePriority(w http.ResponseWriter, r *http.Request, f *form) error {
	step := 1
	if f.Text("step") == "up" {
		step = -1
	}
	if err := s.db.Gameboard.MovePriority(r.Context(), viewer(r).By(), skein.PriorityID(param(r, "id")), step, f.Version()); err != nil {
		return err
	}
	to := path.AdminVision
	if f.Text("then") == path.Admin {
		to = path.Admin
	}
	return s.done(w, r, to)
}

func (s *server) retirePriority(w http.ResponseWriter, r *http.Request, f *form) error {
	if err := s.db.Gameboard.RetirePriority(r.Context(), viewer(r).By(), skein.PriorityID(param(r, "id")), f.Version()); err != nil {
		return err
	}
	return s.done(w, r, path.AdminVision)
}

// readGuardrail takes a guardrail's fields, but for its kind, from a form. A day on which it was to be
// looked at again, and that has passed since, may stand.
func readGuardrail(f *form, g *skein.Guardrail, today skein.Date) error {
	g.Number = f.Int("number", "Say how many, as a whole number from 1 to 100.")
	g.Reason, g.Owner = f.Text("reason"), skein.PersonID(f.ID("owner"))
	before := g.ReviewOn
	g.ReviewOn = f.Day("review_on", "Choose a day.")
	f.Bad.Add(!g.ReviewOn.IsZero() && g.ReviewOn != before && g.ReviewOn.Before(today), "review_on", "That day has passed. Choose a later one, or leave it empty.")
	return f.Bad.Err()
}

func (s *server) createGuardrail(w http.ResponseWriter, r *http.Request, f *form) error {
	g := skein.Guardrail{Kind: skein.GuardrailKind(f.Text("kind"))}
	err := readGuardrail(f, &g, viewer(r).Today())
	if err == nil {
		err = s.db.Gameboard.CreateGuardrail(r.Context(), viewer(r).By(), g)
	}
	return s.visionDone(w, r, f, "add:guardrail", err)
}

func (s *server) updateGuardrail(w http.ResponseWriter, r *http.Request, f *form) error {
	id := param(r, "id")
	err := s.db.Gameboard.UpdateGuardrail(r.Context(), viewer(r).By(), id, func(g *skein.Guardrail) error {
		if err := skein.Fresh(f.Version(), g.Version()); err != nil {
			return err
		}
		return readGuardrail(f, g, viewer(r).Today())
	})
	return s.visionDone(w, r, f, "guardrail:"+id, err)
}

func (s *server) retireGuardrail(w http.ResponseWriter, r *http.Request, f *form) error {
	if err := s.db.Gameboard.RetireGuardrail(r.Context(), viewer(r).By(), param(r, "id"), f.Version()); err != nil {
		return err
	}
	return s.done(w, r, path.AdminVision)
}
