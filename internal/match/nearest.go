package match

import (
	"slices"

	"skein/internal/skein"
)

// StepKind is something that could change where a person stands.
type StepKind string

// The steps, from the smallest.
const (
	StepWord   StepKind = "corroboration" // one more who has seen it says so
	StepLevel  StepKind = "level"         // one level more
	StepShadow StepKind = "shadow"        // one term as shadow or co-lead, with its outcome
)

var stepKinds = []StepKind{StepWord, StepLevel, StepShadow}

// Step is one such change in one skill.
type Step struct {
	Kind   StepKind       `json:"kind"`
	Skill  skein.SkillID  `json:"skill"`
	Level  int            `json:"level"`            // the level that it would speak of
	Person skein.PersonID `json:"person,omitempty"` // of two who claim together, who takes it
}

// Change is the smallest step, or two where no single one does, that leads into another zone.
type Change struct {
	Steps []Step  `json:"steps"`
	To    Zone    `json:"to"`
	Fit   float64 `json:"fit"` // afterwards
}

// Nearest looks for the smallest change that reaches the next zone, by meeting the requirements
// anew after each possible step: a corroboration before a level before a term as shadow, and among
// equals the one with the greatest fit afterwards. It is false for whoever is ready, and where two
// steps would not do.
func Nearest(q Query, c Claimant) (Change, bool) { return nearest(q, c, metTogether(q, c)) }

// nearest is Nearest for a claim whose requirements have been met already.
func nearest(q Query, c Claimant, met []Met) (Change, bool) {
	from := zone(q, met)
	// The search grows with the cube of what is asked for: what was imported before there was a most is
	// compared, and no change is looked for.
	if from == Ready || len(q.Requirements) > 2*skein.MostRequirements {
		return Change{}, false
	}
	return newTrial(q, c, met, possibleSteps(q, c)).smallest(from)
}

func sizeOf(s Step) int { return slices.Index(stepKinds, s.Kind) + 1 }
