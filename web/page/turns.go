package page

import "time"

// Turns finds out until when words stay true that were said by a clock: what turns with time is
// noted while it is said. A nil Turns notes nothing.
type Turns struct{ now, next time.Time }

// NewTurns returns the turns of what is said now. By a new quarter of an hour anything may have
// turned: in every zone days and hours begin with one.
func NewTurns(now time.Time) *Turns {
	t := &Turns{now: now}
	began := now.Truncate(quarter)
	t.At(began)
	t.At(began.Add(quarter))
	return t
}

const quarter = 15 * time.Minute

// At notes that words turn at a moment, or right after it.
func (t *Turns) At(moment time.Time) {
	if t == nil || moment.Before(t.now) || !t.next.IsZero() && t.next.Before(moment) {
		return
	}
	t.next = moment
}

// near notes how far away a moment is, as Clock.In says it: it turns with half hours, and with half
// minutes within an hour and a half.
func (t *Turns) near(moment time.Time) {
	if t == nil {
		return
	}
	gap, step := moment.Sub(t.now), 30*time.Minute
	if gap.Abs() <= 90*time.Minute {
		step = 30 * time.Second
	}
	rest := gap % step
	if rest < 0 {
		rest += step
	}
	t.At(t.now.Add(rest))
}

// Hold tells whether what was said is said alike at a time.
func (t *Turns) Hold(at time.Time) bool { return !at.Before(t.now) && at.Before(t.next) }
