package page

import (
	"net/url"
	"slices"

	"skein/internal/words"
	"skein/web/component"
	"skein/web/path"
)

// Access is the list of who may come in.
type Access struct {
	Words  string
	Show   string
	Circle string // in which team
	Teams  []component.Option
	People []AccessPerson
	Next   string // address of the next page; empty on the last
	First  bool   // nothing comes before
	// Without is how many of all whom the list finds have neither an account nor a good link.
	Without int
	Read    string // when it was read
	Form    NewPersonForm
	Zone    ZoneForm
	Word    string // what the organisation calls a circle
	Mails   bool   // links go out by mail
}

// ZoneForm is the organisation's time zone, as it is or was typed.
type ZoneForm struct {
	Zone, Wrong string
	Version     string // the zone that was read
}

// AccessPerson is one line of the list.
type AccessPerson struct {
	ID    string
	Name  string
	Hats  string // "executive, steward of Leaks"
	Team  string
	Email string // with which they sign in; empty without an account
	Left  bool
	// LastDay is the last day of theirs that has passed: "30 June"; empty: none has.
	LastDay string
	// Invited is until when a link of theirs is good; MayBeGiven tells whether they may get one here.
	Invited    string
	MayBeGiven bool
}

// NewPersonForm adds somebody.
type NewPersonForm struct {
	Name   string
	Email  string
	Circle string
	Anyway bool // somebody has the name: whether it is somebody else is asked
	Wrong  Wrong
}

// whom lists what the list can be narrowed to.
var whom = []component.Option{
	{Value: "", Label: "everybody"},
	{Value: "hats", Label: "those with a role"},
	{Value: "administrator", Label: "administrators"},
	{Value: "executive", Label: "executives"},
	{Value: "steward", Label: "stewards"},
	{Value: "without", Label: "those without an account"},
	{Value: "invited", Label: "those with a link in hand"},
	{Value: "refused", Label: "those whose address was refused"},
	{Value: "left", Label: "those who left"},
}

// WhomKnown tells whether the list can be narrowed to that.
func WhomKnown(show string) bool {
	return slices.ContainsFunc(whom, func(o component.Option) bool { return o.Value == show })
}

func (a Access) sentence() component.Sentence {
	teams := append([]component.Option{{Value: "", Label: "any " + a.Word}}, a.Teams...)
	return component.Sentence{
		Action: path.AdminPeople,
		Phrases: []component.Phrase{
			{Words: "People: "},
			{Choice: &component.Choice{Name: "show", Label: "Who", Options: whom, Value: a.Show}},
			{Words: " in "},
			{Choice: &component.Choice{Name: "circle", Label: words.UpperFirst(a.Word), Options: teams, Value: a.Circle, After: "."}},
		},
		Hidden: []component.Hidden{{Name: "q", Value: a.Words}},
	}
}

func (a Access) everybody() string {
	return path.With(path.AdminPeople, url.Values{"show": {a.Show}, "circle": {a.Circle}})
}

// anyToInvite tells whether somebody on this page may be given a link, or on the next.
func (a Access) anyToInvite() bool {
	return a.Without > 0 || slices.ContainsFunc(a.People, func(p AccessPerson) bool { return p.MayBeGiven })
}

// invite is what the button is called that makes links.
func (a Access) invite() string {
	if a.Mails {
		return "Invite them"
	}
	return "Make links"
}

// how says how links reach people.
func (a Access) how() string {
	if a.Mails {
		return "Each gets a mail with a link; of whom no address is known you get the links, on a page to print. A link works once, for a week; whoever has it comes in as the person whose it is. One made before stops working."
	}
	return "Each link is shown once, on a page to print. It works once, for a week; whoever has it comes in as the person whose it is. A link made before stops working."
}

// newcomer is what the button is called that lets somebody new in.
func (a Access) newcomer() string {
	if a.Mails {
		return "Add and invite them"
	}
	return "Make their link"
}

// allWithout is the button for all whom the list finds and who have no link yet.
func (a Access) allWithout() string {
	if a.Without == 1 {
		return "For the one without an account or a link"
	}
	return "For all " + words.Number(a.Without) + " without an account or a link"
}

// addKind is how the button of the form for somebody new looks: one button of a page is filled.
func (a Access) addKind() component.Kind {
	if a.anyToInvite() {
		return component.Outlined
	}
	return component.Filled
}

// line is what is said below a name.
func (p AccessPerson) line() string {
	says := p.Email
	switch {
	case p.Left:
		says = "The door is closed to them."
	case p.LastDay != "":
		says = "Their last day was " + p.LastDay + "."
	case says == "" && p.Invited != "":
		says = "No account yet; a link is good until " + p.Invited + "."
	case says == "":
		says = "No account yet."
	}
	if p.Team != "" {
		says = words.Name(p.Team) + ". " + says
	}
	return says
}

// Links are links for many, shown this once.
type Links struct {
	Title string
	Org   string
	Until string
	Slips []Slip
	Left  string // who has none, in a sentence; empty: nobody was left out
	// Mailed says that others get theirs by mail; empty: nobody does.
	Mailed string
	Back   string
}

// Slip is one person's link.
type Slip struct {
	Name, Team, Link string
}

// Closing is what somebody holds, before the door is closed to them.
type Closing struct {
	ID, Name  string
	Statement string
	Says      []string // what follows in any case
	Holds     []ClosingRow
}

// ClosingRow is one thing that they hold, and where it goes.
type ClosingRow struct {
	AccessHolding
	Goes string
}

// hatKinds are the hats that can be given.
func hatKinds(word string) []component.Option {
	return []component.Option{
		{Value: "steward", Label: "steward", Hint: "Coaches, unblocks and checks picks in one " + word + " and those within it."},
		{Value: "executive", Label: "executive", Hint: "Sets vision, priorities and guardrails. Appoints nobody."},
		{Value: "administrator", Label: "administrator", Hint: "Lets people in, gives roles, reads the log."},
	}
}

func (s Slip) of() string {
	if s.Team == "" {
		return ""
	}
	return ", " + words.Name(s.Team)
}
