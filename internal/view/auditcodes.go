package view

import (
	"skein/internal/match"
	"skein/internal/skein"
)

// What the log keeps as codes, in words.

// pickedBy is what decided.
var pickedBy = map[string]string{
	string(match.RuleOnly):    "nobody else claimed, or was left",
	string(match.RuleReady):   "one was ready, the others a stretch",
	string(match.RulePlaced):  "nobody else was in the same step",
	string(match.RuleFewest):  "between equals: whoever holds the fewest leads",
	string(match.RuleLongest): "between equals: whoever led longest ago",
	string(match.RuleWish):    "between equals: whoever wants to learn what is asked for",
	string(match.RuleLottery): "between equals: the lottery",
	ruleSteward:               "a steward decided on what was written",
}

// pickIs is who checks a pick when it is made.
var pickIs = map[skein.PickState]string{
	skein.PickWaiting:   "somebody who had no part is asked to check it",
	skein.PickUnchecked: "nobody without a part was left to check it",
	skein.PickNotNeeded: "no check was needed",
}

// personFields are what is known of a person.
var personFields = map[string]string{
	"name": "the name", "email": "the e-mail address", "circle": "the team", "manager": "the manager", "hours": "the hours",
	"about": "what they say of themselves", "active_from": "the first day", "active_until": "the last day",
	"deactivated": "whether the door is open", "read_how": "that they have read what is compared", "welcomed": "that they were welcomed",
}

// projectFields are what claims are sent for.
var projectFields = map[string]string{
	"asks": "what it asks for", "struck": "what it asks for", "needs": "what the lead gets", "hours": "the hours a week",
	"trust": "how it is trusted", "trust_until": "how long it is trusted so", "team": "the team",
	string(skein.DimUncertainty): "what it is like", string(skein.DimStakes): "what it is like", string(skein.DimUrgency): "what it is like",
	string(skein.DimExpertise): "what it is like", string(skein.DimCommitment): "what it is like", string(skein.DimReach): "what it is like",
	string(skein.DimReadiness): "what it is like",
}
