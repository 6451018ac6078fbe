package page

import (
	"net/url"

	"skein/internal/words"
	"skein/web/component"
	"skein/web/path"
)

// PersonAccess is what an administrator sees of one person.
type PersonAccess struct {
	ID         string
	Name       string
	Team       string
	Email      string // with which they sign in; empty without an account
	Files      string // the address that files have for them, where it is another; empty: it is not
	SignedIn   string // "Monday"; empty: never
	Linked     string // since when they come by the organisation's account; empty: they do not
	ByPassword bool   // a password opens the door for them, or would
	Refused    string // that a mail server refused their address; empty: none did
	Erased     string // that nothing is left of them; empty: they were not erased
	Erasure    string // whether they asked to be erased, or may be; empty: neither
	Left       string // since when the door is closed; empty: it is open
	Invited    string // until when a link of theirs is good; empty: none is
	Mailed     bool   // it was mailed
	Mails      bool   // a link can be mailed to them,
	MailTo     string // and where
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
	case p.Email == "" && p.Invited != "" && p.Mailed:
		return "An invitation was mailed to " + words.FirstName(p.Name) + ", good until " + p.Invited + "."
	case p.Email == "" && p.Invited != "":
		return "A link is on its way, good until " + p.Invited + "."
	case p.Email == "":
		return words.FirstName(p.Name) + " has no account yet."
	case p.SignedIn == "":
		return "Signs in as " + p.Email + ", and has not done so yet." + p.otherAddress()
	}
	return "Signs in as " + p.Email + ", last on " + p.SignedIn + "." + p.otherAddress()
}

// otherAddress says that files have another address for them.
func (p PersonAccess) otherAddress() string {
	if p.Files == "" {
		return ""
	}
	return " Files have another address for them, " + p.Files + "."
}

// linkNote says how a link reaches them.
func (p PersonAccess) linkNote() string {
	switch {
	case p.Mails && p.Email == "":
		return "It goes to " + p.MailTo + ". A link made before stops working."
	case p.Mails:
		return "For somebody who lost theirs. It goes to " + p.MailTo + ", and nobody else sees it. A link made before stops working."
	case p.Email == "":
		return "A link made before stops working."
	}
	return "For somebody who lost theirs. A link made before stops working."
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
