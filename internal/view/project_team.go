package view

import (
	"strings"
	"time"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/path"
)

// term finds the present term of a role whose state is in a set.
func (x projectView) term(role skein.Role, in func(skein.TermState) bool) *leaddb.TermRow {
	for i, t := range x.p.Terms {
		if t.Role == role && in(t.State) {
			return &x.p.Terms[i]
		}
	}
	return nil
}

// lead is the term of whoever leads now; nil when nobody does.
func (x projectView) lead() *leaddb.TermRow {
	return x.term(skein.Primary, skein.TermState.Holds)
}

// later is the term of whoever is to lead from a day to come; nil when nobody is.
func (x projectView) later() *leaddb.TermRow {
	if t := x.term(skein.Primary, skein.TermState.Coming); t != nil && !t.StartsOn.IsZero() {
		return t
	}
	return nil
}

// leadsOn is the term in which whoever leads now leads on from a day to come, as a file says; nil: it does not. Nobody is
// followed by it, and nothing is handed on.
func (x projectView) leadsOn() *leaddb.TermRow {
	if t, next := x.lead(), x.later(); t != nil && next != nil && next.Claim == "" && next.Person == t.Person {
		return next
	}
	return nil
}

// left is the term of whoever led last, where they have left the organisation and nobody followed.
func (x projectView) left() *leaddb.TermRow {
	last := x.lastLed()
	if last == nil || last.EndReason != skein.EndGone || !x.p.Project.State.IsLead() {
		return nil
	}
	return last
}

// MayCancel tells whether the viewer may cancel a project that is open besides whoever proposed it.
func MayCancel(v Viewer, p leaddb.ProjectPage) bool {
	return v.StewardOf(p.Project.Circle) || v.Is(skein.Administrator) && leadLeft(v, p)
}

// UndecidedFor says which decisions close with a project that ends now, as far as the viewer reads them; "": none.
func UndecidedFor(p leaddb.ProjectPage) string {
	asking, drafts := 0, 0
	for _, d := range p.Decisions {
		switch d.State {
		case skein.DecisionAsking:
			asking++
		case skein.DecisionDraft:
			drafts++
		}
	}
	var says []string
	if asking > 0 {
		says = append(says, words.UpperFirst(words.Count(asking, "decision", "decisions"))+" that nobody has made yet "+words.Verb(asking, "close")+" with it, undecided.")
	}
	if drafts > 0 {
		says = append(says, words.UpperFirst(words.Count(drafts, "draft of a decision", "drafts of decisions"))+" "+words.Verb(drafts, "go")+" with it: what is written there nobody reads any more.")
	}
	return strings.Join(says, " ")
}

// MayCompleteFor tells whether the viewer may say that a project is done whose lead has left.
func MayCompleteFor(v Viewer, p leaddb.ProjectPage) bool {
	return leadLeft(v, p) && (v.StewardOf(p.Project.Circle) || v.Is(skein.Administrator) || standsIn(v, p))
}

func leadLeft(v Viewer, p leaddb.ProjectPage) bool {
	return p.Project.State == skein.OpenForLead && projectView{Viewer: v, p: p}.left() != nil
}

// LeadOf is whoever leads a project now; empty when nobody does.
func LeadOf(p leaddb.ProjectPage) skein.PersonID {
	if t := (projectView{p: p}).lead(); t != nil {
		return t.Person
	}
	return ""
}

// accepted is who accepted the lead or holds it: of two, whoever takes over.
func (x projectView) accepted() skein.PersonID {
	if t := x.term(skein.Primary, skein.TermState.Stays); t != nil {
		return t.Person
	}
	return LeadOf(x.p)
}

