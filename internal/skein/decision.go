package skein

import (
	"slices"
	"strings"
	"time"
)

// DecisionID is the id of a decision; AdviceID that of what one person is asked of it.
type (
	DecisionID string
	AdviceID   string
)

// DecisionState is where a decision stands.
type DecisionState string

// The states of a decision.
const (
	DecisionDraft    DecisionState = "draft"  // read by those who decide it alone
	DecisionAsking   DecisionState = "asking" // advice, or a yes, is asked for; or it is proposed to those above
	DecisionDecided  DecisionState = "decided"
	DecisionReplaced DecisionState = "replaced" // by a later one
	DecisionClosed   DecisionState = "closed"   // nothing was decided
)

// DecisionStates are all of them.
var DecisionStates = []DecisionState{DecisionDraft, DecisionAsking, DecisionDecided, DecisionReplaced, DecisionClosed}

// decisionMoves lists where a decision may go from each state.
var decisionMoves = map[DecisionState][]DecisionState{
	DecisionDraft:   {DecisionAsking, DecisionDecided, DecisionClosed},
	DecisionAsking:  {DecisionDecided, DecisionClosed},
	DecisionDecided: {DecisionReplaced},
}

// MayBecome tells whether a decision may go from one state to another.
func (s DecisionState) MayBecome(next DecisionState) bool {
	return slices.Contains(decisionMoves[s], next)
}

// Open tells whether it is still to be decided.
func (s DecisionState) Open() bool { return s == DecisionDraft || s == DecisionAsking }

// Stands tells whether something was decided, whether or not another has replaced it.
func (s DecisionState) Stands() bool { return s == DecisionDecided || s == DecisionReplaced }

// DecisionTold is who was told of the day until which advice is taken.
type DecisionTold string

// Who was told; nobody yet where it is empty.
const (
	DecisionToldAsked DecisionTold = "asked" // on the day before
	DecisionToldLead  DecisionTold = "lead"  // when it had passed
)

// Decision is one question that whoever leads a project decides, or decided.
type Decision struct {
	ID       DecisionID
	Project  ProjectID
	Question string
	Options  []string // what it could be
	Area     string   // what it falls under of what the lead decides,
	Line     []Remit  // among all of that level, as they stood when it was opened
	Costs    *float64 // nil: nothing that was said
	Replaces DecisionID
	State    DecisionState
	OpenedBy PersonID
	OpenedAt time.Time
	AskedAt  time.Time // zero: nobody was asked
	AdviceOn Date      // the last day on which advice is waited for
	Told     DecisionTold

	Ruling

	DecidedBy PersonID
	DecidedAt time.Time
	Came      string // what came of it; empty: nobody has said
	CameBy    PersonID
	CameAt    time.Time
	EndedAt   time.Time // closed, or replaced
	EndReason string
}

// Ruling is what is decided, and why.
type Ruling struct {
	Says   string
	Chosen int // which of the options, from 1; 0: none of them
	Reason string
}

// How much a decision says, and how long advice is waited for.
const (
	MostOptions       = 8
	MostOpenDecisions = 12 // of one project
	MostAdvisers      = 12 // of one decision
	MaxQuestion       = 300
	MaxOption         = 200
	MaxDecision       = 140
	MaxAskedWhy       = 80
	AdviceDays        = 14 // after which it is decided without
	MostAdviceDays    = 60
	adviceReminder    = -1
)

// Check reports what is wrong with a question that is to be decided.
func (d Decision) Check() error {
	var bad Invalid
	bad.Name("question", d.Question, "Ask what is to be decided, in one sentence.")
	bad.Add(len([]rune(d.Question)) > MaxQuestion, "question", "Ask it in 300 characters or fewer.")
	bad.Add(len(d.Options) > MostOptions, "options", "Eight ways at most; put together what hardly differs.")
	for i, o := range d.Options {
		line(&bad, "options", o)
		bad.Add(slices.Contains(d.Options[:i], o), "options", "One of them stands there twice. Leave one out.")
	}
	bad.Add(d.Area == "", "area", "Choose what it falls under of what is decided here.")
	bad.Short("says", d.Says) // empty before it is decided
	bad.Long("reason", d.Reason)
	bad.Add(d.Costs != nil && (*d.Costs < 0 || *d.Costs > 1e9), "costs", "What it costs is a number that is not below zero.")
	return bad.Err()
}

