// Package match is the engine: which people a project's present situation asks for, how well each
// fits and why, who takes the lead among those who claim it, and what would change it.
//
// Everything here is a pure function over plain values. There is no I/O, no clock and no
// randomness of its own: the day, the policy and the lottery's seed are handed in, and the same
// input gives the same output, bit for bit, whatever the order of rows. No input has a field for
// grade, title, tenure, age or pay.
//
// The way through: a Brief and a Policy make a Query; a Query and a Candidate make an Assessment;
// Rank orders people, Pick chooses among claims, Invite asks when nobody claimed, and Explain
// turns an assessment into the sentences of a page.
package match

// Standing says where a person stands in one requirement.
type Standing string

// The standings, from the strongest.
const (
	Shown   Standing = "shown"   // the level is reached, and enough others say so
	Near    Standing = "near"    // within one level, and enough others say so
	Word    Standing = "word"    // only their own word, or too few others
	Missing Standing = "missing" // nobody says so
)

// rank is 3 for shown down to 0 for missing.
func (s Standing) rank() int {
	switch s {
	case Shown:
		return 3
	case Near:
		return 2
	case Word:
		return 1
	}
	return 0
}

// Zone says whether a person may take a lead.
type Zone string

// The zones.
const (
	Ready   Zone = "ready"
	Stretch Zone = "stretch" // may claim with a named coach
	NotYet  Zone = "not_yet" // may join or shadow
)

// rank is 2 for ready down to 0 for not yet.
func (z Zone) rank() int {
	switch z {
	case Ready:
		return 2
	case Stretch:
		return 1
	}
	return 0
}

// Words is how pages say a zone.
func (z Zone) Words() string {
	switch z {
	case Ready:
		return "ready"
	case Stretch:
		return "a stretch"
	}
	return "not yet"
}
