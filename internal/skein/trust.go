package skein

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
	for i, u := range Trusts {
		if t == u {
			return i
		}
	}
	return -1
}

// Above tells whether t demands more than u.
func (t Trust) Above(u Trust) bool { return t.Notch() > u.Notch() }

// Words is how pages call a trust level.
func (t Trust) Words() string {
	switch t {
	case Open:
		return "on trust"
	case Weighed:
		return "the situation picks"
	case Verified:
		return "checked"
	case Zero:
		return "checked each time"
	}
	return ""
}
