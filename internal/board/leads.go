package board

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"skein/internal/chooser"
	"skein/internal/comparison"
	"skein/internal/match"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// leads is every project that somebody leads or could lead, as of a day, laid out so that one
// person can be compared with all of them at once. It never changes once it is made.
type leads struct {
	day        skein.Date
	policy     match.Policy
	list       []lead
	at         map[skein.ProjectID]int
	circles    []skein.Circle
	priorities []skein.Priority
	skillNames map[skein.SkillID]string

	terms *terms
	// Beside each other, one for each requirement of each lead in their order; first is where a
	// lead's begin.
	first  []int32
	term   []int32
	counts []float64
	must   []bool
	// Beside the leads, what a fit and a zone turn on: a lead is large, and going through thousands of
	// them would fetch each from memory.
	strict   []bool
	settings []match.Setting

	weighing sync.Mutex
	weights  atomic.Pointer[weights]
}

// lead is one of them.
type lead struct {
	factsdb.Lead
	question comparison.Question
	query    match.Query // its rarities are nobody's
	strict   bool
	terms    []int32 // beside the query's requirements
}

// gathers tells whether claims for it are taken: from the moment its clock has run out they are not,
// whether or not the server has come round to closing the window.
func (l *lead) gathers(now time.Time) bool {
	return l.Window != "" && (l.ClosesAt.IsZero() || now.Before(l.ClosesAt))
}

// canClaim tells whether nobody leads it and claims are taken now.
func (l *lead) canClaim(now time.Time) bool { return l.gathers(now) && l.State == skein.OpenForLead }

// decides tells whether claims have closed and nobody is known yet who is to lead it.
func (l *lead) decides(now time.Time) bool {
	return l.State.Seeks() && !l.gathers(now) && l.Coming == "" && (l.Window != "" || l.WindowState.Going())
}

// terms numbers requirements that are met alike. It only grows.
type terms struct {
	number  map[match.Asked]int32
	all     []match.Asked
	bySkill map[skein.SkillID][]int32
}

func newTerms() *terms {
	return &terms{number: map[match.Asked]int32{}, bySkill: map[skein.SkillID][]int32{}}
}

func (t *terms) of(q *match.Query) []int32 {
	numbers := make([]int32, len(q.Requirements))
	for i, r := range q.Requirements {
		asked := q.Asks(r)
		n, ok := t.number[asked]
		if !ok {
			n = int32(len(t.all)) //nolint:gosec // far fewer
			t.number[asked] = n
			t.all = append(t.all, asked)
			t.bySkill[asked.Skill] = append(t.bySkill[asked.Skill], n)
		}
		numbers[i] = n
	}
	return numbers
}

// newLeads lays out what was read.
func newLeads(got factsdb.Leads, policy match.Policy, day skein.Date) *leads {
	l := &leads{
		day: day, policy: policy, circles: got.Circles, priorities: got.Priorities,
		skillNames: got.Comparison.SkillNames, terms: newTerms(),
	}
	l.list = l.read(got)
	l.layOut()
	return l
}

// read makes leads of what was read of them, sorted by id.
func (l *leads) read(got factsdb.Leads) []lead {
	questions := make(map[skein.ProjectID]*comparison.Question, len(got.Comparison.Questions))
	for i, q := range got.Comparison.Questions {
		questions[q.Project] = &got.Comparison.Questions[i]
	}
	all := make([]lead, 0, len(got.Leads))
	for _, row := range got.Leads {
		q := questions[row.ID]
		if q == nil {
			continue
		}
		one := lead{Lead: row, question: *q, query: chooser.QueryOf(*q, l.policy, "")}
		one.strict = l.policy.Trust.Row(one.query.Trust).MustCorroborated
		one.terms = l.terms.of(&one.query)
		all = append(all, one)
	}
	return all
}

