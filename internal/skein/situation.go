package skein

// Uncertainty answers "Do we know what will work?" (Snowden & Boone 2007).
type Uncertainty string

// The kinds of uncertainty. Unclear is not matched: split it first.
const (
	Clear       Uncertainty = "clear"
	Complicated Uncertainty = "complicated"
	Complex     Uncertainty = "complex"
	Chaotic     Uncertainty = "chaotic"
	Unclear     Uncertainty = "unclear"
)

// Uncertainties lists the kinds in the order in which pages offer them.
var Uncertainties = []Uncertainty{Clear, Complicated, Complex, Chaotic, Unclear}

var uncertaintyRanks = map[Uncertainty]int{
	Clear:       1,
	Complicated: 2,
	Unclear:     3,
	Complex:     4,
	Chaotic:     5,
}

// Rank places an uncertainty on the rose: clear 1 to chaotic 5, not stated 0.
func (u Uncertainty) Rank() int { return uncertaintyRanks[u] }

// Situation is what a phase is like: seven dimensions, each 1 to 5, and 0 (or "") where it is
// not stated.
type Situation struct {
	Uncertainty Uncertainty `json:"uncertainty,omitempty"`
	Stakes      int         `json:"stakes,omitempty"`     // 5: bad if it goes wrong, and hard to undo
	Urgency     int         `json:"urgency,omitempty"`    // 5: decide within hours
	Expertise   int         `json:"expertise,omitempty"`  // 5: spread over many heads
	Commitment  int         `json:"commitment,omitempty"` // 5: those affected must want it
	Reach       int         `json:"reach,omitempty"`      // 5: many circles must move together
	Readiness   int         `json:"readiness,omitempty"`  // 5: the team knows each other, its purpose, its voice
}

// Dimension names one of the seven.
type Dimension string

// The seven dimensions, in the order of the rose.
const (
	DimUncertainty Dimension = "uncertainty"
	DimStakes      Dimension = "stakes"
	DimUrgency     Dimension = "urgency"
	DimExpertise   Dimension = "expertise"
	DimCommitment  Dimension = "commitment"
	DimReach       Dimension = "reach"
	DimReadiness   Dimension = "readiness"
)

// Dimensions lists the seven in the order of the rose.
var Dimensions = []Dimension{DimUncertainty, DimStakes, DimUrgency, DimExpertise, DimCommitment, DimReach, DimReadiness}

// Value returns a dimension's value, 1 to 5; 0 where it is not stated.
func (s Situation) Value(d Dimension) int {
	switch d {
	case DimUncertainty:
		return s.Uncertainty.Rank()
	case DimStakes:
		return s.Stakes
	case DimUrgency:
		return s.Urgency
	case DimExpertise:
		return s.Expertise
	case DimCommitment:
		return s.Commitment
	case DimReach:
		return s.Reach
	case DimReadiness:
		return s.Readiness
	}
	return 0
}

// Check reports values out of range, by dimension as field.
func (s Situation) Check() error {
	var bad Invalid
	bad.Add(s.Uncertainty != "" && s.Uncertainty.Rank() == 0, string(DimUncertainty),
		"Choose one of clear, complicated, complex, chaotic or unclear.")
	for _, d := range Dimensions[1:] {
		v := s.Value(d)
		bad.Add(v < 0 || v > 5, string(d), "Choose a number from 1 to 5.")
	}
	return bad.Err()
}

// Area returns the skills of the most important requirements: what a project is about.
func Area(requirements []Requirement) []SkillID {
	most := 0
	for _, r := range requirements {
		most = max(most, r.Importance)
	}
	var area []SkillID
	for _, r := range requirements {
		if r.Importance == most {
			area = append(area, r.Skill)
		}
	}
	return area
}
