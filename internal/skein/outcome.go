package skein

import (
	"slices"
	"strings"
	"time"
)

// OutcomeID is the id of a review of how a time in office went.
type OutcomeID string

// OutcomeState is where the review of a time in office stands.
type OutcomeState string

// The states of such a review.
const (
	OutcomeAsking OutcomeState = "asking"
	OutcomeClosed OutcomeState = "closed"
	OutcomeVoid   OutcomeState = "void" // whoever stepped down took it back
)

var outcomeMoves = map[OutcomeState][]OutcomeState{OutcomeAsking: {OutcomeClosed, OutcomeVoid}}

// MayBecome tells whether a review may go from one state to another.
func (s OutcomeState) MayBecome(next OutcomeState) bool {
	return slices.Contains(outcomeMoves[s], next)
}

// OutcomeResult is whether a project got there.
type OutcomeResult string

// The answers to whether it got there.
const (
	Reached    OutcomeResult = "reached"
	Partly     OutcomeResult = "partly"
	NotReached OutcomeResult = "not"
	GivenUp    OutcomeResult = "given_up"
)

// OutcomeResults are all of them, in the order in which they are chosen from.
var OutcomeResults = []OutcomeResult{Reached, Partly, NotReached, GivenUp}

// Missed tells whether it is a lesson: nobody has any evidence of it.
func (r OutcomeResult) Missed() bool { return r == NotReached || r == GivenUp }

// Words says a result as pages do.
func (r OutcomeResult) Words() string {
	if r == GivenUp {
		return "given up"
	}
	return string(r)
}

// OutcomeBasis is whose word the result is.
type OutcomeBasis string

// Whose word it is; nobody's where it is empty.
const (
	BasisOwner    OutcomeBasis = "owner"    // whoever answers for the priority
	BasisMajority OutcomeBasis = "majority" // of the others
	BasisSplit    OutcomeBasis = "split"    // of the others, who did not agree
	BasisLead     OutcomeBasis = "lead"     // nobody else answered
)

// OutcomePart is what somebody was while it was led.
type OutcomePart string

// The parts; somebody with several has the first.
const (
	PartLead   OutcomePart = "lead"
	PartCoLead OutcomePart = "co"
	PartShadow OutcomePart = "shadow"
	PartMember OutcomePart = "member"
	PartOwner  OutcomePart = "owner" // answers for the priority, and nothing else
)

// When a review closes with what there is, and how long before that whoever has not answered is reminded, once.
const (
	OutcomeTime     = 14 * 24 * time.Hour
	OutcomeReminder = 3 * 24 * time.Hour
)

// OutcomeDays is on how many days somebody who did not lead had a place while somebody did, to be asked how it went; of a
// shorter time it is half. Who came in the last days cannot say; who was dropped in them can.
const OutcomeDays = 14

// OutcomeReview asks how a time in office went.
type OutcomeReview struct {
	ID        OutcomeID
	Project   ProjectID
	Term      TermID
	State     OutcomeState
	OpenedAt  time.Time
	Due       time.Time
	Reminded  bool
	ClosedAt  time.Time
	Result    OutcomeResult // empty: not closed, or nobody answered
	Basis     OutcomeBasis
	ThankedAt time.Time
}

// TellsAt is when the clock next does something: it reminds, then it closes. Zero: nothing.
func (o OutcomeReview) TellsAt() time.Time {
	switch {
	case o.State != OutcomeAsking:
		return time.Time{}
	case !o.Reminded:
		return o.Due.Add(-OutcomeReminder)
	}
	return o.Due
}

// OutcomeSkill is what the lead was asked for in one skill when the review opened.
type OutcomeSkill struct {
	Review OutcomeID
	Skill  SkillID
	Level  int
	Place  int
}

// OutcomeNaming says of somebody that they showed a skill.
type OutcomeNaming struct {
	Review OutcomeID
	By     PersonID
	Person PersonID
	Skill  SkillID
}

// OutcomeText is what somebody answers.
type OutcomeText struct {
	Result  OutcomeResult
	Led     string // how it was led
	Again   string // what to do again, and what not
	Named   bool   // whether their name stands beside that
	Library bool   // whether that goes to the library
}

