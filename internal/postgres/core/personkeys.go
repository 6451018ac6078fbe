package core

import (
	"slices"
	"strings"

	"skein/internal/skein"
)

// errSomebodyElse is for a move that was about somebody who got another id, became one with somebody else or was erased
// while it was under way.
var errSomebodyElse = skein.Conflict{Why: "Somebody whom this concerns is not known by that id any more. Open the page again."}

// personColumns are the names of columns that refer to a person, besides those that say who did it: given_by. The names of
// constraints end in them. A test holds that these are all.
var personColumns = []string{
	"person_id", "asked_of", "coach_id", "for_id", "owner_id", "steward_id", "subject_id", "who_id", "writer_id",
}

// isPersonKey tells whether a row names a person by a constraint of that name. One that is broken says the same of each,
// but for those that have words of their own in broken.
func isPersonKey(constraint string) bool {
	column, key := strings.CutSuffix(constraint, "_fkey")
	return key && (strings.HasSuffix(column, "_by") ||
		slices.ContainsFunc(personColumns, func(name string) bool { return strings.HasSuffix(column, "_"+name) }))
}
