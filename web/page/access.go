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

// PersonAccess is what an administrator sees of one person.
type PersonAccess struct {
	ID         string
	Name       string
	Team       string
	Email      string // with which they sign in; empty without an account
	SignedIn   string // "Monday"; empty: never
	Linked     string // since when they come by the organisation's account; empty: they do not
	ByPassword bool   // a password opens the door for them, or would
	Refused    string // that a mail server refused their address; empty: none did
	Left       string // since when the door is closed; empty: it is open
	Invited    string // until when a link of theirs is good; empty: none is
	Hats       []AccessHat
	Holds      []AccessHolding
	Attributes []component.Pair
	Teams      []component.Option
	Word       string // what the organisation calls a circle
	Link       string // a link just made, shown this once
	LinkUntil  string
	Wrong      Wrong
	Kind, Of   string // the hat that was typed
	TypedName  string
	TypedEmail string // the address to sign in with, as typed
	ReadEmail  string // that one as it was read
	ReadName   string // the name as it was read
	Anyway     bool   // somebody has the name that was typed
	Kept       MendForm
}

// MendForm is what is kept of somebody beside their name, as it is or was typed.
type MendForm struct {
	Circle, Hours, From, Until, Manager string
	Version                             string
	Wrong                               Wrong
}

// Links are links for many, shown this once.
type Links struct {
	Title string
	Org   string
	Until string
	Slips []Slip
	Left  string // who has none, in a sentence; empty: nobody was left out
	Back  string
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
	Title, URL, Says, Goes string
}

// AccessHat is one hat.
type AccessHat struct {
	Says   string
	Kind   string
	Circle string
	Group  string // by which they have it; empty where somebody gave it
}

// AccessHolding is one place that they hold.
type AccessHolding struct {
	Title string
	URL   string
	Says  string
}

// state says in a sentence whether they can come in.
func (p PersonAccess) state() string {
	switch {
	case p.Left != "":
		return "The door is closed to " + words.FirstName(p.Name) + " since " + p.Left + "."
	case p.Email == "" && p.Invited != "":
		return "A link is on its way, good until " + p.Invited + "."
	case p.Email == "":
		return words.FirstName(p.Name) + " has no account yet."
	case p.SignedIn == "":
		return "Signs in as " + p.Email + ", and has not done so yet."
	}
	return "Signs in as " + p.Email + ", last on " + p.SignedIn + "."
}

func (p PersonAccess) notes() []string {
	if p.Team == "" {
		return nil
	}
	return []string{p.Team}
}

func (p PersonAccess) addressLabel() string {
	if p.Email == "" {
		return "E-mail address, which they are offered to sign in with"
	}
	return "Address to sign in with"
}

// ways lead to what else is known or can be done of them.
func (p PersonAccess) ways() []component.NavItem {
	first := words.FirstName(p.Name)
	return []component.NavItem{
		{Label: "As colleagues see " + first, URL: path.Person(p.ID)},
		{Label: "What " + first + " did", URL: p.log()},
		{Label: first + " is here twice", URL: path.MergePerson(p.ID)},
		{Label: "Change the id", URL: path.ChangeID(p.ID)},
	}
}

func (p PersonAccess) log() string {
	return path.With(path.AdminAudit, url.Values{"who": {p.ID}})
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
