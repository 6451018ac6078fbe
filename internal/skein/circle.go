package skein

// Circle is a group that leads projects; circles nest to any depth.
type Circle struct {
	ID       CircleID
	Name     string
	Purpose  string
	Parent   CircleID
	Rotation *float64 // nil: the parent's, or that of the published tables
	Matching *bool    // nil: the parent's
}

// Check reports what is wrong with a circle.
func (c Circle) Check() error {
	var bad Invalid
	bad.Name("name", c.Name, "Say what it is called.")
	bad.Long("purpose", c.Purpose)
	return bad.Err()
}

// WordsVersion names what a circle is called and what it is for.
func (c Circle) WordsVersion() string { return versionOf(c.Name, c.Purpose) }

// PlaceVersion names where a circle lies.
func (c Circle) PlaceVersion() string { return versionOf(c.Parent) }

// Turns is how leads rotate in a circle, as somebody chooses it.
type Turns string

// The choices. The last leaves it to the circle above, or to what holds for the whole organisation.
const (
	TakeTurns    Turns = "turns"
	NoDifference Turns = "none"
	StayWith     Turns = "stay"
	AsAbove      Turns = "above"
)

// rotations are how strong each choice is.
var rotations = map[Turns]float64{TakeTurns: .6, NoDifference: 0, StayWith: -.4}

// TurnsOf is the choice that a rotation comes nearest to among those that work in its direction:
// one that makes any difference to anybody is never called none. Nil is the parent's.
func TurnsOf(rotation *float64) Turns {
	switch {
	case rotation == nil:
		return AsAbove
	case *rotation > 0:
		return TakeTurns
	case *rotation < 0:
		return StayWith
	}
	return NoDifference
}

// Usual is the rotation of a choice, unless an organisation's own past says otherwise.
func (t Turns) Usual() float64 { return rotations[t] }

// Turn chooses how leads rotate in the circle. May says that whoever chooses is an administrator, or a
// steward of the circle or of one above. A rotation that goes by that choice already is kept, so that
// nobody takes back by accident how strong it was found to be.
func (c *Circle) Turn(to Turns, may bool) error {
	if !may {
		return Refused{
			Why: "How leads rotate in " + c.Name + " is chosen by its stewards, those of what it lies in, and administrators.",
			Who: "Ask one of them.",
		}
	}
	rotation, known := rotations[to]
	switch {
	case to == AsAbove:
		c.Rotation = nil
	case !known:
		return Invalid{{Field: "turns", Message: "Choose how leads rotate here."}}
	case TurnsOf(c.Rotation) != to:
		c.Rotation = &rotation
	}
	return nil
}
