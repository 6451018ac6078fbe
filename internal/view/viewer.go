package view

import (
	"slices"
	"strings"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/words"
)

// Viewer is who looks. Every handler has one; the zero Person is somebody not signed in.
type Viewer struct {
	Person skein.Person
	Hats   []skein.Hat
	Org    skein.Organisation
	// Now is the time that all pages and moves of this request go by: the clock on the wall, and in
	// a demo what it was moved ahead, said in the organisation's zone.
	Now time.Time
	// Demo is true where anybody may be one of the invented people.
	Demo bool
	// Owes is what is demanded of the viewer before they do anything else.
	Owes Owes
	// Unread counts the notices that the viewer has not seen.
	Unread int
	// Stewards are the circles that the viewer is a steward of, those within them included.
	Stewards []skein.CircleID
}

// Owes is what is demanded of somebody before they do anything else.
type Owes string

// What may be.
const (
	OwesNothing Owes = ""
	OwesPasskey Owes = "passkey" // they have none that answers here, and must add one
	OwesStep    Owes = "step"    // they did not show theirs in this session
)

// SignedIn tells whether somebody is signed in.
func (v Viewer) SignedIn() bool { return v.Person.ID != "" }

// By is the viewer as the actor of a write, now.
func (v Viewer) By() skein.By { return skein.NewBy(v.Person.ID, v.Now, v.Org.Location()) }

// Today is the day it is where the organisation is.
func (v Viewer) Today() skein.Date { return skein.Day(v.Now) }

// Is tells whether the viewer has a hat of that kind. Everybody signed in is staff.
func (v Viewer) Is(kind skein.HatKind) bool {
	if kind == skein.Staff {
		return v.SignedIn()
	}
	return slices.ContainsFunc(v.Hats, func(h skein.Hat) bool { return h.Kind == kind })
}

// StewardOf tells whether the viewer is a steward of that circle, or of one that it lies in.
func (v Viewer) StewardOf(circle skein.CircleID) bool {
	return circle != "" && slices.Contains(v.Stewards, circle)
}

// MayTurn tells whether the viewer chooses how leads rotate in a circle.
func (v Viewer) MayTurn(circle skein.CircleID) bool {
	return v.StewardOf(circle) || v.Is(skein.Administrator)
}

// Clock says dates and moments as seen by the viewer: moments by their own clocks, days by the organisation's.
func (v Viewer) Clock() words.Clock { return v.ClockAt(v.Now) }

// ClockAt is Clock at another moment, such as the time on the wall in a demo.
func (v Viewer) ClockAt(now time.Time) words.Clock {
	home := v.Now.Location()
	return words.Clock{Now: now, Zone: skein.ZoneOr(v.Person.TimeZone, home), Home: home}
}

// Hats says what hats somebody wears: "executive, steward of Network".
func Hats(hats []doordb.NamedHat) string {
	worn := make([]string, len(hats))
	for i, hat := range hats {
		worn[i] = hat.Kind.Words()
		if hat.Name != "" {
			worn[i] += " of " + words.Name(hat.Name)
		}
	}
	return strings.Join(worn, ", ")
}

// TeamWord is what the organisation calls a circle, or several of them.
func (v Viewer) TeamWord(n int) string {
	if n == 1 {
		return v.Org.CircleWord
	}
	return v.Org.Circles()
}
