package skein

import "slices"

// ProjectState is where a project's life stands.
type ProjectState string

// The states of a project.
const (
	Draft       ProjectState = "draft"
	OpenForLead ProjectState = "open"
	Led         ProjectState = "led"
	HandingOver ProjectState = "handing_over" // led, and open for the next
	Paused      ProjectState = "paused"
	Completed   ProjectState = "completed"
	Cancelled   ProjectState = "cancelled"
)

// ProjectStates are all of them, in the order of a project's life.
var ProjectStates = []ProjectState{Draft, OpenForLead, Led, HandingOver, Paused, Completed, Cancelled}

// projectMoves lists where a project may go from each state.
var projectMoves = map[ProjectState][]ProjectState{
	Draft:       {OpenForLead, Cancelled},
	OpenForLead: {Led, Completed, Cancelled}, // completed: its lead has left
	Led:         {HandingOver, OpenForLead, Completed},
	HandingOver: {Led, OpenForLead, Completed},
	Paused:      {Completed},
	Completed:   {OpenForLead}, // reopened
}

// MayBecome tells whether a project may go from one state to another.
func (s ProjectState) MayBecome(next ProjectState) bool {
	return slices.Contains(projectMoves[s], next)
}

// The sets of states follow, each with its one meaning; see those of TermState.

// Seeks tells whether somebody is sought to lead it: claims gather, or somebody is being chosen.
func (s ProjectState) Seeks() bool { return s == OpenForLead || s == HandingOver }

// HasLead tells whether somebody leads it, or answers for it while it is paused.
func (s ProjectState) HasLead() bool { return s == Led || s == HandingOver || s == Paused }

// IsLead tells whether it is a lead that somebody has or could have now.
func (s ProjectState) IsLead() bool { return s == Led || s.Seeks() }

// UnderWay tells whether it is published and not over.
func (s ProjectState) UnderWay() bool { return s.IsLead() || s == Paused }

// Happens tells whether its work is done or to be done: it is neither a draft nor called off.
func (s ProjectState) Happens() bool { return s.UnderWay() || s == Completed }

// Over tells whether a project has come to its end.
func (s ProjectState) Over() bool { return s == Completed || s == Cancelled }

// Words is how pages say a project's state.
func (s ProjectState) Words() string {
	switch s {
	case Draft:
		return "a draft"
	case OpenForLead:
		return "open for a lead"
	case Led:
		return "led"
	case HandingOver:
		return "led, and open for the next lead"
	case Paused:
		return "paused"
	case Completed:
		return "completed"
	case Cancelled:
		return "cancelled"
	}
	return string(s)
}
