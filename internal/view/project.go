package view

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"skein/internal/chooser"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// projectView puts a project into words for one viewer.
type projectView struct {
	Viewer
	p      leaddb.ProjectPage
	answer chooser.Answer
	clock  words.Clock
	key    string
}

// Project is a project's page as the viewer sees it. Key is for the form that may stand on it.
func Project(v Viewer, p leaddb.ProjectPage, answer chooser.Answer, key string) page.ProjectData {
	return projectView{Viewer: v, p: p, answer: answer, clock: v.Clock(), key: key}.data()
}

// data is the page's data.
func (x projectView) data() page.ProjectData {
	p := x.p
	d := page.ProjectData{
		ID: string(p.Project.ID), Title: p.Project.Title, Purpose: words.EndSentence(p.Project.Purpose), Priority: p.PriorityTitle, PriorityID: string(p.Project.Priority),
		Facts: x.facts(), Spokes: spokes(p.Phase.Situation, skein.Situation{}), Judged: words.EndSentence(p.Project.JudgedBy), Team: x.team(),
		Needs: x.needs(), Terms: x.terms(), TermsNote: x.termsNote(), Leaves: x.leaves(), Panel: x.panel(), Week: x.week(), Questions: x.questions(), Work: x.work(), Outcomes: x.outcomes(), Decisions: x.decisionLog(),
	}
	d.TermsHead = x.termsHead(d.Terms)
	for i, c := range p.Circles {
		if i == 0 && len(p.Circles) > 1 && c.Name == x.Org.Name {
			continue // everything lies within the organisation itself
		}
		d.Within = append(d.Within, component.NavItem{Label: c.Name, URL: path.Team(string(c.ID))})
	}
	for _, c := range p.FurtherNamed { // of what is over nothing must move any more
		if p.Project.State.Over() {
			break
		}
		d.Moves = append(d.Moves, component.NavItem{Label: c.Name, URL: path.Team(string(c.ID))})
	}
	d.Standing, d.StandingWhy = x.standing()
	d.Like, d.LikeNote = like(p.Phase.Situation, x.Org)
	remit := p.Remit
	if len(remit) == 0 {
		remit = x.answer.Query.Setting.Remit
	}
	d.Decide, d.Ask, d.Not = x.remitWords(remit)
	d.Whose, d.Over = x.whose(), p.Project.State.Over()
	if x.lead() != nil && x.open() {
		d.Live = path.Live(d.ID)
	}
	d.AskFirst = x.askFirst(remit)
	if x.mayEdit() && p.Project.State != skein.Draft { // a draft has these buttons in its panel
		d.Edit, d.Cancel = path.EditProject(d.ID), true
	}
	if x.mayChangeLed() == nil {
		d.ChangeLed = path.ChangeLed(d.ID)
	}
	d.Remit = x.proposed()
	if x.mayReopen() == nil {
		d.Reopen = path.ReopenProject(d.ID)
	}
	d.Cancel = d.Cancel || p.Project.State == skein.OpenForLead && MayCancel(x.Viewer, p)
	d.Complete = MayCompleteFor(x.Viewer, p)
	return x.withMoved(d)
}

// steward tells whether the viewer is a steward of the project's circle or of one above.
func (x projectView) steward() bool { return x.StewardOf(x.p.Project.Circle) }

func (x projectView) mayEdit() bool { return x.p.Edit(x.By(), x.steward()) == nil }

// facts is the line below the purpose: hours, until when, and whether they are granted.
func (x projectView) facts() string {
	if x.p.Project.State.Over() {
		return x.factsOver()
	}
	hours := x.p.Project.HoursPerWeek
	takes := takesWords(hours, x.p.Project.EndOn, x.clock)
	needed := slices.IndexFunc(x.p.Needs, func(n skein.Need) bool { return n.Kind == skein.NeedHours })
	switch {
	case takes == "":
		return ""
	case hours == nil || needed < 0:
		return takes + "."
	}
	switch n := x.p.Needs[needed]; {
	case n.Outlived(x.p.Project.EndOn):
		return takes + ", granted " + x.clock.Until(n.GrantedUntil) + "."
	case n.GrantedBy != "" || n.Answer == skein.NeedCounted:
		return takes + ", granted."
	case n.WaivedBy != "": // taken as less, or done without: what the lead gets says so
		return takes + "."
	}
	return takes + ", not granted yet."
}

// standing begins the page of a project that is over, paused, reopened or a draft.
func (x projectView) standing() (strong, why string) {
	switch x.p.Project.State {
	case skein.Cancelled:
		return "Cancelled.", words.EndSentence(x.p.EndReason)
	case skein.Completed:
		return "Completed " + x.clock.Day(x.p.EndedAt) + ".", words.EndSentence(x.p.EndReason) + x.reopenUntil()
	case skein.Paused:
		return "Paused.", "Its lead still answers for it; nothing is decided until it goes on."
	case skein.OpenForLead:
		if x.p.EndReason != "" && x.p.EndedAt.IsZero() { // see lead.Reopen; a file that opens it leaves both
			return "Reopened.", words.EndSentence(x.p.EndReason)
		}
	case skein.Draft:
		return "A draft.", "Nobody can claim it before it is published."
	}
	return "", ""
}

// remitWords parts a remit into what the lead decides, asks first, and does not decide.
func (x projectView) remitWords(remit []skein.Remit) (decide, ask, not string) {
	var alone, first, never []string
	for _, r := range remit {
		says, with := words.UpperFirst(r.Area), ""
		if r.WithWhom != "" {
			with = ": " + r.WithWhom
		}
		switch r.Level {
		case skein.DecideAlone:
			if r.Ceiling != nil {
				says += ", up to " + words.Money(x.Org.Currency, *r.Ceiling)
			}
			alone = append(alone, says)
		case skein.AfterAdvice:
			first = append(first, says+with)
		case skein.ByAgreement:
			first = append(first, says+cmp.Or(with, ", by agreement"))
		case skein.ProposeAbove:
			never = append(never, says+with)
		}
	}
	return sentences(alone), sentences(first), sentences(never)
}

func sentences(parts []string) string {
	for i, part := range parts {
		parts[i] = words.EndSentence(part)
	}
	return strings.Join(parts, " ")
}

// open tells whether the project goes on.
func (x projectView) open() bool {
	return x.p.Project.State.UnderWay()
}

// askFirst are, for whoever decides there, the lines on which they ask first: each opens a decision.
func (x projectView) askFirst(remit []skein.Remit) []component.NavItem {
	if !x.mayAnswer() || !x.p.Project.State.UnderWay() {
		return nil
	}
	var all []component.NavItem
	for _, r := range remit {
		if r.Level != skein.AfterAdvice && r.Level != skein.ByAgreement {
			continue
		}
		says := words.UpperFirst(r.Area)
		if with := cmp.Or(r.WithWhom, map[skein.RemitLevel]string{skein.ByAgreement: "by agreement"}[r.Level]); with != "" {
			says += ": " + with
		}
		all = append(all, component.NavItem{Label: says, URL: path.With(path.NewDecision(string(x.p.Project.ID)), url.Values{"area": {r.Area}})})
	}
	return all
}
