package view

import (
	"strings"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// Once is what is asked, once, before somebody gives up a place.
type Once struct {
	Statement, Label string
	Says             []string // what happens then
}

// HandOn is what is asked before the viewer opens what they lead for the next; who may not is refused.
func HandOn(v Viewer, p leaddb.ProjectPage) (Once, error) {
	project := p.Project // what the rule changes here is not kept
	if err := project.HandOver(v.By(), LeadOf(p)); err != nil {
		return Once{}, err
	}
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	return Once{
		Statement: "Hand it on?", Label: "Hand it on",
		Says: []string{
			"It opens for the next lead. You lead it until somebody has taken over.",
			x.backUntil() + " Whoever has claimed it by then is told that it is yours still.",
		},
	}, nil
}

// StepDown is what is asked before the viewer gives up a lead, or a place beside one; who has neither is
// refused.
func StepDown(v Viewer, p leaddb.ProjectPage) (Once, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	lead, mine := x.lead(), x.place()
	switch {
	case lead != nil && lead.Person == v.Person.ID:
		return Once{Statement: "Step down?", Label: "Step down", Says: x.stepDown()}, nil
	case x.coming() != nil && x.coming().State == skein.TermAccepted && x.coming().Person == v.Person.ID:
		says := "You do not take it on. The next who claimed it is asked, where there is one; else claims open again."
		return Once{Statement: "Step down?", Label: "Step down", Says: []string{says, "No reason is needed. It cannot be taken back."}}, nil
	case mine.co != nil:
		return Once{Statement: "Step down?", Label: "Step down", Says: x.stepAside()}, nil
	}
	return Once{}, skein.ErrNotTheirs
}

// stepDown is what happens when whoever leads it steps down.
func (x projectView) stepDown() []string {
	const told = "No reason is needed. Whoever proposed it, the team and the stewards are told that you have stepped down."
	next, w, back := x.coming(), x.p.Window, []string{x.backUntil()}
	if x.handedOnByBoth(x.lead()) {
		back = nil
	}
	if on := x.leadsOn(); on != nil { // it is not led on: see lead's StepDown
		says := "Your lead ends today, and you do not lead it on from " + x.clock.Date(on.StartsOn) + ". Nobody leads it until the next is found; claims open."
		return append([]string{says, told}, strings.Join(append(back, "While claims are open you can claim it, as anybody can."), " "))
	}
	switch {
	case x.later() != nil:
		says := "Your lead ends today. Nobody leads it until " + words.FirstName(x.later().Name) + " begins on " + x.clock.Date(x.later().StartsOn) + "."
		return append([]string{says, told}, back...)
	case next != nil && next.State == skein.TermAccepted:
		return []string{"Your lead ends today. " + words.FirstName(next.Name) + ", who accepted it, follows you.", told}
	case next != nil:
		return append([]string{"Your lead ends today. Whoever was chosen to follow you has not answered yet; nobody leads it until somebody begins.", told}, back...)
	case w != nil && w.State.Going() && !w.TakesClaims(x.Now):
		return append([]string{"Your lead ends today. Nobody leads it until the next is found.", told}, back...)
	}
	back = append(back, "While claims are open you can claim it, as anybody can.")
	return []string{"Your lead ends today. Nobody leads it until the next is found; claims are open meanwhile.", told, strings.Join(back, " ")}
}

// stepAside is what happens when a co-lead steps down.
func (x projectView) stepAside() []string {
	says := []string{"You do not lead it beside anybody from today on, and the hours it takes are yours again. Nobody follows you by itself."}
	if lead := x.lead(); lead != nil {
		says[0] = "You do not lead it beside " + words.FirstName(lead.Name) + " from today on, and the hours it takes are yours again. " + words.FirstName(lead.Name) + " is told."
	}
	if x.place().member {
		says = append(says, "You stay in its team.")
	}
	return append(says, "No reason is needed. To lead it beside somebody again you would ask again.")
}

// LeaveTeam is what is asked before the viewer leaves a team; who has no place in it is refused.
func LeaveTeam(v Viewer, p leaddb.ProjectPage) (Once, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	mine := x.place()
	var says []string
	if mine.member {
		says = append(says, "You are in its team no more from now on.")
	}
	if mine.shadow != nil {
		says = append(says, "You shadow its lead no more.")
	}
	if mine.co != nil {
		says = append(says, x.stepAside()[0])
	}
	if mine.asked != nil {
		says = append(says, "Your question whether you may lead it beside somebody is taken back.")
	}
	if len(says) > 0 && mine.sought {
		says = append(says, "You are not asked any more whether you lead it beside its lead.")
	}
	if len(says) == 0 {
		return Once{}, skein.Refused{Why: "You have no place in this team.", Who: "You can join it from the project's page."}
	}
	says = append(says, "No reason is needed, and you can come again.")
	if mine.shadow != nil && len(says) == 2 {
		return Once{Statement: "Shadow it no more?", Label: "Shadow it no more", Says: says}, nil
	}
	return Once{Statement: "Leave the team?", Label: "Leave the team", Says: says}, nil
}

// place is what the viewer is in a project besides its lead.
type place struct {
	co, asked, shadow *leaddb.TermRow
	member            bool
	sought            bool // they are asked to lead it beside its lead
}

func (x projectView) place() (mine place) {
	for _, m := range x.p.Members {
		mine.member = mine.member || m.ID == x.Person.ID
	}
	for i := range x.p.Terms {
		switch t := &x.p.Terms[i]; {
		case t.Person != x.Person.ID:
		case t.Role == skein.CoLead && t.State.Holds():
			mine.co = t
		case t.Role == skein.CoLead && t.State == skein.TermAsked:
			mine.asked = t
		case t.Role == skein.CoLead && t.State == skein.TermOffered:
			mine.sought = true
		case t.Role == skein.Shadow && t.State.Holds():
			mine.shadow = t
		}
	}
	return mine
}

// besideNext is the term of whoever was chosen, where the viewer said yes to lead it beside them; nil: they did not.
func (x projectView) besideNext() *leaddb.TermRow {
	if t := x.coming(); t != nil && x.told() && t.With != "" && t.With == x.Person.ID {
		return t
	}
	return nil
}

// besideNextWords says to whoever is to lead it beside the chosen that they are.
func (x projectView) besideNextWords(t *leaddb.TermRow) string {
	first := words.FirstName(t.Name)
	if t.State == skein.TermOffered {
		return "You are to lead it beside " + first + ", if " + first + " says yes."
	}
	if !t.StartsOn.IsZero() {
		return "You are to lead it beside " + first + ", who begins on " + x.clock.Date(t.StartsOn) + "; you begin then, too."
	}
	return "You are to lead it beside " + first + ": you begin when " + first + " does."
}

// coming is the term of whoever was offered the lead or has accepted it; nil where nobody was.
func (x projectView) coming() *leaddb.TermRow {
	return x.term(skein.Primary, skein.TermState.Coming)
}

// placeWords says what the viewer is in the project; empty: nothing.
func (x projectView) placeWords() []string {
	lead, mine := x.lead(), x.place()
	beside, them := "its next lead", "Whoever leads it by then"
	if lead != nil {
		beside, them = words.FirstName(lead.Name), words.FirstName(lead.Name)
	}
	var says []string
	switch {
	case mine.co != nil && lead != nil:
		says = append(says, "You lead it beside "+beside+until(x.clock, mine.co)+".")
	case mine.co != nil:
		says = append(says, "You are its co-lead"+until(x.clock, mine.co)+"; nobody leads it now.")
	case mine.asked != nil:
		says = append(says, "You would lead it beside "+beside+". "+them+" answers"+answersBy(x.clock, mine.asked)+
			"; without an answer by then the question ends, and you can ask again.")
	}
	if next := x.besideNext(); next != nil && mine.co == nil {
		says = append(says, x.besideNextWords(next))
	}
	switch {
	case mine.shadow != nil && lead != nil:
		says = append(says, "You shadow "+beside+".")
	case mine.shadow != nil:
		says = append(says, "You shadow its lead; nobody leads it now.")
	case mine.member && mine.co == nil:
		says = append(says, "You are in its team.")
	}
	if x.steward() {
		says = append(says, "You are a steward here: you answer for what its lead needs, and may check picks that you have no part in.")
	}
	return says
}

func until(clock words.Clock, t *leaddb.TermRow) string {
	if t.EndsOn.IsZero() {
		return ""
	}
	return " " + clock.Until(t.EndsOn)
}

func answersBy(clock words.Clock, t *leaddb.TermRow) string {
	if t.AnswerBy.IsZero() {
		return ""
	}
	return " by " + clock.Moment(t.AnswerBy)
}

// joinTeam is what joining says on its button.
const joinTeam = "Join the team"

// joinable adds what the viewer is in the project, and the ways into the team and out of it.
func (x projectView) joinable(panel page.ProjectPanel) page.ProjectPanel {
	panel.You = x.placeWords()
	panel.Ways = append(panel.Ways, x.ways()...)
	return panel
}

// ways are what everybody can do: join, shadow, lead beside, or leave again. Whoever leads beside has
// the one way out of that.
func (x projectView) ways() []component.Button {
	id, mine, lead := string(x.p.Project.ID), x.place(), x.lead()
	if mine.co != nil {
		return []component.Button{
			{Label: "I am unavailable", Kind: component.Plain, URL: path.StandIn(id)}, {Label: "Step down", Kind: component.Plain, URL: path.StepDown(id)},
		}
	}
	if x.besideNext() != nil {
		return x.leaveWay(nil, mine)
	}
	var all []component.Button
	if mine.asked != nil {
		all = append(all, component.Button{Label: "Take the question back", Kind: component.Plain, Action: path.UnaskCoLead(id)})
	}
	if !mine.member {
		all = append(all, component.Button{Label: joinTeam, Kind: component.Plain, Action: path.JoinProject(id)})
	}
	if lead != nil && lead.Person != x.Person.ID && mine.asked == nil && !mine.sought {
		all = append(all, component.Button{Label: "Ask to co-lead", Kind: component.Plain, Action: path.CoLeadProject(id)})
	}
	if mine.shadow == nil && !mine.member {
		all = append(all, component.Button{Label: "Shadow", Kind: component.Plain, Action: path.ShadowProject(id)})
	}
	return x.leaveWay(all, mine)
}

// leaveWay adds the way out of a place beside the lead.
func (x projectView) leaveWay(all []component.Button, mine place) []component.Button {
	id := string(x.p.Project.ID)
	switch {
	case mine.member:
		all = append(all, component.Button{Label: "Leave the team", Kind: component.Plain, URL: path.LeaveProject(id)})
	case mine.shadow != nil:
		all = append(all, component.Button{Label: "Shadow it no more", Kind: component.Plain, URL: path.LeaveProject(id)})
	}
	return all
}
