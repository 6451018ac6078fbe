package skein

import (
	"slices"
	"strings"
	"time"
)

// ReconsiderationID is the id of a reconsideration.
type ReconsiderationID string

// ReconsiderState is where a reconsideration stands.
type ReconsiderState string

// The states of a reconsideration: how it ended is one of them.
const (
	ReconsiderOpen     ReconsiderState = "open" // answers are waited for
	ReconsiderKept     ReconsiderState = "kept"
	ReconsiderCoLead   ReconsiderState = "co_lead"
	ReconsiderHandedOn ReconsiderState = "handed_on"
	ReconsiderSplit    ReconsiderState = "split"
	ReconsiderOpened   ReconsiderState = "opened" // no answer by the date: it is handed on
	ReconsiderVoid     ReconsiderState = "void"   // there is nothing to reconsider any more
)

// ReconsiderStates are all of them.
var ReconsiderStates = []ReconsiderState{
	ReconsiderOpen, ReconsiderKept, ReconsiderCoLead, ReconsiderHandedOn, ReconsiderSplit, ReconsiderOpened, ReconsiderVoid,
}

// reconsiderMoves lists where a reconsideration may go from each state. What was handed on by it is kept where both
// say so before everybody is told who was picked.
var reconsiderMoves = map[ReconsiderState][]ReconsiderState{
	ReconsiderOpen: {
		ReconsiderKept, ReconsiderCoLead, ReconsiderHandedOn, ReconsiderSplit, ReconsiderOpened, ReconsiderVoid,
	},
	ReconsiderHandedOn: {ReconsiderKept},
	ReconsiderOpened:   {ReconsiderKept},
}

// MayBecome tells whether a reconsideration may go from one state to another.
func (s ReconsiderState) MayBecome(next ReconsiderState) bool {
	return slices.Contains(reconsiderMoves[s], next)
}

// HandsOn tells whether the lead was opened for claims by it.
func (s ReconsiderState) HandsOn() bool { return s == ReconsiderHandedOn || s == ReconsiderOpened }

// ReconsiderAnswer is what whoever leads, or a steward, says should become of a lead that is reconsidered.
type ReconsiderAnswer string

// The answers; empty: none was given.
const (
	AnswerKeep   ReconsiderAnswer = "keep"
	AnswerCoLead ReconsiderAnswer = "co_lead"
	AnswerHandOn ReconsiderAnswer = "hand_on"
	AnswerSplit  ReconsiderAnswer = "split"
)

// ReconsiderAnswers are all of them, in the order in which they are chosen from.
var ReconsiderAnswers = []ReconsiderAnswer{AnswerKeep, AnswerCoLead, AnswerHandOn, AnswerSplit}

// Ends is how a reconsideration ends by an answer.
func (a ReconsiderAnswer) Ends() ReconsiderState {
	switch a {
	case AnswerKeep:
		return ReconsiderKept
	case AnswerCoLead:
		return ReconsiderCoLead
	case AnswerHandOn:
		return ReconsiderHandedOn
	case AnswerSplit:
		return ReconsiderSplit
	}
	return ReconsiderOpened
}

// Reconsideration is a lead that became something else than its lead was chosen for: whoever leads it and a steward
// say what becomes of it. Until then they lead it on.
type Reconsideration struct {
	ID        ReconsiderationID
	Project   ProjectID
	Term      TermID // the lead that is reconsidered
	State     ReconsiderState
	OpenedAt  time.Time
	Due       time.Time // by when both answer; zero: it is over
	Reminded  bool      // who has not answered was reminded
	Lead      ReconsiderAnswer
	Steward   ReconsiderAnswer
	StewardBy PersonID  // who answered as a steward
	HandedBy  PersonID  // who had, and not that it is kept, when it was handed on; "": nobody, or it was not
	Part      string    // what the other of two is called, where it becomes two
	Split     ProjectID // the other of two, once it is made
	EndedAt   time.Time
}

// Of is the answer of a side; see Set.
func (r Reconsideration) Of(steward bool) ReconsiderAnswer {
	if steward {
		return r.Steward
	}
	return r.Lead
}

// Set takes the answer of whoever leads or, where steward says so, of a steward.
func (r *Reconsideration) Set(by By, steward bool, a ReconsiderAnswer) {
	if steward {
		r.Steward, r.StewardBy = a, by.Person
		return
	}
	r.Lead = a
}

// Differ tells whether both have answered, and not the same.
func (r Reconsideration) Differ() bool {
	return r.Lead != "" && r.Steward != "" && r.Lead != r.Steward
}

// Only is the answer that counts at the date: what both said, else the only one that was given; empty: none counts.
func (r Reconsideration) Only() ReconsiderAnswer {
	switch {
	case r.Differ():
		return ""
	case r.Lead == "":
		return r.Steward
	}
	return r.Lead
}

// CheckReconsider reports what is wrong with an answer.
func CheckReconsider(a ReconsiderAnswer, part string) error {
	var bad Invalid
	bad.Add(!slices.Contains(ReconsiderAnswers, a), "answer", "Choose one of the four.")
	if a == AnswerSplit {
		bad.Name("part", part, "Say in a few words what the other one is.")
		bad.Add(len([]rune(part)) > MaxTitle, "part", "Say it in 240 characters or fewer.")
	}
	return bad.Err()
}

// Restatement is what a project is like now, in seven answers, and what happened.
type Restatement struct {
	Situation Situation
	Why       string
}

// Clean is the restatement without spaces around its words.
func (r Restatement) Clean() Restatement {
	r.Why = strings.TrimSpace(r.Why)
	return r
}

// Check reports what is wrong with a restatement.
func (r Restatement) Check() error {
	var bad Invalid
	if err, ok := r.Situation.Check().(Invalid); ok {
		bad = append(bad, err...)
	}
	bad.Words("why", r.Why, "Say in a sentence what happened. Everybody can read it.")
	bad.Add(len([]rune(r.Why)) > MaxWord, "why", "Say it in 300 characters or fewer.")
	return bad.Err()
}

// Version names what it is like in a stretch of a project.
func (ph Phase) Version() string { return versionOf(ph.ID, ph.Name, ph.Situation) }

// ChosenHow says how it is known what whoever leads was chosen for.
type ChosenHow string

// How that is known.
const (
	ChosenUnknown ChosenHow = ""
	ChosenBegan   ChosenHow = "began"  // it was so when they began
	ChosenBefore  ChosenHow = "before" // it was so before it was first said anew: of the beginning nothing is known
	ChosenKept    ChosenHow = "kept"   // it was so when it was last said that they go on
)

// MovedFrom lists the dimensions in which it is other now than it was, in the order of the rose. Of what was not stated
// then, or is not now, nothing can be said.
func (s Situation) MovedFrom(was Situation) []Dimension {
	var moved []Dimension
	for _, d := range Dimensions {
		if s.Value(d) != 0 && was.Value(d) != 0 && s.Value(d) != was.Value(d) {
			moved = append(moved, d)
		}
	}
	return moved
}

// OtherThan tells whether it has moved so far from what somebody was chosen for that their lead is reconsidered: the
// kind of uncertainty or the stakes at all, anything else by two.
func (s Situation) OtherThan(was Situation) bool {
	return slices.ContainsFunc(s.MovedFrom(was), func(d Dimension) bool {
		by := s.Value(d) - was.Value(d)
		return d == DimUncertainty || d == DimStakes || by >= 2 || by <= -2
	})
}
