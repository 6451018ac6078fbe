package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/words"
)

// newGroundShown is how many names the list of those who never led has at most.
const newGroundShown = 8

// SeesNewGround tells whether the viewer is shown who is ready for a project and has never led anything:
// a steward without a part in it, while claims stay open until somebody takes it and people are invited.
// Who claimed or was asked does not bear on the list.
func SeesNewGround(v Viewer, p leaddb.ProjectPage) bool {
	w := p.Window
	return w != nil && w.TakesClaims(v.Now) && w.ClosesAt.IsZero() && p.Project.State.Seeks() &&
		v.StewardOf(p.Project.Circle) && p.Claim == nil && !p.Invited
}

// newGround is the list in a sentence; empty where there is nobody.
func (x projectView) newGround() []string {
	names := x.p.NewGround
	if len(names) == 0 || !SeesNewGround(x.Viewer, x.p) {
		return nil
	}
	if more := len(names) - newGroundShown; more > 1 {
		names = append(names[:newGroundShown:newGroundShown], words.Spell(more)+" more")
	}
	return []string{"Ready for this, and never led yet: " + words.List(names) + ". Only stewards see this. Skein invites by the published rule; a word from you helps them see it too."}
}
