package view

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	doordb "skein/internal/postgres/door"
	leaddb "skein/internal/postgres/lead"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// PersonAccess is one person as an administrator sees them, with all that they openly hold.
func PersonAccess(v Viewer, found doordb.PersonAccess, holds []leaddb.Hold) page.PersonAccess {
	clock := v.Clock()
	p := page.PersonAccess{
		ID: string(found.ID), Name: found.Name, Team: found.Circle, Email: found.Email,
		SignedIn: day(clock, found.SignedInAt), Linked: day(clock, found.LinkedAt), ByPassword: found.ByPassword, Left: day(clock, found.Deactivated), Invited: day(clock, found.InvitedTo),
		TypedName: found.Name, ReadName: found.Name, TypedEmail: found.Email, ReadEmail: found.Email, Word: v.Org.CircleWord, Attributes: attributes(found.Attributes),
	}
	if found.RefusedAt != nil {
		p.Refused = "The mail server refused " + found.Email + " on " + clock.Date(found.RefusedAt.In(clock.Zone)) + ": “" + found.Refused +
			"” Nothing but mail about how they sign in is sent there for a week from then; then it is tried again. Change the address where it is wrong."
	}
	if found.LinkRefused != "" {
		p.Refused = "The mail server would not have the link: “" + found.LinkRefused + "” Change the address where it is wrong, and send another."
	}
	p.Mails, p.Mailed = v.Org.Mails && cmp.Or(found.Email, found.OwnEmail) != "", found.Mailed
	p.MailTo = cmp.Or(found.Email, found.OwnEmail)
	for _, hat := range found.Hats {
		p.Hats = append(p.Hats, page.AccessHat{
			Says: Hats([]doordb.NamedHat{hat}), Kind: string(hat.Kind), Circle: string(hat.Circle), Group: hat.Group,
		})
	}
	for _, h := range holds {
		row := held(v, h)
		row.Says += heldBeyond(v, h, found.Until)
		p.Holds = append(p.Holds, row)
	}
	p.Teams = teamOptions(found.Circles)
	p.Kept = page.MendForm{
		Circle: string(found.CircleID), Hours: hoursTyped(found.Hours), From: dayTyped(found.From), Until: dayTyped(found.Until),
		Manager: found.Manager.Name, Version: found.Person().KeptVersion(),
	}
	if p.Email != "" && !strings.EqualFold(p.Email, found.OwnEmail) {
		p.Files = found.OwnEmail
	}
	if p.Email == "" {
		p.TypedEmail, p.ReadEmail = found.OwnEmail, cmp.Or(found.OwnEmail, doordb.NoEmail)
	}
	tellErasure(v, &p, found)
	return p
}

// hoursTyped is hours as a field holds them.
func hoursTyped(hours *float64) string {
	if hours == nil {
		return ""
	}
	return strconv.FormatFloat(*hours, 'f', -1, 64)
}

// dayTyped is a day as a field holds it.
func dayTyped(day skein.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// KeptMeanwhile says what is kept of somebody, where it was changed after it was read.
func KeptMeanwhile(p page.PersonAccess) string {
	none := func(says string) string { return cmp.Or(says, "none") }
	return "Somebody else changed this meanwhile. Now it is: " + p.Word + " " + none(p.Team) + ", hours " + none(p.Kept.Hours) +
		", first day " + none(p.Kept.From) + ", last day " + none(p.Kept.Until) + ", hours decided by " + cmp.Or(p.Kept.Manager, "nobody") +
		". Send yours again to put it in its place."
}

// day says the day of a moment that may not have been.
func day(clock words.Clock, at *time.Time) string {
	if at == nil {
		return ""
	}
	return clock.Date(at.In(clock.Zone))
}

// attributes are an import's own columns, by name.
func attributes(all map[string]any) []component.Pair {
	var pairs []component.Pair
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name == "demo" || name == "demo_place" {
			continue // a demo's own, from no import
		}
		answer, ok := all[name].(string)
		if !ok {
			text, err := json.Marshal(all[name])
			if err != nil {
				continue // what came from JSON goes back to it
			}
			answer = string(text)
		}
		pairs = append(pairs, component.Pair{What: name, Answer: answer})
	}
	return pairs
}

