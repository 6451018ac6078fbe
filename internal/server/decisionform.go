package server

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"skein/internal/lead"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

func (s *server) showNewDecision(w http.ResponseWriter, r *http.Request) error {
	q := queryOf(r)
	begun := skein.Decision{Area: q.Get("area"), Replaces: skein.DecisionID(q.Get("replaces"))}
	return s.renderOpenDecision(w, r, http.StatusOK, projectOf(r), begun, nil)
}

// renderOpenDecision shows the form of a question in a project; fill puts in what was typed.
func (s *server) renderOpenDecision(w http.ResponseWriter, r *http.Request, status int, id skein.ProjectID, d skein.Decision, fill func(*page.OpenDecisionForm)) error {
	v := viewer(r)
	p, answer, err := s.chooser.Project(r.Context(), id, v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	if err := seen(v, p.Project); err != nil {
		return err
	}
	remit := p.Remit
	if len(remit) == 0 {
		remit = answer.Query.Setting.Remit
	}
	f, err := view.OpenDecision(v, p, remit, d)
	if err != nil {
		return err
	}
	if fill != nil {
		fill(&f)
	}
	return s.render(w, r, status, page.OpenDecision(s.frame(r, f.Statement, path.Leads), f))
}

// typedInto puts what was typed of a question into its form.
func typedInto(f *form, bad skein.Invalid) func(*page.OpenDecisionForm) {
	return func(d *page.OpenDecisionForm) {
		d.Question, d.Options, d.Area, d.Costs, d.Replaces = f.Text("question"), f.Text("options"), f.Text("area"), f.Text("costs"), f.ID("replaces")
		d.Bad = bad
		if f.Version() != "" {
			d.Version = f.Version()
		}
	}
}

// openDecision opens a question, as a draft.
func (s *server) openDecision(w http.ResponseWriter, r *http.Request, f *form) error {
	typed := typedDecision(f)
	var id skein.DecisionID
	err := f.Try(func() error {
		return s.lead(r, projectOf(r), func(l *lead.Lead) (err error) {
			id, err = l.OpenDecision(viewer(r).By(), typed)
			return err
		}, leaddb.WithProposal(), leaddb.WithDecision(typed.Replaces))
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderOpenDecision(w, r, http.StatusUnprocessableEntity, projectOf(r), skein.Decision{}, typedInto(f, bad))
	}
	return s.finish(w, r, err, path.Decision(string(id)), "It is a draft. Nobody else reads it before you ask somebody, or decide it.")
}

func (s *server) showChangeDecision(w http.ResponseWriter, r *http.Request) error {
	return s.renderChangeDecision(w, r, http.StatusOK, nil)
}

func (s *server) renderChangeDecision(w http.ResponseWriter, r *http.Request, status int, fill func(*page.OpenDecisionForm)) error {
	p, err := s.readDecision(r)
	if err != nil {
		return err
	}
	switch {
	case !p.Seen() && !p.Decides:
		return skein.ErrNotFound
	case p.State != skein.DecisionDraft && p.Decides:
		return skein.Conflict{Why: "It has been asked, so the question stands as it was read. Close it, and open another one."}
	}
	return s.renderOpenDecision(w, r, status, p.Project, p.Decision, fill)
}

// changeDecision keeps other words of a question that nobody was asked yet.
func (s *server) changeDecision(w http.ResponseWriter, r *http.Request, f *form) error {
	typed := typedDecision(f)
	var stands skein.Decision
	err := f.Try(func() error {
		return s.decided(r, func(l *lead.Lead) error {
			if d := l.Decision(decisionOf(r)); d != nil {
				stands = *d
			}
			return l.EditDecision(viewer(r).By(), decisionOf(r), f.Version(), typed)
		}, leaddb.WithProposal(), leaddb.WithDecision(typed.Replaces))
	})
	if errors.Is(err, skein.ErrStale) {
		return s.renderChangeDecision(w, r, http.StatusUnprocessableEntity, func(d *page.OpenDecisionForm) {
			typedInto(f, nil)(d)
			d.Version, d.Meanwhile = stands.Version(), "Somebody else changed it meanwhile. Now it asks “"+stands.Question+"”. Send yours again to put it in its place."
		})
	}
	if bad, ok := asInvalid(err); ok {
		return s.renderChangeDecision(w, r, http.StatusUnprocessableEntity, typedInto(f, bad))
	}
	return s.finish(w, r, err, toDecision(r), "It is changed.")
}

func (s *server) showAskAdvice(w http.ResponseWriter, r *http.Request) error {
	return s.renderAskAdvice(w, r, http.StatusOK, nil)
}

// renderAskAdvice shows a decision with who could be asked.
func (s *server) renderAskAdvice(w http.ResponseWriter, r *http.Request, status int, fill func(*page.AskAdviceForm)) error {
	return s.renderDecision(w, r, status, func(p leaddb.DecisionPage, d *page.DecisionData) error {
		suggested, err := s.db.Lead.Advisers(r.Context(), p.ID, viewer(r).Today())
		if err != nil {
			return err
		}
		if d.Ask, err = view.AskForm(viewer(r), p, suggested); err == nil && fill != nil {
			fill(d.Ask)
		}
		return err
	})
}

// askAdvice asks those who were chosen and those who were named.
func (s *server) askAdvice(w http.ResponseWriter, r *http.Request, f *form) error {
	chosen, names, why := f.IDs("asked"), f.Text("names"), f.Name("why")
	until := f.Day("until", "Choose the last day on which you wait for what they say.")
	asked, err := s.suggestedAmong(r, f, chosen)
	if err != nil {
		return err
	}
	named, err := s.named(r, f, "names", names)
	if err != nil {
		return err
	}
	for _, p := range named {
		asked = append(asked, skein.Asked{Person: p, Why: why})
	}
	err = f.Try(func() error {
		return s.decided(r, func(l *lead.Lead) error { return l.AskAdvice(viewer(r).By(), decisionOf(r), asked, until) }, leaddb.WithProposal())
	})
	if bad, ok := asInvalid(err); ok {
		return s.renderAskAdvice(w, r, http.StatusUnprocessableEntity, func(d *page.AskAdviceForm) {
			d.Chosen, d.Names, d.Why, d.Until, d.Bad = chosen, names, why, f.Text("until"), bad
		})
	}
	return s.finish(w, r, err, toDecision(r), "They are asked, and everybody can read the question.")
}

// suggestedAmong are those who were chosen of the people who are suggested, and why each is. Whoever is not suggested any
// more is named at their field, unless they have been asked: they would be left out unseen.
func (s *server) suggestedAmong(r *http.Request, f *form, chosen []string) ([]skein.Asked, error) {
	if len(chosen) == 0 {
		return nil, nil
	}
	suggested, err := s.db.Lead.Advisers(r.Context(), decisionOf(r), viewer(r).Today())
	if err != nil {
		return nil, err
	}
	var asked []skein.Asked
	left := slices.Clone(chosen)
	for _, p := range suggested {
		if slices.Contains(chosen, string(p.ID)) {
			asked = append(asked, skein.Asked{Person: p.ID, Why: view.SuggestedWhy(p)})
			left = slices.DeleteFunc(left, func(id string) bool { return id == string(p.ID) })
		}
	}
	if len(left) == 0 {
		return asked, nil
	}
	known, err := s.db.Lead.TickedAdvisers(r.Context(), decisionOf(r), left)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range known {
		left = slices.DeleteFunc(left, func(id string) bool { return id == string(p.ID) })
		if p.Asked { // the form was sent twice
			asked = append(asked, skein.Asked{Person: p.ID})
			continue
		}
		names = append(names, words.Name(p.Name))
	}
	f.Bad.Add(len(names) > 0, "asked", noMore(names))
	f.Bad.Add(len(left) > 0, "asked", "Somebody you chose is not here any more. Send it again without them.")
	return asked, nil
}

// noMore says of some people that they are not suggested any more, and what to do.
func noMore(names []string) string {
	if len(names) == 1 {
		return names[0] + " is not among those you could ask any more. To ask them all the same, write their name."
	}
	return words.List(names) + " are not among those you could ask any more. To ask them all the same, write their names."
}

// decisionsPage is how many decisions a page of their log shows.
const decisionsPage = 30

// showDecisions is the log of all decisions.
func (s *server) showDecisions(w http.ResponseWriter, r *http.Request) error {
	v, asks, values := viewer(r), view.DecisionAsks{}, queryOf(r)
	for _, name := range []string{"team", "priority", "project", "person", "who", "state", "q", "before"} {
		if value := values.Get(name); value != "" && len(value) <= 200 && speakable(value) {
			asks[name] = value
		}
	}
	q := leaddb.DecisionsQuery{
		Viewer: v.Person.ID, Today: v.Today(), Words: asks["q"], Circle: skein.CircleID(asks["team"]), Priority: skein.PriorityID(asks["priority"]),
		Project: skein.ProjectID(asks["project"]), Person: skein.PersonID(asks["person"]), Who: asks["who"], State: asks["state"], Limit: decisionsPage,
	}
	if at, id, ok := cursorOf(asks["before"]); ok {
		q.Before, q.BeforeID = at, id
	}
	found, err := s.db.Lead.Decisions(r.Context(), q)
	if err != nil {
		return err
	}
	next := ""
	if len(found.Found) > decisionsPage {
		found.Found = found.Found[:decisionsPage]
		last := found.Found[decisionsPage-1]
		if values == nil {
			values = map[string][]string{}
		}
		values.Set("before", last.At.UTC().Format(time.RFC3339Nano)+" "+string(last.ID))
		next = path.With(path.Decisions, values)
	}
	return s.render(w, r, http.StatusOK, page.Decisions(s.frame(r, "Decisions", path.Decisions), view.Decisions(v, asks, found, next)))
}

// cursorOf is the last decision of the page before, as an address names it.
func cursorOf(before string) (at time.Time, id skein.DecisionID, ok bool) {
	if len(before) < 38 {
		return at, "", false
	}
	moment, last := before[:len(before)-37], before[len(before)-36:]
	at, err := time.Parse(time.RFC3339Nano, moment)
	return at, skein.DecisionID(last), err == nil && skein.IsUUID(last)
}