// layOut puts what all leads ask beside each other.
func (l *leads) layOut() {
	l.at = make(map[skein.ProjectID]int, len(l.list))
	l.first = make([]int32, 1, len(l.list)+1)
	for i := range l.list {
		one := &l.list[i]
		l.at[one.ID] = i
		l.strict, l.settings = append(l.strict, one.strict), append(l.settings, one.query.Setting)
		for k, r := range one.query.Requirements {
			l.term = append(l.term, one.terms[k])
			l.counts = append(l.counts, r.Counts)
			l.must = append(l.must, r.Must)
		}
		l.first = append(l.first, int32(len(l.term))) //nolint:gosec // far fewer
	}
}

// with is the leads with some of them read anew. Those named and not read are none any more.
func (l *leads) with(named []skein.ProjectID, got factsdb.Leads) *leads {
	next := &leads{
		day: l.day, policy: l.policy, circles: l.circles, priorities: l.priorities,
		skillNames: copied(l.skillNames), terms: l.terms.copy(),
	}
	for id, name := range got.Comparison.SkillNames {
		next.skillNames[id] = name
	}
	fresh := next.read(got)
	changed := make(map[skein.ProjectID]bool, len(named))
	for _, id := range named {
		changed[id] = true
	}
	next.list = make([]lead, 0, len(l.list)+len(fresh))
	for _, one := range l.list {
		for len(fresh) > 0 && fresh[0].ID < one.ID {
			next.list, fresh = append(next.list, fresh[0]), fresh[1:]
		}
		if !changed[one.ID] {
			next.list = append(next.list, one)
		}
	}
	next.list = append(next.list, fresh...)
	next.layOut()
	return next
}

func copied[K comparable, V any](m map[K]V) map[K]V {
	next := make(map[K]V, len(m)+1)
	for k, v := range m {
		next[k] = v
	}
	return next
}

func (t *terms) copy() *terms {
	next := &terms{number: copied(t.number), all: slices.Clone(t.all), bySkill: make(map[skein.SkillID][]int32, len(t.bySkill))}
	for skill, some := range t.bySkill {
		next.bySkill[skill] = slices.Clip(some)
	}
	return next
}

// weights is what every requirement weighs among so many people.
type weights struct {
	number  int // of the population
	people  int
	holders []int     // by term
	weight  []float64 // beside the leads' counts
	total   []float64 // by lead, added up in the order of its requirements
}

// weigh weighs all requirements in a population; as long as nothing has changed that bears on it,
// the answer is the same one.
func (l *leads) weigh(p comparison.Population) *weights {
	if was := l.weights.Load(); was != nil && p.Number != 0 && was.number == p.Number {
		return was
	}
	l.weighing.Lock()
	defer l.weighing.Unlock()
	holders := make([]int, len(l.terms.all))
	for i, t := range l.terms.all {
		holders[i] = p.Holders(t.Skill)
	}
	if was := l.weights.Load(); was != nil && was.people == p.People && slices.Equal(was.holders, holders) {
		same := *was
		same.number = p.Number
		l.weights.Store(&same)
		return &same
	}
	rarity := make([]float64, len(holders))
	for i, n := range holders {
		rarity[i] = match.Rarity(p.People, n)
	}
	w := &weights{number: p.Number, people: p.People, holders: holders, weight: make([]float64, len(l.term)), total: make([]float64, len(l.list))}
	for i := range l.list {
		for k := l.first[i]; k < l.first[i+1]; k++ {
			w.weight[k] = l.counts[k] * rarity[l.term[k]]
			w.total[i] += w.weight[k]
		}
	}
	l.weights.Store(w)
	return w
}

// under lists a circle and all that lie within it.
func (l *leads) under(circle skein.CircleID) map[skein.CircleID]bool {
	in := map[skein.CircleID]bool{circle: true}
	for grown := true; grown; {
		grown = false
		for _, c := range l.circles {
			if in[c.Parent] && !in[c.ID] {
				in[c.ID], grown = true, true
			}
		}
	}
	return in
}

// nameOf is what a circle is called.
func (l *leads) nameOf(circle skein.CircleID) string {
	i := slices.IndexFunc(l.circles, func(c skein.Circle) bool { return c.ID == circle })
	if i < 0 {
		return ""
	}
	return l.circles[i].Name
}
