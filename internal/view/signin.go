package view

import (
	"cmp"
	"net/url"
	"strings"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// Provider is the organisation's provider of accounts as pages speak of it; nil stands for none.
type Provider struct {
	Name, Issuer string // what people call their account there, "" where nobody said; and the provider's address
	Return       string // where it sends browsers back
	GroupsClaim  string
	TrustsEmail  bool
	Reached      bool
}

// called is what people call their account there.
func (p *Provider) called() string { return cmp.Or(p.Name, "the organisation’s account") }

// OrganisationDoor is the way in by the organisation's account; nil where there is none.
func OrganisationDoor(p *Provider, next string) *page.OrganisationDoor {
	if p == nil {
		return nil
	}
	door := &page.OrganisationDoor{Label: "Sign in with " + p.called(), URL: organisationLink(next)}
	if !p.Reached {
		door.Unreached, door.Label = Unreached, "Try it all the same"
	}
	return door
}

// organisationLink is where a sign-in by the organisation's account begins, and where it leads in the end.
func organisationLink(next string) string {
	if next == "" {
		return path.OrganisationSignIn
	}
	return path.With(path.OrganisationSignIn, url.Values{"next": {next}})
}

// Why somebody who went to the organisation's provider is not signed in.
const (
	Unreached     = "The organisation’s sign-in cannot be reached just now. Skein tries again by itself; so can you, in a minute."
	NotLetThrough = "The organisation’s sign-in did not let you through. Try again, or ask whoever keeps the organisation’s accounts."
	NotBegun      = "This sign-in was not begun in this browser, or it took more than ten minutes, or it was used already. Begin it again."
	NotBelieved   = "What the organisation’s sign-in answered could not be used, so nobody was signed in. Try again. If it happens again, tell whoever operates Skein."
)

// TurnedAway says to somebody whom the provider vouches for why they do not come in, and who can change it.
func TurnedAway(why skein.TurnedAway) string {
	switch why {
	case skein.AwayNoEmail:
		return "The organisation’s sign-in names no e-mail address of yours, so Skein cannot tell who you are here. Whoever keeps the organisation’s accounts can have it named."
	case skein.AwayUnverified:
		return "The organisation’s sign-in does not say that your e-mail address was verified, so Skein does not take it for yours. Have it verified there, and sign in again."
	case skein.AwaySeveral:
		return "Your e-mail address leads to more than one person in Skein. An administrator of Skein can put that right."
	case skein.AwayLeft:
		return "The door is closed to you today. An administrator of Skein can open it."
	case skein.AwayOther:
		return "Whoever has your e-mail address in Skein came in by another of the organisation’s accounts before. The administrators of Skein were told, and can have the other forgotten."
	}
	return "Nobody in Skein has your e-mail address. An administrator of Skein can add you; then sign in again."
}

// ArrivalWays are what somebody can do who does not come in.
func ArrivalWays(next string) []component.NavItem {
	door := path.SignIn
	if next != "" {
		door = path.With(door, url.Values{"next": {next}})
	}
	return []component.NavItem{{Label: "Begin again", URL: organisationLink(next)}, {Label: "The door", URL: door}}
}

// TrustsEmail says what it means that each address is taken as verified; "": it is not.
func TrustsEmail(p *Provider) string {
	if p == nil || !p.TrustsEmail {
		return ""
	}
	return "Each e-mail address that the organisation’s sign-in names is taken as verified: whoever can change theirs there comes in as whoever has that address here. " +
		"Whoever operates Skein can switch that off (SKEIN_OIDC_TRUST_EMAIL)."
}

// SignIns is how people sign in, as administrators set it.
func SignIns(v Viewer, p *Provider, found doordb.SignIns) page.SignIns {
	d := page.SignIns{
		Provider: p != nil, Word: v.Org.CircleWord, Teams: teamOptions(found.Circles), Trusts: TrustsEmail(p),
		Unknown: page.UnknownForm{Unknown: string(found.Rule.Unknown), Version: string(found.Rule.Unknown)},
	}
	d.Says, d.Notes = providerSays(p, found.Linked)
	for _, g := range found.Groups {
		d.Groups = append(d.Groups, groupRow(g))
	}
	now := doordb.Passwords{On: found.Rule.Passwords, Named: found.Named}
	for _, a := range found.Administrators {
		option := component.Option{Value: string(a.ID), Label: words.Name(a.Name)}
		if !a.Password {
			option.Hint = "They have no password now."
		}
		d.Passwords.Administrators = append(d.Passwords.Administrators, option)
	}
	for _, id := range found.Named {
		d.Passwords.Named = append(d.Passwords.Named, string(id))
	}
	d.Passwords.On, d.Passwords.Version = onOff(now.On), now.Version()
	return d
}

// Linked is since when somebody comes by the organisation's account; "": they do not.
func Linked(v Viewer, a skein.Account) string { return day(v.Clock(), a.LinkedAt) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// providerSays is whether there is a provider, and how it stands.
func providerSays(p *Provider, linked int) (says string, notes []string) {
	if p == nil {
		return "People sign in with a password. Whoever operates Skein can connect the organisation’s own accounts (SKEIN_OIDC_ISSUER).", nil
	}
	says = "People can sign in with " + p.called() + ", at " + p.Issuer + "."
	if !p.Reached {
		notes = append(notes, Unreached)
	}
	come := "Nobody has"
	if linked > 0 {
		come = words.UpperFirst(words.Count(linked, "person has", "people have"))
	}
	notes = append(notes, come+" come in by it so far.",
		"It must send browsers back to "+p.Return+", and say in which groups somebody is under “"+p.GroupsClaim+"”.")
	return says, notes
}

// groupRow is one group with the role that it gives.
func groupRow(g doordb.GroupRole) page.GroupRow {
	row := page.GroupRow{
		ID: g.ID, Group: g.Group, Role: Hats([]doordb.NamedHat{{Kind: g.Kind, Circle: g.Circle, Name: words.Name(g.Name)}}),
		Note: "Nobody has it by this group now.",
	}
	if g.People > 0 {
		row.Note = words.UpperFirst(words.Count(g.People, "person has", "people have")) + " it by this group now."
	}
	return row
}

// PasswordsMeanwhile says who comes in by a password where somebody else changed it.
func PasswordsMeanwhile(d page.SignIns) string {
	says := "Somebody else changed it meanwhile. Now everybody who has a password may sign in with it"
	if d.Passwords.On != "on" {
		says = "Somebody else changed it meanwhile. Now only administrators who are named may sign in with a password"
	}
	var names []string
	for _, a := range d.Passwords.Administrators {
		for _, id := range d.Passwords.Named {
			if id == a.Value {
				names = append(names, a.Label)
			}
		}
	}
	if len(names) > 0 {
		says += "; named: " + strings.Join(names, ", ")
	}
	return says + ". Send yours again to put it in its place."
}
