package skein

// Zone says in which way somebody may lead a phase.
type Zone string

// The zones, the best first.
const (
	Ready   Zone = "ready"
	Stretch Zone = "stretch" // with a coach
	NotYet  Zone = "not_yet" // may join or shadow
)
