package skein

import (
	"slices"
	"strings"
	"time"
)

// NeedKind is a part of the capacity contract.
type NeedKind string

// What a lead may need.
const (
	NeedHours   NeedKind = "hours"
	NeedBudget  NeedKind = "budget"
	NeedCoach   NeedKind = "coach"
	NeedPeople  NeedKind = "people"
	NeedTools   NeedKind = "tools"
	NeedSponsor NeedKind = "sponsor"
)

// NeedKinds lists them in the order of the page.
var NeedKinds = []NeedKind{NeedHours, NeedBudget, NeedCoach, NeedPeople, NeedTools, NeedSponsor}

// NeedAnswer is what was said of a need that is not granted by name.
type NeedAnswer string

// The answers to a need. A yes is told by its granter.
const (
	NeedUnanswered NeedAnswer = ""
	NeedCounted    NeedAnswer = "counted" // hours of which nobody said anything in time: they count as granted
	NeedLess       NeedAnswer = "less"    // with a number or, of what nobody counted, in words
	NeedNo         NeedAnswer = "no"      // with a reason
	NeedNobody     NeedAnswer = "nobody"  // nobody is left who could answer
)

// Arrival is the lead's word on what they were promised.
type Arrival string

// What a lead says of what they were promised.
const (
	ArrivalUnsaid Arrival = ""
	Arrived       Arrival = "arrived"
	Missing       Arrival = "missing"
)

// NeedDays is how many working days somebody has to answer for a need.
const NeedDays = 5

// WorkingDays is so many working days, Monday to Friday in a time zone, after a moment, at the same time of
// the day. From a weekend they count from the Monday on.
func WorkingDays(at time.Time, days int, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	local := at.In(zone)
	for days > 0 {
		local = local.AddDate(0, 0, 1)
		if d := local.Weekday(); d != time.Saturday && d != time.Sunday {
			days--
		}
	}
	return local.In(at.Location())
}

// Need is one thing that the lead gets. It is granted, counts as granted, is taken as less, or is done
// without by name, before the term is live.
type Need struct {
	ID           NeedID
	Project      ProjectID
	Kind         NeedKind
	What         string
	Amount       *float64
	AskedOf      PersonID // empty: the circle's stewards
	AnswerBy     time.Time
	GrantedBy    PersonID
	GrantedAt    time.Time
	GrantedUntil Date
	WaivedBy     PersonID // the lead's own word, which is not inherited: they do without, or take less
	WaivedAt     time.Time
	Taken        bool       // waived: what they were offered, which is less, is taken
	Claim        ClaimID    // whose lead alone needs it: the coach of a stretch; empty: whoever leads
	PassedOn     []PersonID // asked before, and silent
	Answer       NeedAnswer
	AnsweredBy   PersonID
	AnsweredAt   time.Time
	Less         float64 // how much there is, where that is less; zero: Reason says what there is
	Reason       string  // why not, or why less
	Arrival      Arrival // of whoever leads now
	ArrivalAt    time.Time
	Kept         NeedKept
}

// Settled tells whether the need no longer stands in the way.
func (n Need) Settled() bool { return n.granted() || n.WaivedBy != "" }

func (n Need) granted() bool { return n.GrantedBy != "" || n.Answer == NeedCounted }

// Asked tells whether somebody's answer is awaited.
func (n Need) Asked() bool { return !n.Settled() && n.Answer == NeedUnanswered }

// Short tells whether it was answered, and not with a yes: whoever was chosen says what they make of it.
func (n Need) Short() bool { return !n.Settled() && n.Answer != NeedUnanswered }

// Promised tells whether something is to arrive.
func (n Need) Promised() bool { return n.granted() || n.WaivedBy != "" && n.Taken }

// Answering says by what right somebody answers for a need.
type Answering struct {
	Steward    bool // of the project's circle, or of one above
	Executive  bool
	Stewarded  bool // a steward is here, but for whoever gets it
	Executives bool // the question has come to the executives
	Gets       bool // they accepted the lead, or hold it: what they get is granted by somebody else
}

