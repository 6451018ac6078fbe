package lead_test

import (
	"cmp"
	"slices"

	"skein/internal/lead"
	"skein/internal/skein"
)

// store keeps one project as the database does: it loads an aggregate from rows, of which it leaves
// out the same ones, and writes back those that a verb has changed. Nothing of a refused verb is kept.
type store struct {
	project      skein.Project
	phase        skein.Phase
	remit        []skein.Remit
	further      []skein.CircleID
	lens         []skein.Remit // where the proposal says nothing of what the lead decides
	endedAt      lead.Lead     // EndedAt, EndReason and EndTold alone
	windows      []skein.Window
	claims       []lead.Claim // drafts as well
	picks        []skein.Pick
	invites      []skein.Invite
	terms        []skein.Term
	needs        []skein.Need
	team         []skein.Member
	reviews      []skein.Review
	standIns     []skein.StandIn
	handovers    []skein.Handover
	reconsidered []skein.Reconsideration
	stopped      map[skein.PersonID]bool // who could not lead it any more once it is other than it was
	changes      []skein.RemitChange
	outcomes     lead.Outcomes
	evidence     []skein.Evidence // that reviews left
	questions    []skein.Question
	decisions    []skein.Decision
	advice       []skein.Advice
	links        []skein.Link
	steps        []skein.Step
	saidWords    []skein.Word
	forPriority  skein.PersonID // who answers for it
	raises       bool           // stakes of 4 and 5 are not left on trust
	checkIn      int            // days from a word to the next; 0: as where no table says it
	rules        lead.Rules
	stewards     []lead.Steward
	others       map[skein.CircleID][]lead.Steward // of other circles
	readers      []skein.PersonID
	execs        []skein.PersonID
	read         map[skein.PersonID]bool // who has read what is compared
	refusals     []skein.GuardrailResult
	elsewhere    map[skein.PersonID]int        // leads in other projects
	invited      map[skein.PersonID]int        // invitations to them that wait for an answer
	hours        map[skein.PersonID]float64    // that they lead for elsewhere
	asked        map[skein.PersonID]float64    // hours of what they are invited to elsewhere
	free         map[skein.PersonID]float64    // hours that they have; where they are stated
	away         map[skein.PersonID]skein.Date // the last day of the leave that they are on
	since        map[skein.PersonID]skein.Date // its first day; zero: the day of looking
	gone         map[skein.PersonID]bool       // who has left
	later        map[skein.PersonID]bool       // who has not begun
	told         map[notice]int                // how often each notice was to be told
}

// notice is what the database tells one person once.
type notice struct {
	to    skein.PersonID
	kind  skein.NoticeKind
	about string
}

func (s *store) trust(by skein.By) skein.Trust {
	if until := s.project.TrustUntil; !until.IsZero() && until.Before(by.Day) {
		return skein.Weighed
	}
	return s.project.Trust
}

// present is the window that was asked for; else the one in which something is going on; else the last.
func (s *store) present(asked skein.WindowID) skein.Window {
	var present skein.Window
	for _, w := range s.windows {
		if asked != "" && w.ID == asked || asked == "" && (!present.State.Going() || w.State.Going()) {
			present = w
		}
	}
	return present
}

