package index

import "skein/internal/match"

// Read reads the lists of all skills that a query asks for, once, and does nothing else with them:
// what any ranking without bounds would have to do at least. It returns how many postings that is,
// and a sum over them.
func (x *Index) Read(q match.Query) (postings int, sum uint64) {
	s := x.now.Load()
	if s == nil {
		return 0, 0
	}
	for _, t := range s.main.ask(q).terms {
		for _, p := range s.main.lists[t.skill].people {
			sum += uint64(p)
		}
		postings += len(s.main.lists[t.skill].people)
	}
	return postings, sum
}
