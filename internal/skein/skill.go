package skein

import "strings"

// SkillKind tells what you know from how you lead.
type SkillKind string

// The two kinds of skill.
const (
	Domain   SkillKind = "domain"
	Practice SkillKind = "practice"
)

// Skill is something that a person can do and a phase can ask for.
type Skill struct {
	ID           SkillID
	Name         string
	Kind         SkillKind
	HalfLifeDays int // 0: the policy's default
	URI          string
	Parent       SkillID
}

// Check reports what is wrong with a skill as a file has it.
func (s Skill) Check() error {
	var bad Invalid
	bad.Name("name", s.Name, "Name the skill in a word or two.")
	bad.Short("uri", s.URI)
	return bad.Err()
}

// Levels says what each level means, from none to setting the standard.
var Levels = [6]string{"none", "has tried it", "with help", "on their own", "others come to them", "sets the standard"}

// LevelsYours says the same to the person themselves.
var LevelsYours = [6]string{"none", "you have tried it", "with help", "on your own", "others come to you", "you set the standard"}

// EvidenceKind says who says so.
type EvidenceKind string

// The kinds of evidence.
const (
	Self       EvidenceKind = "self"
	Peer       EvidenceKind = "peer"
	Outcome    EvidenceKind = "outcome"
	Credential EvidenceKind = "credential"
)

// EvidenceKinds lists the kinds from the weakest to the strongest.
var EvidenceKinds = []EvidenceKind{Self, Peer, Outcome, Credential}

// Evidence is one thing that speaks for one person's level in one skill.
type Evidence struct {
	Person     PersonID
	Skill      SkillID
	Kind       EvidenceKind
	Level      int // 1 to 5
	ObservedOn Date
	ExpiresOn  Date     // zero: never
	GivenBy    PersonID // empty: not said
	Source     string   // empty: not said
	Note       string
}

// Check reports what is wrong with what is said in the evidence. Its people, its skill and its days
// are checked where they are known.
func (e Evidence) Check() error {
	var bad Invalid
	// A source is a part of what makes the evidence this one and no other, so its lines end as they did.
	bad.Long("source", strings.ReplaceAll(e.Source, "\r", ""))
	bad.Long("note", e.Note)
	return bad.Err()
}

// Requirement is what a phase asks for in one skill.
type Requirement struct {
	Skill      SkillID `json:"skill"`
	Importance int     `json:"importance"` // 1 to 5
	Level      int     `json:"level"`      // 1 to 5
	Must       bool    `json:"must,omitempty"`
}

// Check reports what is out of range.
func (r Requirement) Check() error {
	var bad Invalid
	bad.Add(r.Skill == "", "skill", "Say which skill.")
	bad.Add(r.Importance < 1 || r.Importance > 5, "importance", "Importance is a number from 1 to 5.")
	bad.Add(r.Level < 1 || r.Level > 5, "level", "The level is a number from 1 to 5.")
	return bad.Err()
}

// ReturnedDays is how many days apart two people's praise of each other counts as returned, where no
// published tables say.
const ReturnedDays = 90

// After how many days evidence counts for half, and what a colleague's word counts for beside what came out where the
// situation picks, where no published table says otherwise.
const (
	HalfLifeDays = 180
	PeerCounts   = .5
)

// LongestHalfLife is a century in days: skills that fade more slowly do not fade, and longer ones are mistakes.
const LongestHalfLife = 36525
