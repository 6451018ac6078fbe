package server

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// showNewProject is the form that begins a project. What the address holds is filled in, so that a
// part of it can be worked out anew: by script as one chooses, without script by a button.
func (s *server) showNewProject(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	f := &form{values: r.URL.Query()}
	d := typed(f)
	d.New, d.Action, d.Key = true, path.Projects, newKey()
	if d.Team == "" && !f.Has("team") {
		d.Team = string(v.Person.Circle)
	}
	return s.renderProposal(w, r, http.StatusOK, d, f, skein.Proposal{})
}

// renderProposal shows the form of a new or known project.
func (s *server) renderProposal(w http.ResponseWriter, r *http.Request, status int, d page.ProposalForm, f *form, p skein.Proposal) error {
	v := viewer(r)
	policy, err := s.chooser.Policy(r.Context())
	if err != nil {
		return err
	}
	lists, err := s.db.Lead.ProposalLists(r.Context(), v.Person.ID, p)
	if err != nil {
		return err
	}
	struck := f.Texts("struck")
	if d.Stale {
		view.ProposalMeanwhile(&d, situationOf(f), p, lists, v.Org)
	}
	situation := view.Refill(v.Org, &d, situationOf(f), policy.Lens)
	if len(f.values) == 0 && p.Project.ID != "" { // nothing was typed: as it stands
		was := d
		d = view.Proposal(p, lists)
		d.Action, d.Restarts, situation = was.Action, was.Restarts, p.Phase.Situation
		for _, practice := range p.Phase.Struck {
			struck = append(struck, string(practice))
		}
	}
	d.Known = view.SkillNames(lists.Known)
	view.Offer(&d, v, situation, struck, lists, policy)
	if !d.New {
		return s.render(w, r, status, page.EditProject(s.frame(r, "Change "+words.Name(p.Project.Title), path.Leads), d))
	}
	if d.Lessons, err = s.lessonsLike(r.Context(), v, f, d, situation); err != nil {
		return err
	}
	var led []component.NavItem
	for _, l := range lists.Leading {
		led = append(led, component.NavItem{Label: l.Title, URL: path.HandOverProject(string(l.ID))})
	}
	return s.render(w, r, status, page.NewProject(s.frame(r, "Propose a project", path.Leads), d, f.Text("kind") == "next", led))
}

// lessonsLike are what the library has of work like what is typed. Where nothing is typed yet there are none: what is
// filled in is like much.
func (s *server) lessonsLike(ctx context.Context, v view.Viewer, f *form, d page.ProposalForm, situation skein.Situation) ([]page.LessonLine, error) {
	if d.Title == "" && d.Purpose == "" && f.ID("priority") == "" && f.Text("skill.0") == "" {
		return nil, nil
	}
	var skills []string
	for _, line := range d.Skills {
		skills = append(skills, line.Name)
	}
	like, err := s.db.Lead.LessonsLikeTyped(ctx, skein.Project{Title: d.Title, Purpose: d.Purpose, Priority: skein.PriorityID(d.Priority)}, situation, skills)
	return view.LessonLines(v, like), err
}

// createProject keeps a draft.
func (s *server) createProject(w http.ResponseWriter, r *http.Request, f *form) error {
	v := viewer(r)
	d := typed(f)
	d.New, d.Action = true, path.Projects
	p := skein.Proposal{Project: skein.Project{State: skein.Draft, Trust: skein.Weighed}}
	_, known := match.TemplateByID(d.Template)
	f.Bad.Add(!known, "template", "Choose the one that it is most like. Everything it fills in can be changed.")
	var id skein.ProjectID
	err := s.take(r.Context(), v, f, d, &p)
	if err == nil {
		id, err = s.db.Lead.CreateProject(r.Context(), v.By(), f.Key(), p)
	}
	if err != nil {
		return s.proposalWrong(w, r, d, f, skein.Proposal{}, err)
	}
	return s.done(w, r, path.PublishProject(string(id)))
}

// proposalWrong shows the form again with what is wrong; other errors are not the form's.
func (s *server) proposalWrong(w http.ResponseWriter, r *http.Request, d page.ProposalForm, f *form, p skein.Proposal, err error) error {
	bad, ok := asInvalid(err)
	var conflict skein.Conflict
	if !ok && !errors.As(err, &conflict) {
		return err
	}
	d.Wrong, d.Any = bad.On, cmp.Or(conflict.Why, view.WrongAnywhere(bad, d))
	d.Meant = f.Meant["requirements"]
	if d.Key == "" && d.New {
		d.Key = newKey()
	}
	return s.renderProposal(w, r, http.StatusUnprocessableEntity, d, f, p)
}

// take reads what was typed into a proposal. Skills are found or made by their names, and those who
// are asked for a need by theirs.
func (s *server) take(ctx context.Context, v view.Viewer, f *form, d page.ProposalForm, p *skein.Proposal) error {
	policy, err := s.chooser.Policy(ctx)
	if err != nil {
		return err
	}
	p.Phase.Situation = view.Refill(v.Org, &d, situationOf(f), policy.Lens)
	p.Phase.Struck = nil
	for _, practice := range policy.Lens.Settle(p.Phase.Situation).Practices {
		if slices.Contains(f.Texts("struck"), string(practice.Skill)) {
			p.Phase.Struck = append(p.Phase.Struck, practice.Skill)
		}
	}
	takeProject(f, d, &p.Project)
	p.Remit = takeRemit(f, d.Remit)
	if p.Further, err = s.takeFurther(ctx, f, p.Project.Circle, p.Further); err != nil {
		return err
	}
	if err := s.takeNeeds(ctx, v, f, d, p); err != nil {
		return err
	}
	var stays []skein.SkillID
	for _, asked := range p.Phase.Requirements {
		stays = append(stays, asked.Skill)
	}
	names, err := s.meant(ctx, f, "requirements", takeSkills(f, d, p), stays...)
	if err != nil {
		return err
	}
	also(&f.Bad, p.Check())
	if err := f.Bad.Err(); err != nil {
		return err
	}
	skills, err := s.db.Lead.SkillsNamed(ctx, v.By(), names, stays)
	if err != nil {
		return err
	}
	for i, skill := range skills {
		p.Phase.Requirements[i].Skill = skill
	}
	return p.Check() // two names may mean the same skill
}

