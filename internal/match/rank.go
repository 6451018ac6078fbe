package match

import (
	"crypto/sha256"
	"encoding/binary"
	"runtime"
	"slices"
	"sync"

	"skein/internal/skein"
)

// Ranked is a person's assessment among those compared.
type Ranked struct {
	Assessment
	Order float64 // fit / best fit + turn
	Place int     // from 1; ties by lottery
	Band  int     // from 1, a step of the published width each; people in one band are equally placed
}

// Rank orders people for a query. Witnesses and the nearest change are left out: call Assess for
// those who are shown.
func Rank(q Query, people []Candidate) []Ranked {
	all := make([]Ranked, len(people))
	each(len(people), func(i int) {
		all[i].Assessment = assess(q, Claimant{Candidate: people[i]}, false)
	})
	place(q, all)
	return all
}

// place fills order, place and band, and sorts.
func place(q Query, all []Ranked) {
	var best float64
	for _, r := range all {
		best = max(best, r.Fit)
	}
	tickets := make(map[skein.PersonID]uint64, len(all))
	for i := range all {
		all[i].Order = Order(all[i].Fit, best, all[i].Turn)
		tickets[all[i].Person] = Ticket(q.Seed, all[i].Person)
	}
	slices.SortFunc(all, func(a, b Ranked) int {
		switch {
		case a.Order != b.Order:
			return compareNumber(b.Order, a.Order)
		case tickets[a.Person] != tickets[b.Person]:
			return compareNumber(tickets[a.Person], tickets[b.Person])
		}
		return compareText(string(a.Person), string(b.Person))
	})
	width := Millionths(q.Setting.Band)
	for i := range all {
		all[i].Place, all[i].Band = i+1, 1+BandOf(Millionths(all[0].Order), Millionths(all[i].Order), width)
	}
}

// Order is what people are placed by: the fit, measured by the best among those compared, and what
// turns add.
func Order(fit, best, turn float64) float64 {
	if best <= 0 {
		return turn
	}
	return fit/best + turn
}

// slack keeps a person at the very edge of a share inside it.
const slack = 1e-9

// Ticket is a person's lot in the lottery of a seed; the smallest is drawn first.
func Ticket(seed string, person skein.PersonID) uint64 {
	sum := sha256.Sum256([]byte(seed + "\x00" + string(person)))
	return binary.BigEndian.Uint64(sum[:8])
}

// Seed is the lottery's seed for a ranking that has no claim window: of the project and the day.
func Seed(project skein.ProjectID, asOf skein.Date) string {
	return string(project) + "@" + asOf.Format("2006-01-02")
}

// each calls do for 0 to n-1, on as many goroutines as there are processors. Every call writes a
// place of its own, so that the result does not depend on how many there are.
func each(n int, do func(int)) {
	workers := min(runtime.GOMAXPROCS(0), n/256)
	if workers < 2 {
		for i := range n {
			do(i)
		}
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w * n / workers; i < (w+1)*n/workers; i++ {
				do(i)
			}
		})
	}
	wg.Wait()
}

func compareNumber[N ~int | ~uint64 | ~float64](a, b N) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
