package view

import (
	"skein/internal/skein"
	"skein/internal/words"
)

// comingSays says of somebody who accepted a lead, as far as everybody knows, that they have not begun: on the day
// on which they do, where one is set.
func comingSays(clock words.Clock, name string, on skein.Date) string {
	if !on.IsZero() {
		return words.Name(name) + " begins on " + clock.Date(on)
	}
	return words.Name(name) + " was chosen, and begins when what the lead needs is settled"
}
