package view

import (
	"strings"

	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// profileTeller puts a profile into sentences, for the person themselves or for others.
type profileTeller struct {
	clock words.Clock
	own   bool
	today skein.Date
	word  string // what the organisation calls a circle
}

// Person is somebody's page, for the person themselves or for others.
func Person(v Viewer, p peopledb.Profile) page.PersonData { return tellerOf(v, p).person(p) }

func tellerOf(v Viewer, p peopledb.Profile) profileTeller {
	return profileTeller{clock: v.Clock(), own: p.ID == v.Person.ID, today: v.Today(), word: words.Name(v.Org.CircleWord)}
}

func (t profileTeller) person(p peopledb.Profile) page.PersonData {
	d := page.PersonData{
		ID: string(p.ID), Name: p.Name, Word: t.word, Circle: p.CircleName, CircleURL: path.Team(string(p.Circle)), Own: t.own, About: p.About,
		NotHere: t.notHere(p.Person), Hours: t.hours(p), Away: t.away(p.Leaves),
		Skills: t.skills(p), Opening: t.opening(p),
	}
	for _, wish := range p.Wishes {
		d.Wishes = append(d.Wishes, wish.Name)
	}
	for _, s := range p.StandIns {
		if s.Person == p.ID {
			d.StandsIn = append(d.StandsIn, page.TermLine{
				Title: s.Title, URL: path.Project(string(s.Project)), When: "For " + words.Name(s.ForName) + standsFor(t.clock, t.today, s.From, s.Until) + ".",
			})
		}
	}
	stood := map[skein.ProjectID]bool{}
	for _, term := range p.Terms {
		line := page.TermLine{Title: term.Title, URL: path.Project(string(term.Project)), When: t.when(term)}
		if term.Role == skein.Primary && !stood[term.Project] { // the latest of theirs there
			line.When += t.stoodIn(p, term.Project)
			stood[term.Project] = true
		}
		if term.Until.IsZero() {
			if term.Role == skein.Primary {
				line.Bird = component.Led
			}
			d.Leads = append(d.Leads, line)
		} else {
			d.Past = append(d.Past, line)
		}
	}
	for _, ask := range p.Asked {
		d.Asked = append(d.Asked, words.Name(ask.OfName)+" is asked about "+words.Name(ask.SkillName)+", until "+t.clock.Day(ask.AnswerBy)+".")
	}
	d.Confirmed = t.confirmed(p)
	return d
}

// stoodIn says who stands in where somebody leads, or led until they left; "" where nobody does.
func (t profileTeller) stoodIn(p peopledb.Profile, in skein.ProjectID) string {
	for _, s := range p.StandIns {
		if s.Project == in && s.For == p.ID {
			return " " + words.Name(s.Name) + " stands in" + standsFor(t.clock, t.today, s.From, s.Until) + "."
		}
	}
	return ""
}

// opening is what others or work speak for, the freshest first: "Shown: valve data and night flows."
func (t profileTeller) opening(p peopledb.Profile) string {
	var names []string
	for _, skill := range t.skills(p) {
		if skill.Mark == component.Shown && len(names) < 3 {
			names = append(names, skill.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "Shown: " + words.List(names) + "."
}

// notHere says of somebody that they have left, or have not begun; "" of everybody else.
func (t profileTeller) notHere(p skein.Person) string {
	switch {
	case p.ActiveOn(t.today):
		return ""
	case p.Deactivated.IsZero() && p.ActiveFrom.After(t.today):
		return "With the organisation from " + t.clock.Date(p.ActiveFrom) + "."
	default:
		return "No longer with the organisation."
	}
}

func (t profileTeller) hours(p peopledb.Profile) string {
	if !p.ActiveOn(t.today) {
		return "" // who is not here has no room to lead
	}
	if p.HoursPerWeek == nil {
		return "Hours to lead: not stated."
	}
	return "Room to lead: " + words.Hours(*p.HoursPerWeek) + "."
}

func (t profileTeller) away(leaves []peopledb.Leave) string {
	for _, leave := range leaves {
		switch {
		case leave.Covers(t.today) && leave.Until.IsZero():
			return "Away."
		case leave.Covers(t.today):
			return "Away " + t.clock.Until(leave.Until) + "."
		default:
			return "Away from " + t.clock.Date(leave.From) + "."
		}
	}
	return ""
}

// confirmed says when anybody last said anything: profiles go stale unnoticed.
func (t profileTeller) confirmed(p peopledb.Profile) string {
	var latest skein.Date
	for _, s := range p.Skills {
		if s.ObservedOn.After(latest) {
			latest = s.ObservedOn
		}
	}
	switch yet := !p.CameIn && t.notHere(p.Person) == ""; {
	case latest.IsZero() && yet:
		return "They have not come in yet."
	case latest.IsZero():
		return ""
	case yet:
		return "They have not come in yet: what stands here is from others, or out of a file. The newest word is of " + t.clock.Date(latest) + "."
	case !p.CameIn:
		return "They never came in. The newest word is of " + t.clock.Date(latest) + "."
	}
	return "Last confirmed " + t.clock.Date(latest) + "."
}

// when says how long a lead lasts or lasted.
func (t profileTeller) when(term peopledb.PastTerm) string {
	says := "Since " + t.clock.Date(term.From)
	switch {
	case !term.Until.IsZero():
		says = words.UpperFirst(t.clock.Date(term.From)) + " to " + t.clock.Date(term.Until)
	case !term.EndsOn.IsZero():
		says += ", " + t.clock.Until(term.EndsOn)
	}
	if term.Role == skein.CoLead {
		says += ", as co-lead"
	}
	return says + "."
}

// skills gathers what is said of each skill, in the order of the store: the freshest first.
func (t profileTeller) skills(p peopledb.Profile) []page.PersonSkill {
	var skills []page.PersonSkill
	for from := 0; from < len(p.Skills); {
		to := from + 1
		for to < len(p.Skills) && p.Skills[to].Skill == p.Skills[from].Skill {
			to++
		}
		skills = append(skills, t.skill(p.Skills[from:to]))
		from = to
	}
	return skills
}

func (t profileTeller) skill(said []peopledb.SaidSkill) page.PersonSkill {
	skill := page.PersonSkill{ID: string(said[0].Skill), Name: said[0].Name, Mark: component.Nobody}
	var others, weak []string
	var own string
	var latest, weakest, ran skein.Date
	level := 0
	for _, s := range said {
		// One's own word stands in the sentence, or in the settings; so does what is said once.
		if t.own && s.Kind != skein.Self && (len(said) > 1 || s.Kind == skein.Peer || s.Kind == skein.Outcome || s.Note != "") {
			skill.Says = append(skill.Says, t.line(s))
		}
		if t.expired(s) && s.Kind != skein.Self && s.ExpiresOn.After(ran) {
			ran = s.ExpiresOn
		}
		if s.Hidden || t.expired(s) {
			continue
		}
		switch {
		case s.Kind == skein.Self:
			own = t.ownWord(s)
		case s.AsSelf:
			weak = append(weak, s.GiverName)
			weakest = later(weakest, s.ObservedOn)
		default:
			others = append(others, giver(s))
			level = max(level, s.Level)
			latest = later(latest, s.ObservedOn)
		}
	}
	switch {
	case len(others) > 0:
		skill.Mark = component.Shown
		skill.Words = t.level(level) + ": " + words.Few(others) + ", " + t.clock.Month(latest) + "."
	case len(weak) > 0:
		skill.Mark = component.OnlyYourWord
		skill.Words = "so far only " + words.Few(weak) + ", which counts as one’s own word, " + t.clock.Month(weakest) + "."
	case own != "":
		skill.Mark, skill.Words = component.OnlyYourWord, own
	case !ran.IsZero():
		skill.Words = "ran out " + t.clock.Date(ran) + "."
	default:
		skill.Words = "nothing that counts now."
	}
	return skill
}

func (t profileTeller) expired(s peopledb.SaidSkill) bool {
	return !s.ExpiresOn.IsZero() && s.ExpiresOn.Before(t.today)
}

// level says a level to the person themselves, or of them.
func (t profileTeller) level(level int) string {
	if t.own {
		return skein.LevelsYours[level]
	}
	return skein.Levels[level]
}

// ownWord is what somebody says of themselves, with nobody beside them.
func (t profileTeller) ownWord(s peopledb.SaidSkill) string {
	whose := "their own"
	if t.own {
		whose = "your"
	}
	return t.level(s.Level) + ": only " + whose + " word, " + t.clock.Month(s.ObservedOn) + "."
}

// giver names who or what says so.
func giver(s peopledb.SaidSkill) string {
	switch {
	case s.Kind == skein.Outcome && s.Times == 1:
		return "a piece of work"
	case s.Kind == skein.Outcome:
		return words.Count(s.Times, "piece", "pieces") + " of work"
	case s.Kind == skein.Credential && s.Source != "":
		return s.Source
	case s.Kind == skein.Credential:
		return "a credential"
	case s.GiverName == "":
		return "a colleague"
	}
	return s.GiverName
}

// line is one source's word, which the person themselves may hide when a colleague gave it.
func (t profileTeller) line(s peopledb.SaidSkill) page.SaysLine {
	line := page.SaysLine{Hidden: s.Hidden}
	when := t.clock.Month(s.ObservedOn)
	line.Words = words.Name(words.UpperFirst(giver(s))) + ": " + t.level(s.Level) + ", " + when + "."
	if s.AsSelf {
		line.Words += " Counts as your own word: you share no " + t.word + " or project, or you praised each other about the same time."
	}
	if t.expired(s) {
		line.Words += " Expired " + t.clock.Date(s.ExpiresOn) + "."
	}
	if s.Note != "" {
		line.Note = "“" + words.Name(strings.TrimSpace(s.Note)) + "”"
	}
	if s.Kind != skein.Peer && s.Kind != skein.Outcome {
		return line
	}
	says := " says"
	if s.Kind == skein.Outcome && s.Times != 1 {
		says = " say"
	}
	hide := component.Button{Label: "Hide", Kind: component.Plain, Action: path.SettingsShow, About: "what " + words.Name(giver(s)) + says, Hidden: []component.Hidden{
		{Name: "skill", Value: string(s.Skill)}, {Name: "giver", Value: string(s.Giver)}, {Name: "show", Value: "no"},
	}}
	if s.Kind == skein.Outcome {
		hide.Hidden = append(hide.Hidden, component.Hidden{Name: "work", Value: "yes"})
	}
	if s.Hidden {
		line.Words += " Hidden; it counts for nothing."
		hide.Label, hide.Hidden[2].Value = "Show", "yes"
	}
	line.Hide = &hide
	return line
}
