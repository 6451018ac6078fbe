package view

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// PersonAccess is one person as an administrator sees them.
func PersonAccess(v Viewer, found doordb.PersonAccess) page.PersonAccess {
	clock := v.Clock()
	p := page.PersonAccess{
		ID: string(found.ID), Name: found.Name, Team: found.Circle, Email: found.Email,
		SignedIn: day(clock, found.SignedInAt), Left: day(clock, found.Deactivated), Invited: day(clock, found.InvitedTo),
		TypedName: found.Name, ReadName: found.Name, TypedEmail: found.Email, ReadEmail: found.Email, Word: v.Org.CircleWord, Attributes: attributes(found.Attributes),
	}
	for _, hat := range found.Hats {
		p.Hats = append(p.Hats, page.AccessHat{
			Says: Hats([]doordb.NamedHat{hat}), Kind: string(hat.Kind), Circle: string(hat.Circle),
		})
	}
	for _, h := range found.Holds {
		p.Holds = append(p.Holds, page.AccessHolding{Title: h.Title, URL: path.Project(string(h.Project)), Says: holding(clock, h)})
	}
	for _, circle := range found.Circles {
		p.Teams = append(p.Teams, component.Option{Value: string(circle.ID), Label: circle.Name})
	}
	return p
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

// Access is a page of the list of those who may come in.
func Access(found []doordb.AccessRow) []page.AccessPerson {
	people := make([]page.AccessPerson, len(found))
	for i, p := range found {
		people[i] = page.AccessPerson{
			ID: string(p.ID), Name: p.Name, Hats: Hats(p.Hats), Team: p.Circle, Email: p.Email, Left: p.Deactivated != nil,
		}
	}
	return people
}