// may tells whether somebody answers for the need: whoever was asked, now or before, a steward of the project's circle or of
// one above and, where there is none or the question has come to them, an executive. Whoever gets it does so only where it was
// asked of them by name from the first: for what is theirs to give, and not as a steward.
func (n Need) may(by By, as Answering) error {
	executive := as.Executive && (!as.Stewarded || as.Executives || n.Answer == NeedNobody)
	before := by.Person == n.GrantedBy || by.Person == n.AnsweredBy // else who answers twice would hear that it is not theirs
	named := by.Person == n.AskedOf && len(n.PassedOn) == 0
	switch {
	case by.Person != "" && as.Gets && !named && by.Person != n.GrantedBy:
		return Refused{
			Why: "You get this yourself, so it is not yours to grant.",
			Who: "Whoever was asked for it can, or another steward. You can say that you do without it.",
		}
	case by.Person == "" || !before && by.Person != n.AskedOf && !slices.Contains(n.PassedOn, by.Person) && !as.Steward && !executive:
		return Refused{
			Why: "This is not yours to grant.",
			Who: "Whoever was asked for it can, and its steward.",
		}
	}
	return nil
}

// Grant says yes to a need, also to one of which less or no was said before. Others than those who answer
// for it are refused; one that is settled is a conflict.
func (n *Need) Grant(by By, as Answering, until Date) error {
	if err := n.may(by, as); err != nil {
		return err
	}
	if err := n.unsettled(); err != nil {
		return err
	}
	if !until.IsZero() && until.Before(by.Day) {
		return Invalid{{"until", "That day has passed. Choose a later one, or leave it empty."}}
	}
	n.Unanswer()
	n.GrantedBy, n.GrantedAt, n.GrantedUntil = by.Person, by.At, until
	return nil
}

// Unanswer takes back less, or no: what is granted is not both.
func (n *Need) Unanswer() {
	n.Answer, n.AnsweredBy, n.AnsweredAt, n.Less, n.Reason = NeedUnanswered, "", time.Time{}, 0, ""
}

func (n Need) unsettled() error {
	switch {
	case n.GrantedBy != "":
		return Conflict{"It was granted before."}
	case n.Answer == NeedCounted:
		return Conflict{"Nobody answered in time, so it counts as granted."}
	case n.WaivedBy != "" && n.Taken:
		return Conflict{"The lead has taken what there is."}
	case n.WaivedBy != "":
		return Conflict{"The lead has said they can do without it."}
	}
	return nil
}

// Counted tells whether a number says how much there is of it: of tools it does where so many were asked for.
func (n Need) Counted() bool { return n.Kind != NeedTools || n.Amount != nil }

// Refuse says that there is less, with a number or in words, or none, with a reason, as Grant says yes. Of what was
// answered so before the same again is a conflict, and a no after less.
func (n *Need) Refuse(by By, as Answering, answer NeedAnswer, less float64, reason string) error {
	if err := n.may(by, as); err != nil {
		return err
	}
	if err := n.unsettled(); err != nil {
		return err
	}
	if n.Answer != NeedUnanswered && (n.Answer == answer || n.Answer == NeedLess) {
		return Conflict{"It was answered before. It can still be granted in full."}
	}
	var bad Invalid
	bad.Add(answer != NeedLess && answer != NeedNo, "answer", "Say yes, less, or no.")
	if answer == NeedLess && !n.Counted() {
		bad.Words("reason", reason, "Say in a sentence what there is of it: whoever leads reads it.")
		less = 0
	}
	if answer == NeedLess && n.Counted() {
		number := less >= 0.01 && less <= MaxLess
		bad.Add(!number, "less", "Say how much there is, as a number above nothing.")
		bad.Add(number && n.Amount != nil && less >= *n.Amount, "less", "That is as much as was asked for, or more. Say yes instead.")
		bad.Long("reason", reason)
	}
	if answer == NeedNo {
		bad.Words("reason", reason, "Say why not in a sentence: whoever leads reads it.")
		less = 0
	}
	bad.Add(len([]rune(reason)) > MaxWhy, "reason", "Say it in 600 characters or fewer.")
	if err := bad.Err(); err != nil {
		return err
	}
	n.Answer, n.AnsweredBy, n.AnsweredAt, n.Less, n.Reason = answer, by.Person, by.At, less, strings.TrimSpace(reason)
	return nil
}

// MaxLess is the most that somebody says there is of something.
const MaxLess = 1e9

// Unit is what the number of less counts.
func (k NeedKind) Unit(currency string) string {
	switch k {
	case NeedHours:
		return "hours a week"
	case NeedBudget:
		return currency
	case NeedPeople:
		return "people"
	case NeedCoach, NeedSponsor:
		return "hours a month"
	}
	return "of them"
}