// load reads an aggregate: all of it is a copy.
func (s *store) load(by skein.By, window skein.WindowID) *lead.Lead {
	l := &lead.Lead{
		Project: s.project, Trust: s.trust(by), EndedAt: s.endedAt.EndedAt, EndReason: s.endedAt.EndReason,
		Phase: s.phase, Window: s.present(window), Rules: s.rules,
		StandIns: slices.Clone(s.standIns), Handovers: slices.Clone(s.handovers), Reconsiderations: slices.Clone(s.reconsidered), RemitChanges: slices.Clone(s.changes), Outcomes: s.outcomes.Clone(),
		Terms: slices.Clone(s.terms), Needs: slices.Clone(s.needs), Stewards: s.withUs(s.stewards),
	}
	for _, h := range s.here(s.readers...) {
		if h.Person == adam {
			l.Readers = append(l.Readers, s.executives()...)
		}
		l.Readers = append(l.Readers, lead.Reader{Here: h})
	}
	if !slices.Contains(s.readers, adam) || s.out(adam) {
		l.Readers = append(l.Readers, s.executives()...)
	}
	for _, word := range s.saidWords { // the last of whoever leads
		if slices.ContainsFunc(s.terms, func(t skein.Term) bool {
			return t.ID == word.Term && t.Role == skein.Primary && t.State.Holds()
		}) {
			l.Word = word
		}
	}
	l.Links, l.Steps = slices.Clone(s.links), slices.Clone(s.steps)
	l.Decisions, l.Advice = slices.Clone(s.decisions), slices.Clone(s.advice)
	l.Answers, l.Questions = s.forPriority, slices.Clone(s.questions)
	if s.forPriority != "" {
		l.Answering = s.here(s.forPriority)
	}
	l.EndTold, l.Owner = s.endedAt.EndTold, s.owner()
	p := skein.Proposal{Project: s.project, Phase: s.phase, Needs: s.needs, Remit: s.remit, Further: s.further}.Clone()
	l.Proposal, l.Further = &p, slices.Clone(s.further)
	for _, c := range s.claims {
		if s.loads(by, l.Window, c) {
			l.Claims = append(l.Claims, c)
		}
	}
	slices.SortStableFunc(l.Claims, func(a, b lead.Claim) int { return cmp.Compare(a.Person, b.Person) })
	for _, p := range s.picks {
		if p.Window == l.Window.ID {
			p.PassedOn = slices.Clone(p.PassedOn)
			l.Picks = append(l.Picks, p)
		}
	}
	for _, i := range s.invites {
		l.Before = append(l.Before, i.Person)
		if i.Window == l.Window.ID {
			l.Invites = append(l.Invites, i)
		}
	}
	for _, c := range s.claims {
		if c.State == skein.ClaimDeclined || c.State == skein.ClaimLapsed {
			l.Before = append(l.Before, c.Person)
		}
	}
	for _, m := range s.team {
		if m.LeftAt.IsZero() {
			l.Team = append(l.Team, m)
		} else {
			l.WereInTeam = append(l.WereInTeam, m)
		}
	}
	for _, r := range s.reviews {
		if s.claim(r.Claim).Window == l.Window.ID {
			r.PassedOn = slices.Clone(r.PassedOn)
			l.Reviews = append(l.Reviews, r)
		}
	}
	l.Gone = s.goneFrom(l)
	l.Leaves = s.leaves(l.Holder(), by)
	for _, h := range s.here(askedOf(l)...) {
		if !h.AwayUntil.IsZero() && !h.AwayUntil.Before(by.Day) {
			l.Away = append(l.Away, h)
		}
	}
	return l
}

// leaves are those of somebody that are not over.
func (s *store) leaves(p skein.PersonID, by skein.By) []skein.Absence {
	until := s.away[p]
	if p == "" || s.out(p) || until.IsZero() || until.Before(by.Day) {
		return nil
	}
	from := s.since[p]
	if from.IsZero() {
		from = by.Day
	}
	return []skein.Absence{{From: from, Until: until}}
}

// out tells whether somebody is not with the organisation.
func (s *store) out(p skein.PersonID) bool { return s.gone[p] || s.later[p] }

