package skein

// Unknown is what becomes of somebody whom the organisation's provider of accounts vouches for, and whom nobody here
// knows.
type Unknown string

// What may become of them.
const (
	RefuseUnknown Unknown = "refuse" // they are told who can add them
	MakeUnknown   Unknown = "make"   // they become a person with an account
)

// SignInRule is how people sign in.
type SignInRule struct {
	Unknown Unknown
	// Passwords is false where a password opens the door for administrators alone who are named for it.
	Passwords bool
	// SecondStep demands a second step of administrators and executives.
	SecondStep bool
}

// Check reports what an answer to the form lacks.
func (u Unknown) Check() error {
	var bad Invalid
	bad.Add(u != RefuseUnknown && u != MakeUnknown, "unknown", "Choose one of the two.")
	return bad.Err()
}

// MaxGroup is how many characters the name of a group has at most.
const MaxGroup = 200

// GroupRole is a role that everybody has whom the provider says to be in a group.
type GroupRole struct {
	Group string // as the provider writes it
	Hat   Hat
}

// Check reports what a group's role lacks.
func (g GroupRole) Check() error {
	var bad Invalid
	bad.Name("group", g.Group, "Name the group, as the organisation’s sign-in writes it.")
	bad.Add(len([]rune(g.Group)) > MaxGroup, "group", "A group’s name has 200 characters at most.")
	if wrong, ok := g.Hat.Check().(Invalid); ok { //nolint:errorlint // it is one, or nothing
		bad = append(bad, wrong...)
	}
	return bad.Err()
}

// TurnedAway is why somebody does not come in whom the organisation's provider vouches for.
type TurnedAway string

// Why they do not.
const (
	AwayNoEmail    TurnedAway = "no_email"   // it names no address of theirs
	AwayUnverified TurnedAway = "unverified" // it does not say that the address is theirs
	AwayUnknown    TurnedAway = "unknown"    // nobody here has the address
	AwaySeveral    TurnedAway = "several"    // more than one here has it
	AwayLeft       TurnedAway = "left"       // whoever has it is not here today
	AwayOther      TurnedAway = "other"      // whoever has it came as somebody else of the provider's before
)

// TurnedAwayError is that somebody does not come in.
type TurnedAwayError struct{ Why TurnedAway }

func (e TurnedAwayError) Error() string { return "turned away: " + string(e.Why) }

// KeepPassword says whether nobody may be left to come in by a password while others do not: named is how many would
// remain.
func KeepPassword(named int) error {
	if named > 0 {
		return nil
	}
	return Refused{
		"Passwords are switched off, and this is the only administrator who is named to come in by one: nobody could when the organisation’s sign-in is out of reach.",
		"Name another administrator for it first, under Sign-in.",
	}
}
