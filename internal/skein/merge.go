package skein

import (
	"fmt"
	"strings"

	"skein/internal/words"
)

// MergeStop is one reason why two people cannot be made one as they stand, and what it is about.
type MergeStop struct {
	Why     MergeWhy
	Project string  // its title
	Who     string  // the name of whom it is about,
	Other   string  // and of the other of the two
	Sum     float64 // what they would hold together,
	May     float64 // and what they may
}

// MergeWhy says why two people cannot be made one.
type MergeWhy string

// What has to be mended first.
const (
	MergeHandedOn MergeWhy = "handed_on" // one of them hands a lead on
	MergeBeside   MergeWhy = "beside"    // one leads what the other leads beside them
	MergeFollows  MergeWhy = "follows"   // one leads what the other is to lead
	MergeCoach    MergeWhy = "coach"     // one is to lead something with the other as a coach
	MergeStandIn  MergeWhy = "standin"   // one stands in for the other
	MergeLeads    MergeWhy = "leads"     // more leads than the guardrail allows
	MergeHours    MergeWhy = "hours"     // more hours than they have
)

// Says is the sentence of what is in the way, with who can change it.
func (s MergeStop) Says() string {
	switch s.Why {
	case MergeHandedOn:
		return fmt.Sprintf("%s is handing on %s. Wait until somebody has taken it over, or ask %s to take it back.", s.Who, s.Project, words.FirstName(s.Who))
	case MergeBeside:
		return fmt.Sprintf("%s leads %s, and %s leads it beside them. One of the two has to step down from it first.", s.Who, s.Project, s.Other)
	case MergeFollows:
		return fmt.Sprintf("%s leads %s, and %s is to lead it next. Wait until that has begun, or decline it as %s.", s.Who, s.Project, s.Other, words.FirstName(s.Other))
	case MergeCoach:
		return fmt.Sprintf("%s is to lead %s with %s as their coach, and nobody coaches themselves. Wait until it has begun, or decline it as %s.", s.Who, s.Project, s.Other, words.FirstName(s.Who))
	case MergeStandIn:
		return fmt.Sprintf("%s stands in for %s in %s, or is asked to. End that first.", s.Who, s.Other, s.Project)
	case MergeLeads:
		return fmt.Sprintf("Together they would lead %s, and the guardrail allows %s. Hand one on, or step down from one, first; an executive can change the guardrail.",
			words.Decimal(s.Sum), words.Decimal(s.May))
	}
	return fmt.Sprintf("Together they would lead for %s hours a week, and have %s. Change their hours first, or hand something on.", words.Decimal(s.Sum), words.Decimal(s.May))
}

// Unmergeable says that two people cannot be made one until something is mended.
type Unmergeable []MergeStop

func (u Unmergeable) Error() string {
	all := make([]string, len(u))
	for i, s := range u {
		all[i] = s.Says()
	}
	return strings.Join(all, " ")
}

// OnePerson is Invalid where two are no two: nobody is merged with themselves.
func OnePerson(from, into PersonID) error {
	var bad Invalid
	bad.Add(into == "", "into", "Choose whom they are one with.")
	bad.Add(into != "" && from == into, "into", "That is the same person. Choose somebody else.")
	return bad.Err()
}
