package match

import (
	"cmp"
	"fmt"
	"slices"

	"skein/internal/skein"
	"skein/internal/words"
)

// personGates are the conditions that look at one person: everything but the must-haves.
func personGates(q Query, c Candidate) []Gate {
	gates := []Gate{
		activeGate(c),
		hoursGate(q, c),
		leadsGate(q, c),
		guardrailGate(q),
	}
	if c.Conflict != "" { // where none is known nothing is said: that would claim that somebody looked
		gates = append(gates, Gate{Name: GateConflict, Pass: false, Why: c.Conflict})
	}
	if q.Rotation < 0 {
		gates = append(gates, turnsGate(q, c))
	}
	return gates
}

func activeGate(c Candidate) Gate {
	if c.Active {
		return Gate{Name: GateActive, Pass: true, Why: "The account is active."}
	}
	return Gate{Name: GateActive, Pass: false, Why: "The account is not active. An administrator can change that."}
}

// Passes tells whether every gate that looks at the person lets them through: all but the must-haves,
// which let through whoever's zone is ready or a stretch.
func Passes(q *Query, c Candidate) bool {
	return c.Active && hoursDo(q, c) && leadsDo(q, c) && c.Conflict == "" && turnsDo(q, c) &&
		!slices.ContainsFunc(q.Guardrails, func(g skein.GuardrailResult) bool { return !g.Pass })
}

func hoursDo(q *Query, c Candidate) bool {
	return q.HoursNeeded == nil || c.FreeHours == nil || *c.FreeHours+slack >= *q.HoursNeeded
}

func leadsDo(q *Query, c Candidate) bool { return q.LeadsAtOnce == 0 || c.Leads < q.LeadsAtOnce }

func turnsDo(q *Query, c Candidate) bool {
	return q.Rotation >= 0 || c.TermsRunning < q.Policy.Trust.MostTermsRunning
}

func hoursGate(q Query, c Candidate) Gate {
	switch {
	case q.HoursNeeded == nil:
		return Gate{Name: GateHours, Pass: true, Why: "The hours it takes are not stated."}
	case c.FreeHours == nil:
		return Gate{Name: GateHours, Pass: true, Why: "Free hours are not stated. It takes " + hours(*q.HoursNeeded) + " a week."}
	case hoursDo(&q, c):
		return Gate{Name: GateHours, Pass: true, Why: fmt.Sprintf("It takes %s a week; %s are free.", hours(*q.HoursNeeded), words.Decimal(*c.FreeHours))}
	}
	return Gate{Name: GateHours, Pass: false, Why: fmt.Sprintf("It takes %s a week and %s are free. More can be set aside in the settings.",
		hours(*q.HoursNeeded), words.Decimal(max(0, *c.FreeHours)))}
}

func leadsGate(q Query, c Candidate) Gate {
	held := "Holds no lead now."
	if c.Leads > 0 {
		held = fmt.Sprintf("Holds %s now, offers included.", words.Several(c.Leads, "lead"))
	}
	if leadsDo(&q, c) {
		return Gate{Name: GateLeads, Pass: true, Why: held}
	}
	return Gate{Name: GateLeads, Pass: false, Why: fmt.Sprintf("%s A guardrail allows %s at once; handing one over makes room.",
		held, words.Several(q.LeadsAtOnce, "lead"))}
}

func guardrailGate(q Query) Gate {
	for _, g := range q.Guardrails {
		if !g.Pass {
			return Gate{Name: GateGuardrails, Pass: false, Why: join(g.Why, g.Who)}
		}
	}
	return Gate{Name: GateGuardrails, Pass: true, Why: "No guardrail stands against it."}
}

func turnsGate(q Query, c Candidate) Gate {
	most := q.Policy.Trust.MostTermsRunning
	if turnsDo(&q, c) {
		return Gate{Name: GateTurns, Pass: true, Why: "The lead may stay with one person for " + words.Several(most, "term") + " running."}
	}
	return Gate{Name: GateTurns, Pass: false, Why: "Led it for " + words.Several(c.TermsRunning, "term") +
		" running, so now it is somebody else's turn."}
}

// mustGate passes when nothing that must be there is missing. Where must-haves have to be
// corroborated, one's own word does not open it.
func mustGate(q Query, met []Met) Gate {
	strict := q.Policy.Trust.Row(q.Trust).MustCorroborated
	musts := 0
	for _, m := range met {
		if !m.Must {
			continue
		}
		musts++
		if m.Standing == Missing {
			return Gate{GateMust, false, "The lead must bring it, and nobody says so yet.", m.Skill}
		}
		if strict && m.Standing == Word {
			return Gate{GateMust, false, "The lead must bring it, and too few others say so yet.", m.Skill}
		}
	}
	if musts == 0 {
		return Gate{Name: GateMust, Pass: true, Why: "Nothing is a must."}
	}
	return Gate{Name: GateMust, Pass: true, Why: "Nothing that the lead must bring is missing."}
}

// besideWhy is why a gate stops two who claim together where it is the second's alone: it says whose it is,
// and nothing of how many hours or leads they have.
var besideWhy = map[string]string{
	GateActive: "Whoever would lead beside is not with the organisation.",
	GateHours:  "Whoever would lead beside does not have the hours free that it takes.",
	GateLeads:  "Whoever would lead beside holds as many leads as a guardrail allows at once.",
	GateTurns:  "Whoever would lead beside has led it as often running as is allowed.",
}

// bothGates joins two people's gates: a gate passes when it passes for both, and one that only one of
// them has stays.
func bothGates(a, b []Gate) []Gate {
	out := slices.Clone(a)
	for _, g := range b {
		i := slices.IndexFunc(out, func(o Gate) bool { return o.Name == g.Name })
		switch {
		case i < 0:
			out = append(out, g)
		case out[i].Pass && !g.Pass:
			out[i] = g
			out[i].Why = cmp.Or(besideWhy[g.Name], g.Why)
		}
	}
	return out
}

// coachGate asks for a coach when a stretch claims.
func coachGate(z Zone, coached bool) Gate {
	if z == Stretch && !coached {
		return Gate{Name: GateCoach, Pass: false, Why: "It is a stretch, so name a coach who says yes."}
	}
	return Gate{Name: GateCoach, Pass: true, Why: "A coach is not needed, or is named."}
}

func hours(n float64) string {
	if n == 1 {
		return "1 hour"
	}
	return words.Decimal(n) + " hours"
}

func join(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}
