package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
)

// arrival is how whether something has arrived is said of one kind: on the buttons, and as what was said.
type arrival struct{ arrived, missing, isHere, isMissing string }

// arrivals are those of which "it" is not said: people, and what is no thing, do not arrive.
var arrivals = map[skein.NeedKind]arrival{
	skein.NeedHours:   {"I have the hours", "I do not have the hours", "The hours are there.", "The hours are missing."},
	skein.NeedBudget:  {"The money is there", "The money is missing", "The money is there.", "The money is missing."},
	skein.NeedPeople:  {"They have come", "They have not come", "They have come.", "They have not come."},
	skein.NeedCoach:   {"Coaching has started", "Coaching has not started", "Coaching has started.", "Coaching has not started."},
	skein.NeedSponsor: {"The sponsor is there", "The sponsor is missing", "The sponsor is there.", "The sponsor is missing."},
	skein.NeedTools:   {"It has arrived", "It is missing", "It has arrived.", "It is missing."},
}

// arrivalOf says it of a need; of a coach who was named, by name.
func arrivalOf(n leaddb.NeedShown) arrival {
	a := arrivals[n.Kind]
	if n.Kind == skein.NeedCoach && n.Claim != "" && n.AskedOfName != "" {
		a.isHere = words.FirstName(n.AskedOfName) + " has started coaching."
		a.isMissing = words.FirstName(n.AskedOfName) + " has not started coaching."
	}
	return a
}
