package skein

import "slices"

// A state moves through the tables here and in claim.go, projectstate.go and term.go alone; whoever sets one
// without asking its table can leave a project with two leads, or with none that anybody waits for.

// windowMoves lists where a claim window may go from each state.
var windowMoves = map[WindowState][]WindowState{
	WindowOpen:     {WindowInviting, WindowPicked, WindowRestarted, WindowVoid},
	WindowInviting: {WindowOpen, WindowPicked, WindowRestarted, WindowVoid},
	WindowPicked:   {WindowTaken, WindowRestarted, WindowVoid},
}

// MayBecome tells whether a window may go from one state to another.
func (s WindowState) MayBecome(next WindowState) bool { return slices.Contains(windowMoves[s], next) }

// Going tells whether something may still come of the window: claims gather, or a pick is on its way.
func (s WindowState) Going() bool { return len(windowMoves[s]) > 0 }

// pickMoves lists where a pick may go from each state.
var pickMoves = map[PickState][]PickState{
	"":          {PickWaiting, PickUnchecked, PickNotNeeded},
	PickWaiting: {PickConfirmed, PickReturned, PickUnchecked, PickVoid},
}

// MayBecome tells whether a pick may go from one state to another.
func (s PickState) MayBecome(next PickState) bool { return slices.Contains(pickMoves[s], next) }

// inviteMoves lists where an invitation to lead may go from each state.
var inviteMoves = map[InviteState][]InviteState{
	InviteWaiting: {InviteAccepted, InviteDeclined, InviteLapsed, InviteVoid},
}

// MayBecome tells whether an invitation may go from one state to another.
func (s InviteState) MayBecome(next InviteState) bool { return slices.Contains(inviteMoves[s], next) }
