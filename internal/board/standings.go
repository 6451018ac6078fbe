package board

import (
	"context"

	"skein/internal/chooser"
	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/postgres"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Standings is one person before every project that somebody leads or could lead.
type Standings struct {
	db      *postgres.DB
	leads   *leads
	weights *weights
	own     *own
	scores  *scores
}

// own is what is a person's own, with what was worked out from it.
type own struct {
	factsdb.Involvement
	places map[skein.ProjectID]string // "lead", "accepted", "offered", "co", "shadow", "member"
	claims map[skein.WindowID]*factsdb.OwnClaim

	placed    map[skein.ProjectID]bool // has a term there, was offered one or asks for one
	claimed   map[skein.PhaseID]bool
	dismissed map[skein.ProjectID]bool
	known     map[skein.SkillID]bool   // what somebody says of them
	wishes    map[skein.SkillID]string // by name
}

func (o *own) person() skein.PersonID { return o.Comparison.Facts[0].Person }

// scores is how one person fits every lead.
type scores struct {
	fit  []float64
	zone []uint8 // 2 for ready down to 0 for not yet
}

// Fit is how somebody fits, without the reasons.
type Fit struct {
	Fit  float64
	Zone match.Zone
}

var zones = [...]match.Zone{match.NotYet, match.Stretch, match.Ready}

func rankOf(z match.Zone) uint8 {
	switch z {
	case match.Ready:
		return 2
	case match.Stretch:
		return 1
	}
	return 0
}

// Standings compares a person with every lead as of now.
func (b *Board) Standings(ctx context.Context, person skein.PersonID, today skein.Date) (*Standings, error) {
	day := skein.AsOfDay(today)
	s := &Standings{db: b.db}
	var err error
	var ok bool
	if s.leads, s.weights, ok = b.see(ctx, day); ok {
		var read factsdb.Involvement
		if read, err = b.db.Facts.Involvement(ctx, person, day); err == nil {
			s.own = newOwn(read)
		}
	} else {
		var p *comparison.Population
		if known, counted := b.chooser.Population(ctx, day); counted {
			p = &known
		}
		s.leads, s.weights, s.own, err = b.read(ctx, day, p, person)
	}
	if err != nil {
		return nil, err
	}
	s.scores, err = newScores(ctx, s.own, s.leads, s.weights)
	return s, err
}

func newOwn(read factsdb.Involvement) *own {
	o := &own{
		Involvement: read,
		places:      map[skein.ProjectID]string{}, claims: map[skein.WindowID]*factsdb.OwnClaim{},
		placed: map[skein.ProjectID]bool{}, claimed: map[skein.PhaseID]bool{}, dismissed: map[skein.ProjectID]bool{},
		known: map[skein.SkillID]bool{}, wishes: map[skein.SkillID]string{},
	}
	for _, p := range read.Places {
		o.place(p)
	}
	for i, claim := range read.Claims {
		o.claims[claim.Window] = &o.Claims[i]
		if claim.State != skein.ClaimDraft && claim.State != skein.ClaimVoid {
			o.claimed[claim.Phase] = true
		}
	}
	for _, id := range read.Dismissed {
		o.dismissed[id] = true
	}
	for _, e := range o.Comparison.Facts[0].Evidence {
		o.known[e.Skill] = true
	}
	for _, w := range read.Wishes {
		o.wishes[w.Skill] = w.Name
	}
	return o
}

// place notes one place: of several in one project, the one furthest in front.
func (o *own) place(p factsdb.OwnPlace) {
	if p.Role == "" {
		if o.places[p.Project] == "" {
			o.places[p.Project] = "member"
		}
		return
	}
	o.placed[p.Project] = true
	switch {
	case p.State == skein.TermAsked || p.Role == skein.CoLead && p.State.Coming(): // asked, and not there yet
	case p.Role == skein.Primary && p.State.Coming():
		if o.places[p.Project] != "lead" {
			o.places[p.Project] = string(p.State)
		}
	case p.Role == skein.Primary:
		o.places[p.Project] = "lead"
	case o.places[p.Project] == "" || o.places[p.Project] == "member":
		o.places[p.Project] = string(p.Role)
	}
}

// atOnce is how many leads are compared before it is asked again whether anybody still waits for it.
const atOnce = 64

// newScores compares somebody with all leads: each requirement that is met alike is met once, by the
// engine; the rest is adding up, by the engine as well.
func newScores(ctx context.Context, o *own, l *leads, w *weights) (*scores, error) {
	s := &scores{fit: make([]float64, len(l.list)), zone: make([]uint8, len(l.list))}
	before := match.NewBefore(chooser.CandidateOf(o.Facts(), comparison.Question{}), l.policy.Trust, l.day)
	meets := make([]match.Meets, len(l.terms.all))
	for i := range meets {
		meets[i].Standing = match.Missing
	}
	for _, skill := range before.Skills() {
		for _, t := range l.terms.bySkill[skill] {
			meets[t] = before.Meets(l.terms.all[t])
		}
	}
	for i := range l.list {
		if i%atOnce == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		tally := match.NewTally(l.strict[i], w.total[i])
		for k := l.first[i]; k < l.first[i+1]; k++ {
			tally.Add(l.counts[k], w.weight[k], l.must[k], meets[l.term[k]])
		}
		fit, zone := tally.Sum(&l.settings[i])
		s.fit[i], s.zone[i] = fit, rankOf(zone)
	}
	return s, nil
}

// Fit is how the person fits a project, without the reasons.
func (s *Standings) Fit(project skein.ProjectID) (Fit, bool) {
	i, ok := s.leads.at[project]
	if !ok {
		return Fit{}, false
	}
	return Fit{s.scores.fit[i], zones[s.scores.zone[i]]}, true
}

// Answer is how the person stands in a project, with the reasons and the nearest change.
func (s *Standings) Answer(project skein.ProjectID) (chooser.Answer, bool) {
	i, ok := s.leads.at[project]
	if !ok {
		return chooser.Answer{}, false
	}
	return s.look(&s.leads.list[i]).Answer(project)
}

// look is the person before one of the leads, among as many people as there are.
func (s *Standings) look(l *lead) chooser.Look {
	q := l.question
	q.People, q.Holders = s.weights.people, make(map[skein.SkillID]int, len(l.terms))
	for k, r := range l.query.Requirements {
		if n := s.weights.holders[l.terms[k]]; n > 0 { // none is absent
			q.Holders[r.Skill] = n
		}
	}
	return chooser.LookAt(s.own.Comparison, q, s.leads.policy, s.leads.skillNames)
}