// Figure is how a number of it is read.
func (k NeedKind) Figure() Figure {
	if k == NeedBudget {
		return Money
	}
	return Measure
}

// Silent is what becomes of a need for which nobody is left to ask: hours count as granted, all else waits
// for what the chosen make of it.
func (n *Need) Silent(at time.Time) {
	n.AnsweredAt, n.Answer = at, NeedNobody
	if n.Kind == NeedHours {
		n.Answer, n.GrantedAt = NeedCounted, at
	}
}

// Waive is the lead's own word that they can do without it. Lead is whoever accepted the lead or
// holds it.
func (n *Need) Waive(by By, lead PersonID) error {
	switch {
	case lead == "" || by.Person != lead:
		return Refused{Why: "Only whoever accepted the lead can do without something.", Who: "Ask them."}
	case n.granted():
		return Conflict{"It was granted before, so nothing stands in the way."}
	case n.WaivedBy != "":
		return Conflict{"You have said so already."}
	}
	n.WaivedBy, n.WaivedAt, n.Taken = by.Person, by.At, false
	return nil
}

// Take is the lead's own word that they begin with what there is, which is less than was asked for.
func (n *Need) Take(by By, lead PersonID) error {
	switch {
	case lead == "" || by.Person != lead:
		return Refused{Why: "Only whoever accepted the lead takes less than was asked for.", Who: "Ask them."}
	case n.granted():
		return Conflict{"It was granted before, so nothing stands in the way."}
	case n.WaivedBy != "":
		return Conflict{"You have said so already."}
	case n.Answer != NeedLess:
		return Conflict{"Nobody has said that there is less, so there is nothing to take."}
	}
	n.WaivedBy, n.WaivedAt, n.Taken = by.Person, by.At, true
	return nil
}

// Arrive is the word of whoever leads, or stands in, that what the lead was promised has arrived, or is
// missing. They may say the other later.
func (n *Need) Arrive(by By, says PersonID, arrived bool) error {
	said := Missing
	if arrived {
		said = Arrived
	}
	switch {
	case says == "" || by.Person != says:
		return Refused{Why: "Only whoever leads, or stands in, says whether something has arrived.", Who: "Ask them."}
	case !n.Promised():
		return Conflict{"It is not promised, so it cannot arrive. It can be granted first."}
	case n.Arrival == said:
		return Conflict{"You have said so already."}
	}
	n.Arrival, n.ArrivalAt = said, by.At
	return nil
}

// NeedsOf lists what somebody's own lead needs, of a claim or, where that is empty, of none: not the coach
// of another's. What another could do without is open: a waiver is one's own.
func NeedsOf(all []Need, person PersonID, claim ClaimID) []Need {
	var theirs []Need
	for _, n := range all {
		if n.Claim != "" && n.Claim != claim {
			continue
		}
		if n.WaivedBy != person {
			n.Unwaive()
		}
		theirs = append(theirs, n)
	}
	return theirs
}

// Outlived tells whether it was given until a day, and what it is for goes on for longer.
func (n Need) Outlived(end Date) bool {
	return n.GrantedBy != "" && !n.GrantedUntil.IsZero() && (end.IsZero() || n.GrantedUntil.Before(end))
}

// AskAnew takes back all that was said of it, but for whose it is to answer.
func (n *Need) AskAnew(answerBy time.Time) {
	n.Unwaive()
	n.Unanswer()
	n.GrantedBy, n.GrantedAt, n.GrantedUntil, n.PassedOn = "", time.Time{}, Date{}, nil
	n.Arrival, n.ArrivalAt, n.AnswerBy, n.Kept = ArrivalUnsaid, time.Time{}, answerBy, NeedKept{}
}

// Agree is that so many hours are agreed to, with somebody: that is the yes to them, whatever was said before. Fewer
// than were granted go on as they were.
func (n *Need) Agree(by PersonID, at time.Time, hours float64, until Date) {
	more := n.Amount == nil || hours > *n.Amount
	n.Amount = &hours
	if n.granted() && !more {
		return
	}
	n.AskAnew(n.AnswerBy)
	n.GrantedBy, n.GrantedAt, n.GrantedUntil = by, at, until
}

// Unwaive takes back what a lead made of it: the next may need it.
func (n *Need) Unwaive() { n.WaivedBy, n.WaivedAt, n.Taken = "", time.Time{}, false }
