package chooser

import (
	"context"
	"strconv"
	"sync"

	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/recall"
	"skein/internal/skein"
)

// mostSums is how many people's fits to all leads are kept: for 5,000 leads 45 kB each.
const mostSums = 512

// remembered is what the chooser keeps of leads and of those who looked at them.
type remembered struct {
	memory *recall.Memory

	mu         sync.Mutex
	leads      *leads
	young, old map[skein.PersonID]*sums
}

// Memory is what pages may be told from; nil when nothing is kept.
func (c *Chooser) Memory() *recall.Memory {
	if c.remembered == nil {
		return nil
	}
	return c.remembered.memory
}

// remember makes the chooser keep leads.
func (c *Chooser) remember(m *recall.Memory) {
	c.remembered = &remembered{memory: m, young: map[skein.PersonID]*sums{}}
	m.Follow(c.followLeads)
}

// followLeads brings the leads in memory to what is committed.
func (c *Chooser) followLeads(ctx context.Context, day skein.Date, changes postgres.Changes) error {
	r := c.remembered
	uncounted := &skein.Population{Day: day, Holders: func(skein.SkillID) int { return 0 }}
	r.mu.Lock()
	was := r.leads
	r.mu.Unlock()
	var next *leads
	switch {
	case was == nil || changes.Everything || !was.day.Equal(day) || len(changes.Leads) > len(was.list)/4+100:
		var err error
		if next, _, _, err = c.readLeads(ctx, day, uncounted, ""); err != nil {
			return err
		}
	case len(changes.Leads) > 0:
		got, _, _, err := c.someLeads(ctx, changes.Leads, day, uncounted, "")
		if err != nil {
			return err
		}
		next = was.with(changes.Leads, got)
	default:
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.leads = next
	return nil
}

// seeLeads are all leads as of a day, where memory may answer.
func (c *Chooser) seeLeads(ctx context.Context, day skein.Date) (*leads, *weighed, bool) {
	r := c.remembered
	if r == nil || !recall.IsCurrent(ctx) {
		return nil, nil, false
	}
	p, counted := c.population(day)
	r.mu.Lock()
	l := r.leads
	r.mu.Unlock()
	if !counted || l == nil || !l.day.Equal(day) {
		return nil, nil, false
	}
	return l, l.weigh(p), true
}

// seeOwn is what is a person's own, from memory where it may answer.
func (c *Chooser) seeOwn(ctx context.Context, person skein.PersonID, day skein.Date) (*own, error) {
	return recall.Keep(ctx, c.Memory(), ownKey(person, day), func() (*own, []recall.On, error) {
		read, _, err := c.db.Own(ctx, person, skein.Asking{AsOf: day})
		if err != nil {
			return nil, nil, err
		}
		return newOwn(read), []recall.On{recall.OnPerson(person)}, nil
	})
}

func ownKey(person skein.PersonID, day skein.Date) string {
	return "own " + dayKey(day) + " " + string(person)
}

// dayKey tells days apart.
func dayKey(day skein.Date) string { return strconv.FormatInt(day.Unix(), 36) }

// sumsOf is how a person fits every lead, worked out anew when anything has changed that bears on it.
func (c *Chooser) sumsOf(o *own, l *leads, w *weighed) *sums {
	r := c.remembered
	if r == nil {
		return newSums(o, l, w)
	}
	person := o.person()
	r.mu.Lock()
	s := r.young[person]
	if s == nil {
		s = r.old[person]
	}
	r.mu.Unlock()
	if s == nil || s.own != o.serial || s.leads != l.serial || s.weighed != w.serial {
		s = newSums(o, l, w)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.young[person] == nil && len(r.young) >= mostSums {
		r.young, r.old = map[skein.PersonID]*sums{}, r.young
	}
	r.young[person] = s
	return s
}

// answered is an answer that is kept, with what it was made from.
type answered struct {
	serial     uint64
	own, asker uint64
	policy     int
	number     int // of the population
	people     int
	holders    []int
	Answer
}

// answer is how somebody stands in a project, among so many people.
func (c *Chooser) answer(o *own, a *asker, policy match.Policy, names map[skein.SkillID]string, p skein.Population) Answer {
	return c.answered(o, a, policy, names, p).Answer
}

func (c *Chooser) answered(o *own, a *asker, policy match.Policy, names map[skein.SkillID]string, p skein.Population) *answered {
	key := a.kept + string(o.person()) + " " + string(a.question.Project)
	if m := c.Memory(); m != nil {
		if kept, ok := m.Kept(key); ok && kept.(*answered).holds(o, a, policy, p) {
			return kept.(*answered)
		}
	}
	holders := make([]int, len(a.query.Requirements))
	q := a.question
	q.People, q.Holders = p.People, make(map[skein.SkillID]int, len(holders))
	for i, r := range a.query.Requirements {
		holders[i] = p.Holders(r.Skill)
		if holders[i] > 0 { // none is absent
			q.Holders[r.Skill] = holders[i]
		}
	}
	x := &answered{serials.Add(1), o.serial, a.serial, policy.Version, p.Number, p.People, holders, answerTo(o, q, policy, names)}
	if m := c.Memory(); m != nil {
		m.Put(key, x, recall.OnPerson(o.person()))
	}
	return x
}

// holds tells whether an answer would be the same now.
func (x *answered) holds(o *own, a *asker, policy match.Policy, p skein.Population) bool {
	if x.own != o.serial || x.asker != a.serial || x.policy != policy.Version || x.people != p.People {
		return false
	}
	if p.Number != 0 && x.number == p.Number {
		return true
	}
	for i, r := range a.query.Requirements {
		if x.holders[i] != p.Holders(r.Skill) {
			return false
		}
	}
	return true
}

// answerTo works out how somebody stands in a project.
func answerTo(o *own, q skein.Question, policy match.Policy, skillNames map[skein.SkillID]string) Answer {
	got := o.Comparison
	names := NamesOf(got, true)
	ours := names.Skill
	names.Skill = func(id skein.SkillID) string {
		if name := skillNames[id]; name != "" {
			return name
		}
		return ours(id)
	}
	look := Look{facts: o.Facts(), policy: policy, names: names, titles: got.Titles, questions: map[skein.ProjectID]skein.Question{q.Project: q}}
	a, _ := look.Answer(q.Project)
	return a
}
