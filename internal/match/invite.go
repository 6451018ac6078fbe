package match

import (
	"slices"

	"skein/internal/skein"
)

// Invite lists whom to ask when nobody claimed: the next band of people who may take the lead, who
// are not away and were not asked yet. Ready people come first; a stretch is asked only when no
// ready person is left.
func Invite(q Query, ranked []Ranked, people []Candidate, asked []skein.PersonID) []Ranked {
	away := make(map[skein.PersonID]bool)
	for _, c := range people {
		away[c.Person] = c.Away(q.AsOf)
	}
	for _, z := range []Zone{Ready, Stretch} {
		var band []Ranked
		for _, r := range ranked {
			if r.Zone != z || !r.Open() || away[r.Person] || slices.Contains(asked, r.Person) {
				continue
			}
			if len(band) > 0 && r.Band != band[0].Band {
				break
			}
			band = append(band, r)
		}
		if len(band) > 0 {
			return band
		}
	}
	return nil
}

// NewGround lists the ready people who may take the lead and have never led anything, in their
// order, so that they are seen.
func NewGround(ranked []Ranked) []Ranked {
	var out []Ranked
	for _, r := range ranked {
		if r.Zone == Ready && r.NeverLed && r.Open() {
			out = append(out, r)
		}
	}
	return out
}
