package view

import (
	"net/url"
	"slices"

	"skein/internal/board"
)

// Asks is what the address asks of the board; what it does not know is left out.
type Asks map[string]string

// with is the address's query with one more or another value, and without the page it was on.
func (a Asks) with(name, value string) url.Values {
	values := url.Values{}
	for key, had := range a {
		if key != "after" && key != "why" {
			values.Set(key, had)
		}
	}
	values.Set(name, value)
	return values
}

func (a Asks) without(name string) url.Values {
	values := a.with(name, "")
	values.Del(name)
	return values
}

// after is where the next page begins, as the address says it.
func (a Asks) after(key board.Key) string {
	if a.SortsBySuit() {
		return string(key.ID)
	}
	return key.Value + " " + string(key.ID)
}

// SortsBySuit tells whether no other order was asked for.
func (a Asks) SortsBySuit() bool {
	return !slices.Contains([]board.Sort{board.ByClosing, board.ByPriority, board.ByNewest}, board.Sort(a["sort"]))
}
