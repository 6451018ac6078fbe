package exchange

import (
	"cmp"
	"hash/maphash"
	"slices"

	"skein/internal/skein"
)

// alike finds ids of a file that people would take for one: they differ by case, spaces, Unicode's forms
// or what cannot be seen. They stay two, because a row is found again by its id, and are told of.
type alike[T ~string] struct {
	noun string
	seed maphash.Seed
	seen map[uint64]stands[T] // by their keys
}

const nearlySame = "ids that are nearly the same as another"

// stands is an id and where it stands.
type stands[T ~string] struct {
	id   T
	line int
}

func newAlike[T ~string](noun string) *alike[T] {
	return &alike[T]{noun, maphash.MakeSeed(), map[uint64]stands[T]{}}
}

// take notes the present row's id, and tells of one that it could be taken for.
func (a *alike[T]) take(t *table, id T) {
	if id == "" {
		return
	}
	key := maphash.String(a.seed, skein.NameKey(string(id)))
	before, there := a.seen[key]
	if !there {
		a.seen[key] = stands[T]{id, t.rec.line}
		return
	}
	if before.id != id {
		t.report.noteMany(nearlySame, "%s: The %s %s and %s on line %d are nearly the same, and are read as two.",
			t.where(), t.report.noun(a.noun), shown([]byte(id)), shown([]byte(before.id)), before.line)
	}
}

// against tells of new ids of the file that could be taken for one that Skein has.
func against[T ~string, V any](a *alike[T], t *table, known map[T]V) {
	type pair struct {
		stands[T]
		there T
	}
	var pairs []pair
	for there := range known {
		at, found := a.seen[maphash.String(a.seed, skein.NameKey(string(there)))]
		if _, old := known[at.id]; found && !old {
			pairs = append(pairs, pair{at, there})
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int { return cmp.Or(p.line-q.line, cmp.Compare(p.there, q.there)) })
	for _, p := range pairs {
		t.report.noteMany(nearlySame, "%s: The %s %s is nearly the same as %s in Skein, and is a new one.",
			t.whereLine(p.line), t.report.noun(a.noun), shown([]byte(p.id)), shown([]byte(p.there)))
	}
}