// takeSkills reads what the lead must know. Until the skills are found, their names stand for them.
func takeSkills(f *form, d page.ProposalForm, p *skein.Proposal) (names []string) {
	p.Phase.Requirements = nil
	for _, line := range d.Skills {
		names = append(names, line.Name)
		if _, err := skein.SkillName(line.Name); err != nil {
			f.Bad.Add(true, "requirements", err.(skein.Invalid)[0].Message) //nolint:errorlint // SkillName returns exactly this
		}
		p.Phase.Requirements = append(p.Phase.Requirements, skein.Requirement{
			Skill: skein.SkillID(line.Name), Importance: whole(line.Importance), Level: whole(line.Level), Must: line.Must,
		})
	}
	return names
}

// whole is a whole number, 0 where it is none: the proposal's check says what would do.
func whole(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func takeProject(f *form, d page.ProposalForm, p *skein.Project) {
	p.Title, p.Purpose, p.JudgedBy, p.Template = d.Title, d.Purpose, d.Judged, d.Template
	p.Circle, p.Priority = skein.CircleID(d.Team), skein.PriorityID(d.Priority)
	p.HoursPerWeek = f.Number("hours", "Say the hours a week as a number, such as 4.")
	f.Bad.Add(p.HoursPerWeek != nil && *p.HoursPerWeek == 0, "hours", "A lead takes some time: say more than 0 hours, such as half an hour, 0.5.")
	p.EndOn = f.Day("end", "Choose a day.")
	if t := skein.Trust(d.Trust); t == skein.Open || t == skein.Weighed {
		p.Trust = t
	}
}

func takeRemit(f *form, lines []page.RemitAsked) []skein.Remit {
	var rows []skein.Remit
	for _, line := range lines {
		rows = append(rows, skein.Remit{
			Area: line.Area, Level: skein.RemitLevel(line.Level), WithWhom: line.With,
			Ceiling: f.figure(line.Ceiling, "remit", wrongAmount, skein.Money),
		})
	}
	return rows
}

// wrongAmount is said of a line's amount that is no number, at the list's field.
const wrongAmount = "Write amounts as numbers, such as 4 or 10000."

// takeNeeds reads the needs; one that stands keeps who granted it unless what is asked has changed.
func (s *server) takeNeeds(ctx context.Context, v view.Viewer, f *form, d page.ProposalForm, p *skein.Proposal) error {
	var named []string
	for _, line := range d.Needs {
		if line.Of != "" {
			named = append(named, line.Of)
		}
	}
	people, err := s.db.People.PeopleNamed(ctx, named, v.Today())
	if err != nil {
		return err
	}
	before := p.Needs
	p.Needs = nil
	for _, line := range d.Needs {
		n := skein.Need{Kind: skein.NeedKind(line.Kind), What: line.What}
		n.Amount = f.figure(line.Amount, "needs", wrongAmount, n.Kind.Figure())
		if line.Of != "" {
			who := people[line.Of]
			f.Bad.Add(len(who) == 0, "needs", "Nobody here is called "+line.Of+". Write the whole name, or leave it to a steward.")
			if len(who) > 1 {
				f.Bad.Add(true, "needs", view.WhichOf(line.Of, who))
			}
			if len(who) == 1 {
				n.AskedOf = who[0].ID
			}
		}
		if hours := p.Project.HoursPerWeek; n.Kind == skein.NeedHours && (hours == nil || *hours >= 0) {
			f.Bad.Add(otherHours(n, hours, line.ID, before), "needs", "The lead gets the hours that it takes. Change the hours a week above, or leave how much empty.")
			n.Amount = hours // the hours that it gets are those that it takes; what is wrong with those is said there
		}
		p.Needs = append(p.Needs, keepNeed(n, line.ID, before))
	}
	return nil
}

// otherHours tells whether other hours were typed for what the lead gets than the ones that it takes: what stood there before
// they were changed was not.
func otherHours(n skein.Need, takes *float64, id string, before []skein.Need) bool {
	if n.Amount == nil || takes != nil && *n.Amount == *takes {
		return false
	}
	return !slices.ContainsFunc(before, func(was skein.Need) bool {
		return string(was.ID) == id && id != "" && was.Amount != nil && *was.Amount == *n.Amount
	})
}

// keepNeed is the need as it stood, when nothing about it was changed.
func keepNeed(n skein.Need, id string, before []skein.Need) skein.Need {
	for _, was := range before {
		if string(was.ID) != id || id == "" {
			continue
		}
		same := was.Kind == n.Kind && was.What == n.What && was.AskedOf == n.AskedOf &&
			(was.Amount == nil) == (n.Amount == nil) && (n.Amount == nil || *was.Amount == *n.Amount)
		if same {
			return was
		}
		n.ID = was.ID // what is asked has changed, so it is asked anew
	}
	return n
}