// Row is the line of what the lead decides that it falls under, as it stood when it was opened.
func (d Decision) Row() Remit {
	for _, r := range d.Line {
		if r.Area == d.Area {
			return r
		}
	}
	return Remit{}
}

// Level is how far the lead decides it.
func (d Decision) Level() RemitLevel { return d.Row().Level }

// Seen tells whether everybody reads it: what is not asked or decided yet is read by those who decide alone.
func (d Decision) Seen() bool { return !d.AskedAt.IsZero() || d.State.Stands() }

// Past tells whether the last day on which advice is waited for is over.
func (d Decision) Past(day Date) bool { return !d.AdviceOn.IsZero() && day.After(d.AdviceOn) }

// TellsOn is the day on which the clock next tells somebody of it; zero: it has told all it tells.
func (d Decision) TellsOn() Date {
	switch {
	case d.State != DecisionAsking || d.AdviceOn.IsZero():
		return Date{}
	case d.Told == "":
		return d.AdviceOn.AddDate(0, 0, adviceReminder)
	case d.Told == DecisionToldAsked:
		return d.AdviceOn.AddDate(0, 0, 1)
	}
	return Date{}
}

// Until sets the last day on which advice is waited for, and begins its clock anew. Of a day that comes at once nobody
// is reminded.
func (d *Decision) Until(by By, day Date) {
	d.AdviceOn, d.Told = day, ""
	if !day.AddDate(0, 0, adviceReminder).After(by.Day) {
		d.Told = DecisionToldAsked
	}
}

// UntilOf begins the sentence that says whose day it is, before the day.
func UntilOf(level RemitLevel) string {
	if level == ProposeAbove {
		return "Whoever decides it has until "
	}
	return "Those who were asked have until "
}

// CheckUntil reports what is wrong with that day.
func CheckUntil(today, day Date) error {
	var bad Invalid
	bad.Add(!day.After(today), "until", "Choose a later day: whoever is asked needs time to answer.")
	bad.Add(day.After(today.AddDate(0, 0, MostAdviceDays)), "until", "That is more than sixty days away. Choose an earlier day.")
	return bad.Err()
}

// CheckAmong reports what is wrong with what is decided among so many options.
func (r Ruling) CheckAmong(options int) error {
	bad, _ := r.Check().(Invalid)
	bad.Add(r.Chosen < 0 || r.Chosen > options, "chosen", "Choose one of them, or none.")
	return bad.Err()
}

// Check reports what is wrong with the words of what is decided.
func (r Ruling) Check() error {
	var bad Invalid
	bad.Name("says", r.Says, "Say what is decided, in one sentence.")
	bad.Add(len([]rune(r.Says)) > MaxDecision, "says", "Say it in 140 characters or fewer; the reason has room for more.")
	longWords(&bad, "reason", r.Reason, "Say why in a sentence: everybody can read it.")
	return bad.Err()
}

// CheckCame reports what is wrong with what came of a decision.
func CheckCame(says string) error {
	var bad Invalid
	bad.Words("came", says, "Say in a sentence what came of it.")
	bad.Add(len([]rune(says)) > MaxWhy, "came", "Say it in 600 characters or fewer.")
	return bad.Err()
}

// Version names what a question says that is not asked yet.
func (d Decision) Version() string {
	costs := -1.0
	if d.Costs != nil {
		costs = *d.Costs
	}
	return versionOf(d.Question, strings.Join(d.Options, "\n"), d.Area, costs, d.Replaces)
}

// MaySayCame tells whether somebody says what came of it: whoever leads, and whoever decided it; once the project is over
// whoever led it last, and a steward of its circle or of one above, too.
func (d Decision) MaySayCame(p PersonID, leads bool, of ProjectState, ledLast, steward bool) bool {
	return p != "" && (leads || p == d.DecidedBy || of.Over() && (ledLast || steward))
}

// ErrCameNotTheirs refuses to say what came of a decision.
var ErrCameNotTheirs error = Refused{
	Why: "You do not lead this.",
	Who: "Whoever leads it says what came of it, or whoever decided it; once the project is over, whoever led it last and its steward, too.",
}

// ErrProposedUpwards refuses to decide what is proposed upwards.
var ErrProposedUpwards error = Refused{
	Why: "This is proposed upwards, so it is not yours to decide.",
	Who: "Whoever answers for its priority decides it, or a steward of its team; nobody who opened it, or has led it since it was proposed.",
}

// CameVersion names what was said of what came of it.
func (d Decision) CameVersion() string { return versionOf(d.Came) }
