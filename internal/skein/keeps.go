package skein

import "time"

// KeptKind is a kind of thing that is kept for a while.
type KeptKind string

// What the clock removes once its time is over.
const (
	KeptNotices  KeptKind = "notices"  // what somebody was told
	KeptRefusals KeptKind = "refusals" // whom a guardrail kept from what
	KeptDrafts   KeptKind = "drafts"   // claims that were never sent
	KeptMails    KeptKind = "mails"    // when which mail went out to whom, or why it did not
	KeptLinks    KeptKind = "links"    // links that work once
	KeptMatches  KeptKind = "matches"  // claims, comparisons, picks and invitations of a window
)

// Months for which records of matches are kept where nobody chose another number, and the fewest and the most that may
// be chosen: a decision has to stand open to questions for a while.
const (
	MatchMonths       = 48
	FewestMatchMonths = 6
	MostMatchMonths   = 600
)

// Keep says how long something of a kind is kept, after it was done with.
type Keep struct {
	Kind                KeptKind
	Years, Months, Days int
}

// Before is the moment up to which what was done with then goes now. Six months before the last of August is the last of
// February, and not a day in March: nothing goes before its time.
func (k Keep) Before(now time.Time) time.Time {
	then := now.AddDate(-k.Years, -k.Months, 0)
	if then.Day() != now.Day() { // there was no such day
		then = then.AddDate(0, 0, -then.Day())
	}
	return then.AddDate(0, 0, -k.Days)
}

// Keeps lists how long each kind is kept, in the order of the page; records of matches for so many months.
func Keeps(matchMonths int) []Keep {
	return []Keep{
		{Kind: KeptNotices, Years: 1},
		{Kind: KeptRefusals, Days: 90},
		{Kind: KeptMails, Days: 90},
		{Kind: KeptLinks, Days: 90},
		{Kind: KeptDrafts, Years: 1},
		{Kind: KeptMatches, Months: matchMonths},
	}
}

// CheckMatchMonths says at its field what is wrong with a number of months.
func CheckMatchMonths(months int) error {
	var bad Invalid
	bad.Add(months < FewestMatchMonths || months > MostMatchMonths, "months",
		"Choose from 6 months, so that a decision can be asked about, to 600.")
	return bad.Err()
}

// Erased is the name of everybody who asked to be erased, and was.
const Erased = "Somebody who has left"

// ErasureDays is within how many days an administrator sees to it that somebody is erased who asked for it.
const ErasureDays = 30

// ErasureBy is until when somebody who asked then is to be erased.
func ErasureBy(asked time.Time) time.Time { return asked.AddDate(0, 0, ErasureDays) }