// goneFrom lists who has left and holds something of an aggregate, or was asked for it.
func (s *store) goneFrom(l *lead.Lead) []skein.PersonID {
	var held []skein.PersonID
	add := func(p skein.PersonID, is bool) {
		if is && s.gone[p] && !slices.Contains(held, p) {
			held = append(held, p)
		}
	}
	over := l.Project.State.Over() || l.Project.State == skein.Draft
	for _, t := range l.Terms {
		add(t.Person, !over && (t.State.Counts() || t.State == skein.TermAsked))
	}
	for _, c := range l.Claims {
		open := !over && c.Window == l.Window.ID && l.Window.State.Going()
		add(c.Person, open && (c.State == skein.ClaimSubmitted || c.State == skein.ClaimChosen || c.State == skein.ClaimNotChosen))
		beside := open && c.State != skein.ClaimDraft && (!c.Settled() || c.State == skein.ClaimNotChosen)
		add(c.With, beside)
		add(c.Coach, beside)
	}
	for _, p := range l.Picks {
		add(p.AskedOf, p.State == skein.PickWaiting)
	}
	for _, i := range l.StandIns {
		add(i.Person, i.State.Open())
	}
	for _, i := range l.Invites {
		add(i.Person, i.State == skein.InviteWaiting)
	}
	for _, r := range l.Reviews {
		add(r.AskedOf, r.AnsweredAt.IsZero())
	}
	for _, n := range l.Needs {
		add(n.AskedOf, !over && n.Asked())
	}
	for _, m := range l.Team {
		add(m.Person, !over)
	}
	for _, a := range l.Advice {
		d := l.Decision(a.Decision)
		add(a.Person, !over && a.State == skein.AdviceAsked && d.State == skein.DecisionAsking)
	}
	for _, c := range l.RemitChanges {
		add(c.AskedOf, c.Waits() && c.ByLead)
	}
	for _, o := range l.Outcomes.Reviews {
		for _, a := range l.Outcomes.Of(o.ID).Answers {
			add(a.Person, o.State == skein.OutcomeAsking && a.Waits())
		}
	}
	slices.Sort(held)
	return held
}

// loads tells whether an aggregate has a claim: sent into its window, or begun by a term in office
// or on its way. A draft is its writer's alone.
func (s *store) loads(by skein.By, w skein.Window, c lead.Claim) bool {
	switch c.State {
	case skein.ClaimWithdrawn, skein.ClaimVoid:
		return false
	case skein.ClaimDraft:
		return c.Window == w.ID && c.Person == by.Person
	}
	return c.Window == w.ID || slices.ContainsFunc(s.terms, func(t skein.Term) bool {
		stepped := t.State == skein.TermEnded && t.EndReason == skein.EndStepped && t.Person == by.Person
		return t.Claim == c.ID && (t.State.Counts() || stepped)
	})
}

func (s *store) claim(id skein.ClaimID) lead.Claim {
	for _, c := range s.claims {
		if c.ID == id {
			return c
		}
	}
	return lead.Claim{}
}

