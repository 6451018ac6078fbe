package view

import (
	"fmt"
	"strings"

	"skein/internal/match"
	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// circleView puts a circle into words for one viewer.
type circleView struct {
	Viewer
	c     gameboarddb.CirclePage
	trust match.TrustTable
}

// Circle is the page of a circle; trust is the table of the matching that holds now.
func Circle(v Viewer, c gameboarddb.CirclePage, trust match.TrustTable) page.CircleData {
	return circleView{Viewer: v, c: c, trust: trust}.data()
}

func (x circleView) data() page.CircleData {
	c := x.c
	d := page.CircleData{
		ID: string(c.ID), Name: c.Name, Purpose: words.EndSentence(c.Purpose), Word: x.Org.CircleWord, Stewards: x.stewardWords(),
		People: words.UpperFirst(words.Count(c.People, "person", "people")), Turns: x.turnsWords(), Effect: x.effect(), Strength: x.strength(),
	}
	for i := len(c.Above) - 1; i >= 0; i-- {
		d.Above = append(d.Above, teamLink(c.Above[i]))
	}
	for _, one := range c.Within {
		d.Within = append(d.Within, page.CircleLine{NavItem: teamLink(one), Purpose: words.EndSentence(one.Purpose)})
	}
	for _, lead := range c.Leads {
		line := leadLine(lead, x.Clock())
		if lead.Further {
			line.Purpose += " This " + x.Org.CircleWord + " moves with it."
		}
		d.Leads = append(d.Leads, line)
	}
	if more := c.AllLeads - len(c.Leads); more > 0 {
		d.MoreLeads = "And " + words.Count(more, "more lead", "more leads") + "."
	}
	if x.MayTurn(c.ID) {
		d.Form = x.form()
	}
	return d
}

func teamLink(c skein.Circle) component.NavItem {
	return component.NavItem{Label: c.Name, URL: path.Team(string(c.ID))}
}

func leadLine(lead gameboarddb.CircleLead, clock words.Clock) page.CircleLine {
	line := page.CircleLine{NavItem: component.NavItem{Label: lead.Title, URL: path.Project(string(lead.ID))}}
	switch {
	case lead.Coming != "" && lead.Lead == "":
		line.Bird, line.Purpose = component.Vacant, comingSays(clock, lead.Coming, lead.ComingOn)+"."
	case lead.State == skein.OpenForLead:
		line.Bird, line.Purpose = component.Vacant, "Nobody leads it yet."
	case lead.State.Seeks():
		line.Bird, line.Purpose = component.Led, words.Name(lead.Lead)+" leads it until somebody takes over."
	case lead.Reconsidered:
		line.Bird, line.Purpose = component.Reconsidered, words.Name(lead.Lead)+" leads it. It is being reconsidered."
	default:
		line.Bird, line.Purpose = component.Led, words.Name(lead.Lead)+" leads it."
	}
	return line
}

// stewardWords names the nearest stewards: its own, else those of what it lies in.
func (x circleView) stewardWords() string {
	var names []string
	var of skein.CircleID
	for _, s := range x.c.Stewards {
		if len(names) == 0 || s.Circle == of {
			names, of = append(names, s.Name), s.Circle
		}
	}
	switch {
	case len(names) == 0:
		return "It has no steward."
	case of != x.c.ID:
		return words.List(names) + ", " + words.Plural(len(names), "steward") + " of " + x.name(of) + ", looks after it."
	}
	return itsStewards(len(names)) + words.List(names) + "."
}

// name is the name of a circle above.
func (x circleView) name(id skein.CircleID) string {
	for _, c := range x.c.Above {
		if c.ID == id {
			return words.Name(c.Name)
		}
	}
	return words.Name(x.c.Name)
}

// rotates says, as the beginning of a sentence, how leads rotate somewhere.
var rotates = map[skein.Turns]string{
	skein.TakeTurns:    "Leads in %s take turns",
	skein.NoDifference: "Who led before makes no difference in %s",
	skein.StayWith:     "Leads in %s stay with those who know the area",
}

// turnsWords says how leads rotate here and where that comes from.
func (x circleView) turnsWords() string {
	rotation, from := x.c.Rotation()
	says := fmt.Sprintf(rotates[skein.TurnsOf(&rotation)], words.Name(x.c.Name))
	switch {
	case from == "" && rotation != 0:
		return says + ", as everywhere that nobody chose otherwise."
	case from == "":
		return says + ": nobody has set how leads rotate."
	case from == x.c.ID:
		return says + ": it is set for this " + x.Org.CircleWord + "."
	case from == x.c.Parent:
		return says + ", as in " + x.name(from) + ", the " + x.Org.CircleWord + " above."
	}
	return says + ", as in " + x.name(from) + ", further up."
}

// effect says what that does to people, and what it never does.
func (x circleView) effect() []string {
	rotation, _ := x.c.Rotation()
	half := " for a while; half of that is gone after " + words.Days(int(x.trust.TurnHalfLifeDays)) + "."
	var says []string
	switch skein.TurnsOf(&rotation) {
	case skein.TakeTurns:
		says = append(says, "Whoever led such work lately comes later"+half+" It never changes how well anybody fits, nor who may claim.")
	case skein.StayWith:
		says = append(says, "Whoever led such work lately comes earlier"+half+" It never changes how well anybody fits. "+x.mostTerms())
	default:
		says = append(says, "Among people who fit equally, whoever leads fewest now comes first, then whoever has not led for longest.")
	}
	if !x.c.Matching() {
		says = append(says, "Nobody is compared here: somebody who has no part in it reads what is written and decides.")
	}
	return says
}

// mostTerms is the one thing about who may claim that depends on the rotation.
func (x circleView) mostTerms() string {
	return "Nobody leads the same project for more than " + words.Count(x.trust.MostTermsRunning, "term", "terms") + " running."
}

// strength says how strong a rotation is that is not as strong as people choose it.
func (x circleView) strength() string {
	rotation, _ := x.c.Rotation()
	usual := skein.TurnsOf(&rotation).Usual()
	if rotation == usual {
		return ""
	}
	return "How much it moves people was worked out from earlier leads: " + words.Decimal(max(rotation, -rotation)) +
		" instead of the usual " + words.Decimal(max(usual, -usual)) + ". That stays until something else is chosen."
}

func (x circleView) form() *page.TurnsForm {
	f := &page.TurnsForm{Options: []component.Option{
		{Value: string(skein.TakeTurns), Label: "Take turns", Hint: "Whoever led such work lately comes later for a while."},
		{Value: string(skein.NoDifference), Label: "No difference", Hint: "Whoever led such work lately comes neither later nor earlier."},
		{
			Value: string(skein.StayWith), Label: "Leads stay with those who know the area",
			Hint: "Whoever led such work lately comes earlier for a while. " + x.mostTerms(),
		},
	}}
	above := component.Option{Value: string(skein.AsAbove), Label: "As everywhere that nobody chose otherwise", Hint: x.anywhereWords()}
	if len(x.c.Above) > 0 {
		above.Label, above.Hint = "As the "+x.Org.CircleWord+" above", x.aboveWords()
	}
	f.Options, f.Chosen = append(f.Options, above), string(skein.TurnsOf(x.c.Circle.Rotation))
	f.Version = x.c.Circle.Version()
	return f
}

// TurnsMeanwhile keeps what was chosen in a circle whose form somebody else was quicker to send, and says
// what stands now.
func TurnsMeanwhile(f *page.TurnsForm, chosen string) {
	f.Wrong = "Somebody else chose meanwhile. Now it is “" + labelOf(f.Options, f.Chosen) + "”. Save again to put yours in its place."
	f.Chosen = chosen
}

// anywhereWords says how leads rotate where nobody chose.
func (x circleView) anywhereWords() string {
	return "Now: " + turned[skein.TurnsOf(&x.c.Anywhere)] + "."
}

// aboveWords says how leads rotate in the circle above, now.
func (x circleView) aboveWords() string {
	above := circleView{Viewer: x.Viewer, c: gameboarddb.CirclePage{Circle: x.c.Above[0], Above: x.c.Above[1:], Anywhere: x.c.Anywhere}}
	rotation, _ := above.c.Rotation()
	return "Now: " + words.LowerFirst(fmt.Sprintf(rotates[skein.TurnsOf(&rotation)], above.c.Name)) + "."
}

// turned says a rotation as the log does.
var turned = map[skein.Turns]string{
	skein.TakeTurns: "take turns", skein.NoDifference: "no difference", skein.StayWith: "stay with those who know the area",
	skein.AsAbove: "not set here",
}

// turnedWords says what the log holds of a circle whose leads rotate in another way: "take turns
// (0.8); before: not set here".
func turnedWords(details map[string]any) string {
	say := func(value any) string {
		rotation, set := value.(float64)
		if !set {
			return turned[skein.AsAbove]
		}
		t := skein.TurnsOf(&rotation)
		if rotation == t.Usual() {
			return turned[t]
		}
		return turned[t] + " (" + words.Decimal(max(rotation, -rotation)) + ")"
	}
	var words []string
	if now, told := details["rotation"]; told {
		words = append(words, say(now))
	}
	if was, told := details["was"]; told {
		words = append(words, "before: "+say(was))
	}
	return strings.Join(words, "; ")
}
