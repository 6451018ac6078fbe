package view

import (
	"fmt"
	"strings"

	doordb "skein/internal/postgres/door"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/words"
	"skein/web/page"
)

// DemoPeople are the invented people whom anybody may be.
func DemoPeople(found []doordb.DemoPerson) []page.DemoPerson {
	people := make([]page.DemoPerson, len(found))
	for i, p := range found {
		people[i] = page.DemoPerson{ID: string(p.ID), Name: p.Name, Hats: Hats(p.Hats), Says: p.Says}
	}
	return people
}

// Lapses says what of the viewer's own a skip would let lapse.
func Lapses(lapses []leaddb.Lapse, clock words.Clock) string {
	var parts []string
	for _, l := range lapses {
		what := map[string]string{
			"offer":  "you were chosen for %s, and the offer waits for your answer until %s",
			"invite": "you are invited to lead %s, and that waits for your answer until %s",
			"needs":  "you accepted %s, and what it needs has to be settled by %s",
		}[l.Kind]
		parts = append(parts, fmt.Sprintf(what, l.Title, clock.Moment(l.By)))
	}
	return "The clock has not moved: " + strings.Join(parts, "; ") + ". A skip would let it lapse."
}
