package skein

// Event is one row of the audit log, written in the transaction of the move it tells of.
type Event struct {
	Action  string // a verb of the log: "claim.submit", "project.publish", ...
	Noun    string // "claim", "project", "person", ...
	NounID  string
	Project ProjectID
	Circle  CircleID
	Details map[string]any
	// Ruled is true of what followed by a rule of Skein's, which acts as nobody: of what follows from a sealed act, whoever
	// acted must not be named, or the row would tell of that act.
	Ruled bool
}
