package server

import (
	"strconv"
	"strings"
	"time"

	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// projectView puts a project into words for one viewer.
type projectView struct {
	Viewer
	p      postgres.ProjectPage
	answer chooser.Answer
	clock  page.Clock
}

// data is the page's data.
func (x projectView) data() page.ProjectData {
	p := x.p
	d := page.ProjectData{
		ID: string(p.Project.ID), Title: p.Project.Title, Purpose: words.EndSentence(p.Project.Purpose), Priority: words.LowerFirst(p.PriorityTitle),
		Facts: x.facts(), Spokes: spokes(p.Phase.Situation), Judged: words.EndSentence(p.Project.JudgedBy), Team: x.team(),
		Needs: x.needs(), Terms: x.terms(), TermsNote: x.termsNote(), Asked: x.coLeadsAsked(), Panel: x.panel(),
	}
	for i, c := range p.Circles {
		if i == 0 && len(p.Circles) > 1 && c.Name == x.Org.Name {
			continue // everything lies within the organisation itself
		}
		d.Within = append(d.Within, component.NavItem{Label: c.Name, URL: path.Team(string(c.ID))})
	}
	d.Standing, d.StandingWhy = x.standing()
	d.Like, d.LikeNote = like(p.Phase.Situation, x.Org.CircleWord)
	remit := p.Remit
	if len(remit) == 0 {
		remit = x.answer.Query.Setting.Remit
	}
	d.Decide, d.Ask, d.Not = x.remitWords(remit)
	if x.mayEdit() && p.Project.State != skein.Draft { // a draft's ways stand in its panel
		d.Edit, d.Cancel = path.EditProject(d.ID), true
	}
	return d
}

// steward tells whether the viewer is a steward of the project's circle or of one above.
func (x projectView) steward() bool { return x.StewardOf(x.p.Project.Circle) }

func (x projectView) mayEdit() bool { return x.p.Edit(x.By(), x.steward()) == nil }

// facts is the line below the purpose: hours, until when, and whether they are granted.
func (x projectView) facts() string {
	p := x.p.Project
	if p.HoursPerWeek == nil {
		if p.EndOn.IsZero() {
			return ""
		}
		return words.UpperFirst(x.clock.Until(p.EndOn)) + "."
	}
	words := words.Hours(*p.HoursPerWeek)
	if !p.EndOn.IsZero() {
		words += " " + x.clock.Until(p.EndOn)
	}
	for _, n := range x.p.Needs {
		if n.Kind == skein.NeedHours {
			if n.GrantedBy != "" {
				return words + ", granted."
			}
			return words + ", not granted yet."
		}
	}
	return words + "."
}

// standing begins the page of a project that is over or paused.
func (x projectView) standing() (strong, why string) {
	switch x.p.Project.State {
	case skein.Cancelled:
		return "Cancelled.", words.EndSentence(x.p.EndReason)
	case skein.Completed:
		return "Completed " + x.clock.Day(x.p.EndedAt) + ".", words.EndSentence(x.p.EndReason)
	case skein.Paused:
		return "Paused.", "Its lead still answers for it; nothing is decided until it goes on."
	case skein.Draft:
		return "A draft.", "Nobody can claim it before it is published."
	}
	return "", ""
}

// remitWords parts a remit into what the lead decides, asks first, and does not decide.
func (x projectView) remitWords(remit []skein.Remit) (decide, ask, not string) {
	var alone, first, never []string
	for _, r := range remit {
		says := words.UpperFirst(r.Area)
		switch r.Level {
		case skein.DecideAlone:
			if r.Ceiling != nil {
				says += ", up to " + x.Org.Currency + words.Figure(int(*r.Ceiling))
			}
			alone = append(alone, says)
		case skein.AfterAdvice, skein.ByAgreement:
			if r.Level == skein.ByAgreement && r.WithWhom == "" {
				says += ", by agreement"
			}
			if r.WithWhom != "" {
				says += ": " + r.WithWhom
			}
			first = append(first, says)
		case skein.ProposeAbove:
			if r.WithWhom != "" {
				says += ": " + r.WithWhom
			}
			never = append(never, says)
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

// needs are what the lead gets, and what the viewer may do about each.
func (x projectView) needs() []page.ProjectNeed {
	var all []page.ProjectNeed
	lead := x.accepted()
	for i, n := range x.p.Needs {
		names := x.p.NeedNames[i]
		need := page.ProjectNeed{What: needWords(n, x.Org.Currency)}
		switch {
		case n.GrantedBy != "":
			need.Answer = words.FirstName(names.GrantedBy)
			if !n.GrantedUntil.IsZero() {
				need.Answer += ", " + x.clock.Until(n.GrantedUntil)
			}
		case n.WaivedBy != "":
			need.Answer = words.FirstName(names.WaivedBy) + " does without it"
		default:
			need.Strong, need.Answer = "Still open.", x.whoAnswers(n, names)
		}
		if x.open() && !n.Settled() {
			id := string(x.p.Project.ID)
			if err := (&n).Grant(x.By(), x.steward(), x.Is(skein.Executive), x.p.Project.Circle != "", skein.Date{}); err == nil {
				need.Grant = path.GrantNeed(id, string(n.ID))
			}
			if n := x.p.Needs[i]; (&n).Waive(x.By(), lead) == nil {
				need.Waive = path.WaiveNeed(id, string(n.ID))
			}
		}
		all = append(all, need)
	}
	return all
}

// open tells whether the project goes on.
func (x projectView) open() bool {
	return x.p.Project.State != skein.Draft && !x.p.Project.State.Over()
}

func needWords(n skein.Need, currency string) string {
	if n.Amount == nil {
		return n.What
	}
	switch n.Kind {
	case skein.NeedHours:
		return words.Hours(*n.Amount)
	case skein.NeedBudget:
		amount := currency + words.Figure(int(*n.Amount))
		if n.What == "" || strings.Contains(n.What, strconv.Itoa(int(*n.Amount))) {
			return amount
		}
		return amount + ", " + words.LowerFirst(n.What)
	}
	return n.What
}

// whoAnswers says who is asked for a need that is open, and until when.
func (x projectView) whoAnswers(n skein.Need, names postgres.NeedNames) string {
	who := names.AskedOf
	if who == "" && len(x.p.Stewards) > 0 {
		who = x.p.Stewards[0].Name
	}
	if who == "" {
		return "An executive can grant it: it belongs to no " + x.Org.CircleWord + " with a steward."
	}
	if n.AnswerBy.IsZero() {
		return who + " is asked when it is published."
	}
	if n.AnswerBy.Before(x.Now) {
		return who + " was to answer by " + x.clock.Day(n.AnswerBy) + "."
	}
	return who + " answers by " + x.clock.Day(n.AnswerBy) + "."
}

// term finds the present term of a role in one of some states.
func (x projectView) term(role skein.Role, states ...skein.TermState) *postgres.TermRow {
	for _, state := range states {
		for i, t := range x.p.Terms {
			if t.Role == role && t.State == state {
				return &x.p.Terms[i]
			}
		}
	}
	return nil
}

// lead is the term of whoever leads now; nil when nobody does.
func (x projectView) lead() *postgres.TermRow {
	return x.term(skein.Primary, skein.TermLive, skein.TermHandingOver)
}

// accepted is who accepted the lead or holds it.
func (x projectView) accepted() skein.PersonID {
	if t := x.term(skein.Primary, skein.TermAccepted, skein.TermLive, skein.TermHandingOver); t != nil {
		return t.Person
	}
	return ""
}

// team steps back behind the lead: co-leads, members, shadows, and what is still free.
func (x projectView) team() []component.Member {
	if x.p.Project.State.Over() {
		return nil
	}
	first := component.Member{Place: component.NobodyYet, Name: "Lead", Does: "nobody yet"}
	if t := x.lead(); t != nil {
		first = component.Member{Place: component.InFront, Name: t.Name, URL: path.Person(string(t.Person)), Does: x.leadUntil(t)}
	}
	all := []component.Member{first}
	add := func(id skein.PersonID, name, does string) {
		all = append(all, component.Member{Place: component.Behind, Name: name, URL: path.Person(string(id)), Does: does})
	}
	shadowed := false
	for _, t := range x.p.Terms {
		if t.Role == skein.CoLead && t.State == skein.TermLive {
			add(t.Person, t.Name, "leads beside")
		}
	}
	for _, m := range x.p.Members {
		if x.hasTerm(m.ID) {
			continue
		}
		add(m.ID, m.Name, m.Brings)
	}
	for _, t := range x.p.Terms {
		if t.Role == skein.Shadow && t.State == skein.TermLive {
			add(t.Person, t.Name, "shadows")
			shadowed = true
		}
	}
	if !shadowed && x.open() {
		all = append(all, component.Member{Place: component.PlaceOpen, Name: "A place to shadow", Does: "open"})
	}
	return all
}

func (x projectView) leadUntil(t *postgres.TermRow) string {
	switch {
	case t.State == skein.TermHandingOver:
		return "leads until somebody has taken over"
	case !t.EndsOn.IsZero():
		return "leads " + x.clock.Until(t.EndsOn)
	case !t.From.IsZero():
		return "leads since " + x.clock.Date(t.From)
	}
	return "leads"
}

// hasTerm tells whether somebody stands in the team by a term of theirs.
func (x projectView) hasTerm(person skein.PersonID) bool {
	for _, t := range x.p.Terms {
		if t.Person == person && (t.State == skein.TermLive || t.State == skein.TermHandingOver) {
			return true
		}
	}
	return false
}

// coLeadsAsked are those who ask to lead beside the viewer, who leads.
func (x projectView) coLeadsAsked() []page.CoLeadAsked {
	lead := x.lead()
	if lead == nil || lead.Person != x.Person.ID {
		return nil
	}
	var all []page.CoLeadAsked
	for _, t := range x.p.Terms {
		if t.Role != skein.CoLead || t.State != skein.TermAsked {
			continue
		}
		asked := page.CoLeadAsked{Name: t.Name, Person: string(t.Person), Address: path.AnswerCoLead(string(x.p.Project.ID), string(t.Person))}
		if !t.AnswerBy.IsZero() {
			asked.By = "Answer by " + x.clock.Moment(t.AnswerBy) + "."
		}
		all = append(all, asked)
	}
	return all
}

// terms is the figure of who led before; whoever leads now stands in the team.
func (x projectView) terms() component.TermsFigure {
	f := component.TermsFigure{Now: x.Now.Truncate(15 * time.Minute)} // a hair's breadth, and the page stays the same so long
	for _, t := range x.p.Terms {
		if t.Role != skein.Primary || t.From.IsZero() || t.Until.IsZero() {
			continue
		}
		term := component.Term{Who: t.Name, From: t.From, To: t.Until, HandedOver: t.HandedOver, Start: x.month(t.From)}
		if t.Phase != "" {
			term.Who = t.Phase + ": " + t.Name
		}
		term.End = x.clock.Date(term.To)
		f.Terms = append(f.Terms, term)
	}
	state := x.p.Project.State
	if end := x.p.Project.EndOn; (state == skein.OpenForLead || state == skein.HandingOver) && end.After(x.handedOverBy()) && len(f.Terms) > 0 {
		f.Terms = append(f.Terms, component.Term{
			Who: "open", From: x.handedOverBy(), To: end, Open: true, Start: x.clock.Day(x.handedOverBy()), End: x.clock.Date(end),
		})
	}
	return f
}

// handedOverBy is when an open lead is expected to be taken: when claims close, else today.
func (x projectView) handedOverBy() time.Time {
	if w := x.p.Window; w != nil && x.p.Project.State == skein.HandingOver && w.ShownClose().After(x.Now) {
		return skein.Day(w.ShownClose())
	}
	return x.Today()
}

func (x projectView) month(day time.Time) string {
	if x.Now.Sub(day) > 300*24*time.Hour {
		return day.Format("January 2006")
	}
	return day.Format("January")
}

func (x projectView) termsNote() string {
	if t := x.term(skein.Primary, skein.TermHandingOver); t != nil {
		return words.FirstName(t.Name) + " answers for it until somebody has taken over."
	}
	return ""
}