// save writes what a verb has changed.
func (s *store) save(by skein.By, l *lead.Lead) {
	s.project, s.phase, s.needs = l.Project, l.Phase, slices.Clone(l.Needs)
	s.remit, s.further = l.Proposal.Remit, slices.Clone(l.Further)
	s.endedAt.EndedAt, s.endedAt.EndReason, s.endedAt.EndTold = l.EndedAt, l.EndReason, l.EndTold
	for _, w := range append(slices.Clone(l.Past), l.Window) {
		if w.ID != "" {
			put(&s.windows, w, func(w skein.Window) skein.WindowID { return w.ID })
		}
	}
	for _, c := range l.Changes.Drafts {
		s.carry(by, c)
	}
	for _, c := range l.Claims {
		if c.State != skein.ClaimDraft {
			put(&s.claims, c, func(c lead.Claim) skein.ClaimID { return c.ID })
		}
	}
	for _, p := range l.Picks {
		put(&s.picks, p, func(p skein.Pick) skein.PickID { return p.ID })
	}
	for _, i := range l.Invites {
		put(&s.invites, i, func(i skein.Invite) [2]string { return [2]string{string(i.Window), string(i.Person)} })
	}
	for _, t := range l.Terms {
		put(&s.terms, t, func(t skein.Term) skein.TermID { return t.ID })
	}
	for _, r := range l.Reconsiderations {
		put(&s.reconsidered, r, func(r skein.Reconsideration) skein.ReconsiderationID { return r.ID })
	}
	for _, m := range l.Team {
		put(&s.team, m, func(m skein.Member) string { return string(m.Person) + m.JoinedAt.String() })
	}
	for _, i := range l.StandIns {
		put(&s.standIns, i, func(i skein.StandIn) skein.StandInID { return i.ID })
	}
	if l.Word.ID != "" {
		put(&s.saidWords, l.Word, func(w skein.Word) skein.WordID { return w.ID })
	}
	s.links, s.steps = slices.Clone(l.Links), slices.Clone(l.Steps)
	for _, q := range l.Questions {
		put(&s.questions, q, func(q skein.Question) skein.QuestionID { return q.ID })
	}
	for _, d := range l.Decisions {
		put(&s.decisions, d, func(d skein.Decision) skein.DecisionID { return d.ID })
	}
	for _, a := range l.Advice {
		put(&s.advice, a, func(a skein.Advice) skein.AdviceID { return a.ID })
	}
	for _, h := range l.Handovers {
		put(&s.handovers, h, func(h skein.Handover) skein.HandoverID { return h.ID })
	}
	for _, c := range l.RemitChanges {
		put(&s.changes, c, func(c skein.RemitChange) skein.RemitChangeID { return c.ID })
	}
	for _, r := range l.Reviews {
		put(&s.reviews, r, func(r skein.Review) skein.ReviewID { return r.ID })
	}
	s.outcomes = l.Outcomes.Clone()
	s.evidence = append(s.evidence, l.Changes.Evidence...)
	s.refusals = append(s.refusals, l.Changes.Refusals...)
	s.readHow(by, l.Changes)
}

// carry brings drafts, which verbs never see, into the window that follows, or ends them.
func (s *store) carry(by skein.By, carry lead.Carry) {
	for i := range s.claims {
		c := &s.claims[i]
		switch {
		case c.Window != carry.From || c.State != skein.ClaimDraft:
		case carry.To != "":
			c.Window, c.Phase = carry.To, carry.Phase
		default:
			c.State, c.DecidedAt = skein.ClaimVoid, by.At
		}
	}
}

func (s *store) readHow(by skein.By, c lead.Changes) {
	if c.ReadHow {
		s.read[by.Person] = true
	}
}

// put replaces a row, or adds it.
func put[T any, K comparable](rows *[]T, row T, key func(T) K) {
	for i := range *rows {
		if key((*rows)[i]) == key(row) {
			(*rows)[i] = row
			return
		}
	}
	*rows = append(*rows, row)
}

// clone is a copy that shares nothing that is ever written.
func (s *store) clone() *store {
	c := *s
	c.windows, c.claims, c.picks = slices.Clone(s.windows), slices.Clone(s.claims), slices.Clone(s.picks)
	c.invites, c.terms, c.needs = slices.Clone(s.invites), slices.Clone(s.terms), slices.Clone(s.needs)
	c.team, c.reviews, c.refusals = slices.Clone(s.team), slices.Clone(s.reviews), slices.Clone(s.refusals)
	c.standIns, c.saidWords, c.questions = slices.Clone(s.standIns), slices.Clone(s.saidWords), slices.Clone(s.questions)
	c.links, c.steps = slices.Clone(s.links), slices.Clone(s.steps)
	c.handovers, c.reconsidered, c.changes, c.outcomes, c.evidence = slices.Clone(s.handovers), slices.Clone(s.reconsidered), slices.Clone(s.changes), s.outcomes.Clone(), slices.Clone(s.evidence)
	c.decisions, c.advice = slices.Clone(s.decisions), slices.Clone(s.advice)
	c.told = nil
	return &c
}
