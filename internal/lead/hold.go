package lead

import (
	"maps"
	"time"

	"skein/internal/skein"
)

// Holding is what somebody holds besides this project, at the moment of asking, and whether they are
// there to take more.
type Holding struct {
	Leads     int        // primary, outstanding offers included
	Invites   int        // waiting for their answer
	Hours     float64    // a week, of the leads and co-leads that they hold
	Asked     float64    // hours a week of what they are invited to lead
	Free      *float64   // hours a week that they have for leading; nil: not stated
	Gone      bool       // has left, has not begun, or cannot come in
	AwayUntil skein.Date // the last day of the leave that they are on; zero: of none
}

// awayFor tells whether a leave covers the whole time in which an answer is wanted.
func awayFor(until skein.Date, by skein.By, answer time.Duration) bool {
	return !until.IsZero() && !until.Before(by.Day.AddDate(0, 0, int(answer/(24*time.Hour))))
}

// holding locks somebody and says what they hold. Those who may be asked after them are locked with
// them: most orders end among the first ten.
func (l *Lead) holding(p skein.PersonID, after people) (Holding, error) {
	if h, ok := l.held[p]; ok {
		return h, nil
	}
	those := people{p}
	those.add(after[:min(len(after), max(10, len(l.held)))]...)
	held, err := l.port.Hold(those)
	if err != nil {
		return Holding{}, err
	}
	if l.held == nil {
		l.held = map[skein.PersonID]Holding{}
	}
	maps.Copy(l.held, held)
	return l.held[p], nil
}

// cannot tells why somebody cannot be given a place now; "" when they can. Answer is how long they
// would have to say yes; zero: they have said it.
func (l *Lead) cannot(by skein.By, h Holding, r skein.Role, answer time.Duration) skein.Passed {
	switch {
	case h.Gone:
		return skein.PassedGone
	case answer > 0 && awayFor(h.AwayUntil, by, answer):
		return skein.PassedAway
	case r == skein.Primary && l.Rules.LeadsAtOnce > 0 && h.Leads >= l.Rules.LeadsAtOnce:
		return skein.PassedLeads
	case h.Free != nil && l.Project.HoursPerWeek != nil && h.Hours+*l.Project.HoursPerWeek > *h.Free:
		return skein.PassedHours
	}
	return ""
}

// firstWhoCan is the first of an order who can be given the lead; nil when nobody can. Whoever comes
// before them is passed over.
func (l *Lead) firstWhoCan(by skein.By, order []*Claim) (*Claim, error) {
	for i, c := range order {
		why, err := l.passed(by, order[i:])
		if err != nil {
			return nil, err
		}
		if why == "" {
			c.Passed = ""
			return c, nil
		}
		l.passOver(c, why)
	}
	return nil, nil //nolint:nilnil // nobody is an answer
}

// passed tells why the first of an order cannot be given the lead now.
func (l *Lead) passed(by skein.By, order []*Claim) (skein.Passed, error) {
	var after people
	for _, c := range order[1:] {
		after.add(c.Person)
	}
	h, err := l.holding(order[0].Person, after)
	if err != nil {
		return "", err
	}
	answer := l.Rules.Answer
	if l.answered(order[0]) {
		answer = 0
	}
	return l.cannot(by, h, skein.Primary, answer), nil
}

// refuseFull refuses by a place here where they cannot hold it any more.
func (l *Lead) refuseFull(by skein.By, r skein.Role) error {
	h, err := l.holding(by.Person, nil)
	if err != nil {
		return err
	}
	why := l.cannot(by, h, r, 0)
	if why == "" {
		return nil
	}
	return skein.Refused{
		Why: "You " + why.WordsOfYou() + ".",
		Who: "Hand on or step down from another lead first, or ask an executive about the guardrail.",
	}
}

// passOver keeps with a claim why the lead passed it by. When whoever came after it declines, its
// turn may come again.
func (l *Lead) passOver(c *Claim, why skein.Passed) {
	c.Passed = why
	l.note("claim.pass_over", "claim", string(c.ID), map[string]any{"why": why})
}