// OutcomeAnswer is what somebody who was asked has answered.
type OutcomeAnswer struct {
	OutcomeText

	Review     OutcomeID
	Person     PersonID
	Part       OutcomePart
	Owner      bool      // they answer for the priority
	AnsweredAt time.Time // zero: they have not
	Passed     bool      // they were hardly there, so nobody waits for them

	// Two random keys name what they said without a way from one to the other, or to them.
	LedKey   string
	AgainKey string

	LedShown  bool // whoever led lets others read it
	LibraryAt time.Time
	LibraryBy PersonID
}

// Said tells whether somebody has sent their own.
func (a OutcomeAnswer) Said() bool { return !a.AnsweredAt.IsZero() }

// Waits tells whether somebody is waited for.
func (a OutcomeAnswer) Waits() bool { return !a.Said() && !a.Passed }

// SaysLed tells whether they said how somebody else led.
func (a OutcomeAnswer) SaysLed() bool { return a.Said() && a.Part != PartLead && a.Led != "" }

// Check reports what is wrong with an answer.
func (t OutcomeText) Check() error {
	var bad Invalid
	bad.Add(!slices.Contains(OutcomeResults, t.Result), "result", "Say whether it got there: reached, partly, not, or given up.")
	bad.Long("led", t.Led)
	bad.Add(len([]rune(t.Led)) > MaxWhy, "led", "Say it in 600 characters or fewer.")
	bad.Long("again", t.Again)
	bad.Add(len([]rune(t.Again)) > MaxWhy, "again", "Say it in 600 characters or fewer.")
	bad.Add(t.Library && strings.TrimSpace(t.Again) == "", "again", "Say what we would do again, or not; that is what goes to the library.")
	return bad.Err()
}

// FewestLed is from how many answers on whoever led reads how it was led: of fewer they could tell whose they are.
const FewestLed = 3

// LedReadable tells whether there are enough answers on how it was led for whoever led to read them.
func LedReadable(answers []OutcomeAnswer) bool {
	n := 0
	for _, a := range answers {
		if a.SaysLed() {
			n++
		}
	}
	return n >= FewestLed
}

// ResultOf is how it went by what was answered: the word of whoever answers for the priority, else what most of the
// others say, else partly; of whoever led alone where nobody else answered.
func ResultOf(answers []OutcomeAnswer) (OutcomeResult, OutcomeBasis) {
	var own OutcomeResult
	said, n := map[OutcomeResult]int{}, 0
	for _, a := range answers {
		switch {
		case !a.Said():
		case a.Part == PartLead:
			own = a.Result
		case a.Owner:
			return a.Result, BasisOwner
		default:
			said[a.Result]++
			n++
		}
	}
	switch {
	case n == 0 && own == "":
		return "", ""
	case n == 0:
		return own, BasisLead
	}
	for r, votes := range said {
		if 2*votes > n {
			return r, BasisMajority
		}
	}
	if 2*(said[NotReached]+said[GivenUp]) > n { // a miss, however each calls it
		return NotReached, BasisMajority
	}
	return Partly, BasisSplit
}

// Evidence is what a review leaves when it closes on a day: for whoever led in all that was asked for; for who led beside
// them, shadowed or was in the team in what others named. A miss leaves none.
func (o OutcomeReview) Evidence(day Date, led PersonID, skills []OutcomeSkill, answers []OutcomeAnswer, namings []OutcomeNaming) []Evidence {
	if o.Result == "" || o.Result.Missed() {
		return nil
	}
	var all []Evidence
	add := func(p PersonID, s OutcomeSkill, kind EvidenceKind) {
		e := Evidence{Person: p, Skill: s.Skill, Kind: kind, Level: s.Level, ObservedOn: day, Source: string(o.Project)}
		if o.Result == Partly {
			e.Level = max(1, s.Level-1)
		}
		all = append(all, e)
	}
	kind := Outcome
	if o.Basis == BasisLead {
		kind = Self
	}
	for _, s := range skills {
		add(led, s, kind)
		for _, a := range answers {
			named := slices.ContainsFunc(namings, func(n OutcomeNaming) bool { return n.Person == a.Person && n.By != a.Person && n.Skill == s.Skill })
			// by the word of whoever led alone nobody else gets evidence
			if named && o.Basis != BasisLead && a.Person != led && a.Part != PartOwner {
				add(a.Person, s, Outcome)
			}
		}
	}
	return all
}