// team steps back behind the lead: co-leads, members, shadows, and what is still free.
func (x projectView) team() []component.Member {
	if x.p.Project.State.Over() {
		return x.teamOver()
	}
	first := component.Member{Place: component.NobodyYet, Name: "Lead", Does: "nobody yet"}
	if t := x.left(); t != nil {
		first.Does = words.Name(t.Name) + " left on " + x.clock.Date(t.Until)
	}
	next := x.later()
	if next != nil {
		first.Does = words.FirstName(next.Name) + " begins on " + x.clock.Date(next.StartsOn)
	}
	if t := x.lead(); t != nil {
		first = component.Member{Place: component.InFront, Name: t.Name, URL: path.Person(string(t.Person)), Does: x.leadUntil(t) + x.hereUntil(t)}
	}
	all := []component.Member{first}
	add := func(id skein.PersonID, name, does string) {
		all = append(all, component.Member{Place: component.Behind, Name: name, URL: path.Person(string(id)), Does: does})
	}
	if s := x.deputy(); s != nil {
		add(s.Person, s.Name, x.deputyDoes(s))
	}
	if next != nil && x.leadsOn() == nil {
		add(next.Person, next.Name, "leads from "+x.clock.Date(next.StartsOn))
	}
	if t := x.coming(); t != nil && t.State == skein.TermAccepted && t.With != "" && !x.hasTerm(t.With) && !x.standsAs(t.With) {
		add(t.With, t.WithName, "is to lead beside "+words.FirstName(t.Name))
	}
	shadowed := false
	for _, t := range x.p.Terms {
		if t.Role == skein.CoLead && t.State == skein.TermLive && !x.standsAs(t.Person) {
			add(t.Person, t.Name, "leads beside"+x.hereUntil(&t))
		}
	}
	for _, m := range x.p.Members {
		if x.hasTerm(m.ID) || x.standsAs(m.ID) || x.isToLead(m.ID) {
			continue
		}
		add(m.ID, m.Name, m.Brings)
	}
	for _, t := range x.p.Terms {
		if t.Role == skein.Shadow && t.State == skein.TermLive {
			shadowed = true
			if x.standsAs(t.Person) {
				continue
			}
			add(t.Person, t.Name, "shadows")
		}
	}
	if !shadowed && x.open() {
		all = append(all, component.Member{Place: component.PlaceOpen, Name: "A place to shadow", Does: "open"})
	}
	return all
}

// deputyDoes says that somebody stands in, after what else they are in the team: that they stay, before, while and after.
func (x projectView) deputyDoes(s *leaddb.StandInRow) string {
	stands := "stands in for " + words.FirstName(s.ForName) + x.during(s)
	for i, t := range x.p.Terms {
		switch {
		case t.Person != s.Person || t.State != skein.TermLive:
		case t.Role == skein.CoLead:
			return "leads beside" + x.hereUntil(&x.p.Terms[i]) + "; " + stands
		case t.Role == skein.Shadow:
			return "shadows; " + stands
		}
	}
	if t := x.coming(); t != nil && t.State == skein.TermAccepted && t.With == s.Person {
		return "is to lead beside " + words.FirstName(t.Name) + "; " + stands
	}
	for _, m := range x.p.Members {
		if m.ID == s.Person && m.Brings != "" {
			return words.Name(m.Brings) + "; " + stands
		}
	}
	return stands
}

// isToLead tells whether somebody accepted to lead it, alone or beside another.
func (x projectView) isToLead(person skein.PersonID) bool {
	t := x.coming()
	return t != nil && t.State == skein.TermAccepted && (t.Person == person && !t.StartsOn.IsZero() || t.With == person)
}

// standsAs tells whether somebody is in the team as who stands in.
func (x projectView) standsAs(person skein.PersonID) bool {
	s := x.deputy()
	return s != nil && s.Person == person
}

// hasTerm tells whether somebody stands in the team by a term of theirs.
func (x projectView) hasTerm(person skein.PersonID) bool {
	for _, t := range x.p.Terms {
		if t.Person == person && t.State.Holds() {
			return true
		}
	}
	return false
}

// inTeam is when somebody who led was in the team before, and until when after; zero: not.
func (x projectView) inTeam(t leaddb.TermRow) (joined, left time.Time) {
	if !t.Joined.IsZero() && t.Joined.Before(t.From) {
		joined = skein.Day(t.Joined.In(x.clock.HomeZone()))
	}
	if t.Stays {
		return joined, x.Today()
	}
	return joined, t.Left
}

// handedOverBy is when an open lead is expected to be taken: when claims close, else today.
func (x projectView) handedOverBy() time.Time {
	if w := x.p.Window; w != nil && x.lead() != nil && x.p.Project.State.Seeks() && w.ClosesAt.After(x.Now) {
		return skein.Day(w.ClosesAt.In(x.clock.HomeZone()))
	}
	return x.Today()
}

func (x projectView) month(day time.Time) string {
	if x.Now.Sub(day) > 300*24*time.Hour {
		return day.Format("January 2006")
	}
	return day.Format("January")
}
