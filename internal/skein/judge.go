package skein

// Closing is a window at its end, with everything that bears on the pick as it was read in one
// transaction.
type Closing struct {
	Window     Window
	Claims     []Claim // submitted, by person
	Comparison Comparison
	// Equal are claims without a score that a steward found equally placed.
	Equal []ClaimID
}

// Judge is the matching as a transaction of the store uses it: on rows that it has just read.
type Judge struct {
	// Practices are the skills that the lens may ask for beside a phase's own.
	Practices []SkillID
	// Claims judges every claim of a closing, in its order.
	Claims func(Closing) ([]Judged, error)
	// Shortlist names, without reading them, everybody who bears on the next invitation. It is asked
	// with a comparison of nobody. False: not known; then all are read. It may be nil.
	Shortlist func(c Comparison, w Window, asked []PersonID) ([]PersonID, bool)
	// Invite chooses whom to ask when nobody claimed: the best placed ready people, without those
	// asked before.
	Invite func(c Comparison, w Window, asked []PersonID) ([]PersonID, error)
}
