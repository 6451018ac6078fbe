package skein

import "slices"

// Trust is a project's one dial: which evidence counts, how a lead is taken, what is checked after.
type Trust string

// The trust levels, from mutual trust to none.
const (
	Open     Trust = "open"
	Weighed  Trust = "weighed"
	Verified Trust = "verified"
	Zero     Trust = "zero"
)

// Trusts lists the levels, each a notch above the one before.
var Trusts = []Trust{Open, Weighed, Verified, Zero}

// Notch returns a trust level's place, 0 (open) to 3 (zero); -1 for an unknown one.
func (t Trust) Notch() int {
	return slices.Index(Trusts, t)
}

// Above tells whether t demands more than u.
func (t Trust) Above(u Trust) bool { return t.Notch() > u.Notch() }

var trustWords = map[Trust]string{
	Open:     "on trust",
	Weighed:  "the situation picks",
	Verified: "checked",
	Zero:     "checked each time",
}

// Words is how pages call a trust level.
func (t Trust) Words() string { return trustWords[t] }