// Access is a page of the list of people.
func Access(v Viewer, q doordb.AccessQuery, found doordb.AccessList) page.Access {
	clock := v.Clock()
	a := page.Access{
		Words: q.Words, Show: q.Show, Circle: string(q.Circle), First: q.AfterName == "", Word: v.Org.CircleWord,
		Mails: v.Org.Mails, Teams: teamOptions(found.Circles), Without: found.Without, Read: v.Now.Format(time.RFC3339Nano),
	}
	if len(found.People) > q.Limit {
		found.People = found.People[:q.Limit]
		last := found.People[q.Limit-1]
		a.Next = path.With(path.AdminPeople, url.Values{
			"q": {a.Words}, "show": {a.Show}, "circle": {a.Circle}, "after": {last.SortName}, "id": {string(last.ID)},
		})
	}
	for _, p := range found.People {
		a.People = append(a.People, page.AccessPerson{
			ID: string(p.ID), Name: p.Name, Hats: Hats(p.Hats), Team: p.Circle, Email: p.Email, Left: p.Deactivated != nil, LastDay: lastDayOf(clock, p.LastDay),
			Invited: day(clock, p.InvitedTo), MayBeGiven: p.MayBeGiven,
		})
	}
	return a
}

func lastDayOf(clock words.Clock, day skein.Date) string {
	if day.IsZero() {
		return ""
	}
	return clock.Date(day)
}

func teamOptions(circles []skein.Circle) []component.Option {
	var options []component.Option
	for _, circle := range circles {
		options = append(options, component.Option{Value: string(circle.ID), Label: circle.Name})
	}
	return options
}

// Namesake asks whether somebody new of a name is really somebody else; "" where nobody has it.
func Namesake(found []peopledb.NamedPerson) string {
	switch len(found) {
	case 0:
		return ""
	case 1:
		return withCircle(found[0]) + " has this name, or had it. If this is somebody else, say so and send it again."
	}
	return words.UpperFirst(words.Count(len(found), "person has", "people have")) + " this name, or had it. If this is somebody else, say so and send it again."
}

// NobodyInvited is said where no link was made; left is how many were chosen.
func NobodyInvited(left int) string {
	if left > 0 {
		return "No link was made: whom you chose came in, left, or got a link from somebody else meanwhile."
	}
	return "No link was made: choose somebody who has no account yet."
}

// Mailed says that links are on their way by mail, to all for whom they were made.
func Mailed(made []doordb.Invited, left int) string {
	says := words.UpperFirst(words.Count(len(made), "invitation is", "invitations are")) + " on the way by mail."
	if len(made) == doordb.MostInvited {
		return says + " These are the first " + words.Figure(doordb.MostInvited) + ". Invite the next."
	}
	if left > 0 {
		says += " " + words.UpperFirst(words.Count(left, "other has", "others have")) + " none: they came in, left, or got one from somebody else meanwhile."
	}
	return says
}

// Links are the links that were made at once.
func Links(v Viewer, made []doordb.Invited, left int, link func(skein.PersonID) string) page.Links {
	d := page.Links{Until: v.Clock().Date(v.Now.Add(skein.InvitationLife)), Org: v.Org.Name}
	for _, p := range made {
		if p.To == "" {
			d.Slips = append(d.Slips, page.Slip{Name: p.Name, Team: p.Circle, Link: link(p.ID)})
		}
	}
	d.Title = "Links for " + words.Count(len(d.Slips), "person", "people")
	if mailed := len(made) - len(d.Slips); mailed > 0 {
		d.Mailed = "No address is known of these. " + words.UpperFirst(words.Count(mailed, "other gets theirs", "others get theirs")) + " by mail."
	}
	if left > 0 {
		d.Left = words.UpperFirst(words.Count(left, "other has", "others have")) + " none: they came in, left, or got one from somebody else meanwhile."
	}
	if len(made) == doordb.MostInvited {
		d.Left = "These are the first " + words.Figure(doordb.MostInvited) + ". Go back and make links for the next."
	}
	return d
}
