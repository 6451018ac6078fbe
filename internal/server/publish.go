package server

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"skein/internal/lead"
	"skein/internal/match"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// showEditProject is the form that changes a project.
func (s *server) showEditProject(w http.ResponseWriter, r *http.Request) error {
	p, err := s.editable(r)
	if err != nil {
		return err
	}
	d := page.ProposalForm{Action: path.EditProject(string(p.Project.ID)), Restarts: p.Project.State == skein.OpenForLead}
	return s.renderProposal(w, r, http.StatusOK, d, &form{}, p)
}

// editable is the proposal of the project in a request's address, for whoever may change it.
func (s *server) editable(r *http.Request) (skein.Proposal, error) {
	v := viewer(r)
	p, err := s.db.Lead.Proposal(r.Context(), projectOf(r))
	if err != nil {
		return p, err
	}
	if err := seen(v, p.Project); err != nil {
		return skein.Proposal{}, err
	}
	return p, p.Edit(v.By(), v.StewardOf(p.Project.Circle))
}

// editProject keeps what was changed.
func (s *server) editProject(w http.ResponseWriter, r *http.Request, f *form) error {
	v, id := viewer(r), projectOf(r)
	d := typed(f)
	was, err := s.editable(r)
	if err != nil {
		return err
	}
	d.Action, d.Restarts = path.EditProject(string(id)), was.Project.State == skein.OpenForLead
	read := cmp.Or(d.Version, strconv.Itoa(was.Project.Version))
	if err := skein.Fresh(read, strconv.Itoa(was.Project.Version)); err != nil {
		return s.proposalStale(w, r, d, f)
	}
	changed := was.Clone()
	_, known := match.TemplateByID(d.Template)
	f.Bad.Add(!known && d.Template != was.Project.Template, "template", "Choose the one that it is most like. Everything it fills in can be changed.")
	if err := s.take(r.Context(), v, f, d, &changed); err != nil {
		return s.proposalWrong(w, r, d, f, was, err)
	}
	moved := false
	change := func(p *skein.Proposal) error {
		if err := skein.Fresh(read, strconv.Itoa(p.Project.Version)); err != nil {
			return err
		}
		p.Project, p.Phase.Situation, p.Phase.Requirements = changed.Project, changed.Phase.Situation, changed.Phase.Requirements
		p.Phase.Struck, p.Needs, p.Remit, p.Further = changed.Phase.Struck, changed.Needs, changed.Remit, changed.Further
		return nil
	}
	err = s.lead(r, id, func(l *lead.Lead) (err error) {
		moved, err = l.Edit(v.By(), change)
		return err
	}, leaddb.WithProposal())
	if errors.Is(err, skein.ErrStale) {
		return s.proposalStale(w, r, d, f)
	}
	if err != nil {
		return s.proposalWrong(w, r, d, f, was, err)
	}
	says := "It is changed."
	if moved {
		says = "It is changed, and claims gather anew. Whoever claimed is told."
	}
	return s.finish(w, r, nil, path.Project(string(id)), says)
}

// proposalStale shows the form again with what was typed, and beside it what somebody else has made of it
// meanwhile.
func (s *server) proposalStale(w http.ResponseWriter, r *http.Request, d page.ProposalForm, f *form) error {
	p, err := s.editable(r)
	if err != nil {
		return err
	}
	d.Stale = true
	return s.renderProposal(w, r, http.StatusUnprocessableEntity, d, f, p)
}

// showPublish looks a draft over: what is missing, and what each guardrail says of it.
func (s *server) showPublish(w http.ResponseWriter, r *http.Request) error {
	return s.renderPublish(w, r, http.StatusOK, nil)
}

// renderPublish shows the page; with results a guardrail has just refused.
func (s *server) renderPublish(w http.ResponseWriter, r *http.Request, status int, refused []skein.GuardrailResult) error {
	v := viewer(r)
	p, err := s.editable(r)
	if err != nil {
		return err
	}
	if p.Project.State != skein.Draft { // somebody went back to the page
		return s.finish(w, r, nil, path.Project(param(r, "id")), "It is published already.")
	}
	policy, err := s.chooser.Policy(r.Context())
	if err != nil {
		return err
	}
	results := refused
	if results == nil {
		rules, err := s.db.Lead.Rules(r.Context(), viewer(r).Today())
		if err != nil {
			return err
		}
		results = rules.Check(p, v.By())
	}
	missing, _ := asInvalid(p.Publishable(practicesOf(policy, p), v.Today()))
	asked := make([]skein.SkillID, len(p.Phase.Requirements))
	for i, one := range p.Phase.Requirements {
		asked[i] = one.Skill
	}
	ofNobody, err := s.db.People.SkillsOfNobody(r.Context(), asked)
	if err != nil {
		return err
	}
	lessons, err := s.db.Lead.LessonsLike(r.Context(), p.Project.ID)
	if err != nil {
		return err
	}
	d := view.Publish(v, p, policy, results, missing, ofNobody)
	d.Lessons = view.LessonLines(v, lessons)
	return s.render(w, r, status, page.Publish(s.frame(r, "Publish "+words.Name(p.Project.Title), path.Leads), d))
}

// practicesOf is what the lens asks for beside a phase's own requirements.
func practicesOf(policy match.Policy, p skein.Proposal) []skein.Requirement {
	return policy.Lens.Settle(p.Phase.Situation).Practices
}

// publishProject opens a draft for claims, or says which guardrail stands against it.
func (s *server) publishProject(w http.ResponseWriter, r *http.Request, f *form) error {
	policy, err := s.chooser.Policy(r.Context())
	if err != nil {
		return err
	}
	var results []skein.GuardrailResult
	err = s.lead(r, projectOf(r), func(l *lead.Lead) (err error) {
		if err := skein.Fresh(f.Version(), strconv.Itoa(l.Project.Version)); err != nil {
			return err
		}
		results, err = l.Publish(viewer(r).By(), practicesOf(policy, *l.Proposal))
		return err
	}, leaddb.WithProposal())
	if missing, ok := asInvalid(err); ok {
		if missing.On("state") != "" {
			return skein.Conflict{Why: "It is published already."}
		}
		return s.renderPublish(w, r, http.StatusUnprocessableEntity, nil)
	}
	if err != nil {
		return err
	}
	if slices.ContainsFunc(results, func(r skein.GuardrailResult) bool { return !r.Pass }) {
		return s.renderPublish(w, r, http.StatusUnprocessableEntity, results)
	}
	return s.finish(w, r, nil, path.Project(param(r, "id")), "It is published, and claims are open.")
}
