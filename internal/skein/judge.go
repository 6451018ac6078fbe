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
	// Invite chooses whom to ask when nobody claimed: the best placed ready people, without those
	// asked before.
	Invite func(c Comparison, w Window, asked []PersonID) ([]PersonID, error)
}
