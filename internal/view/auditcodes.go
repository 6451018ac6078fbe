package view

import (
	"skein/internal/match"
	"skein/internal/skein"
	"skein/internal/words"
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
	ruleSteward:               "somebody who had no part in it decided on what was written",
}

// pickIs is who checks a pick when it is made.
var pickIs = map[skein.PickState]string{
	skein.PickWaiting:   "somebody who had no part is asked to check it",
	skein.PickUnchecked: "nobody without a part was left to check it",
	skein.PickNotNeeded: "no check was needed",
}

// personFields are what is known of a person.
var personFields = map[string]string{
	"name": "the name", "email": "the e-mail address", "circle": "where they belong", "manager": "the manager", "hours": "the hours",
	"about": "what they say of themselves", "active_from": "the first day", "active_until": "the last day",
	"deactivated": "whether the door is open", "read_how": "that they have read what is compared", "welcomed": "that they were welcomed",
}

// projectFields are what claims are sent for.
var projectFields = map[string]string{
	"asks": "what it asks for", "struck": "what it asks for", "needs": "what the lead gets", "hours": "the hours a week",
	"trust": "how it is trusted", "trust_until": "how long it is trusted so", "team": "where it belongs", "teams": "what moves with it",
	string(skein.DimUncertainty): "what it is like", string(skein.DimStakes): "what it is like", string(skein.DimUrgency): "what it is like",
	string(skein.DimExpertise): "what it is like", string(skein.DimCommitment): "what it is like", string(skein.DimReach): "what it is like",
	string(skein.DimReadiness): "what it is like",
}

// auditTells are the actions of which a row says more than who did what to whom.
var auditTells = map[string]func(auditTeller) []string{
	"account.create":   auditTeller.withLink,
	"account.password": auditTeller.withLink,
	"account.mail":     auditTeller.mails,
	"account.refuse":   auditTeller.refused,
	"account.sign_in":  auditTeller.withAccount,
	"ask.answer":       auditTeller.asked,
	"ask.create":       auditTeller.asked,
	"audit.export":     auditTeller.exported,
	"retention.set": func(x auditTeller) []string {
		return fromTo(words.Several(x.number("was"), "month"), words.Several(x.number("months"), "month"))
	},
	"person.erase": func(x auditTeller) []string {
		return []string{map[bool]string{true: "they had asked for it", false: "the door was closed to them already"}[x.true("asked")]}
	},
	"backup.restore": func(x auditTeller) []string { return []string{x.moment("made ", "made_at")} },
	"circle.close":   auditTeller.closedCircle,
	"circle.create": func(x auditTeller) []string {
		return []string{map[bool]string{true: "it was closed before"}[x.true("again")]}
	},
	"circle.move": auditTeller.movedCircle,
	"circle.rename": func(x auditTeller) []string {
		return append(fromTo(x.text("was"), x.text("name")), map[bool]string{true: "what it is for"}[x.true("purpose")])
	},
	"circle.update":              func(x auditTeller) []string { return []string{turnedWords(x.row.Details)} },
	"claim.beside":               func(x auditTeller) []string { return []string{answerWords[x.true("yes")]} },
	"claim.change":               auditTeller.claimed,
	"claim.pass_over":            auditTeller.passed,
	"claim.submit":               auditTeller.claimed,
	"demo.skip":                  func(x auditTeller) []string { return []string{x.moment("to ", "to")} },
	"evidence.hide":              auditTeller.said,
	"evidence.peer":              auditTeller.said,
	"evidence.self":              auditTeller.said,
	"evidence.show":              auditTeller.said,
	"evidence.withdraw":          auditTeller.said,
	"guardrail.create":           auditTeller.guardrail,
	"guardrail.retire":           auditTeller.guardrail,
	"guardrail.update":           auditTeller.guardrail,
	"hat.give":                   auditTeller.byGroup,
	"hat.take":                   auditTeller.byGroup,
	"import.export":              auditTeller.takenAlong,
	"import.load":                auditTeller.imported,
	"invite.lapse":               auditTeller.invited,
	"invite.send":                auditTeller.invited,
	"need.arrive":                auditTeller.need,
	"need.count":                 auditTeller.need,
	"need.grant":                 auditTeller.need,
	"need.less":                  auditTeller.need,
	"need.no":                    auditTeller.need,
	"need.nobody":                auditTeller.need,
	"need.pass_on":               auditTeller.need,
	"need.take":                  auditTeller.need,
	"need.waive":                 auditTeller.need,
	"notice.see":                 func(x auditTeller) []string { return []string{words.Count(x.number("notices"), "notice", "notices")} },
	"organisation.currency":      func(x auditTeller) []string { return fromTo(x.text("was"), x.text("currency")) },
	"organisation.group_role":    auditTeller.groupRole,
	"organisation.no_group_role": auditTeller.groupRole,
	"organisation.passwords": func(x auditTeller) []string {
		return []string{map[bool]string{true: "everybody who has one may", false: "administrators may who are named for it"}[x.true("on")]}
	},
	"organisation.second_step": func(x auditTeller) []string {
		return []string{map[bool]string{true: "of administrators and executives", false: "of nobody"}[x.true("on")]}
	},
	"organisation.unknown": func(x auditTeller) []string {
		return []string{map[bool]string{true: "they are added", false: "they are turned away"}[x.true("make")]}
	},
	"organisation.word": func(x auditTeller) []string { return fromTo(x.text("was"), x.text("word")+", "+x.text("words")) },
	"organisation.zone": func(x auditTeller) []string { return fromTo(x.text("was"), x.text("zone")) },
	"person.update":     func(x auditTeller) []string { return []string{x.fields(personFields)} },
	"person.welcome":    func(x auditTeller) []string { return []string{x.fields(personFields)} },
	"pick.confirm":      func(x auditTeller) []string { return []string{pickedBy[x.text("rule")]} },
	"pick.make": func(x auditTeller) []string {
		return []string{pickedBy[x.text("rule")], pickIs[skein.PickState(x.text("state"))]}
	},
	"pick.next":        func(x auditTeller) []string { return []string{pickedBy[x.text("rule")]} },
	"pick.return":      auditTeller.reason,
	"policy.publish":   func(x auditTeller) []string { return []string{quoted(x.text("why"))} },
	"priority.create":  auditTeller.priority,
	"priority.move":    auditTeller.priority,
	"priority.retire":  auditTeller.priority,
	"priority.update":  auditTeller.priority,
	"project.cancel":   auditTeller.reason,
	"project.complete": auditTeller.reason,
	"project.create":   auditTeller.template,
	"project.refuse":   func(x auditTeller) []string { return []string{x.text("why")} },
	"project.change":   auditTeller.changedLed,
	"project.reopen":   auditTeller.reason,
	"remit.propose":    auditTeller.changedRemit,
	"remit.agree":      auditTeller.changedRemit,
	"remit.refuse":     auditTeller.changedRemit,
	"remit.lapse":      auditTeller.changedRemit,
	"remit.pass_on":    auditTeller.changedRemit,
	"remit.void":       auditTeller.reason,
	"project.update":   auditTeller.changedProject,
	"project.restate": func(x auditTeller) []string {
		return append(x.changedProject(), quoted(x.text("why")))
	},
	"project.next_phase": func(x auditTeller) []string {
		return append([]string{quoted(x.text("phase")) + before(", before: ", quoted(x.text("was_phase")))}, append(x.changedProject(), quoted(x.text("why")))...)
	},
	"reconsider.open":       func(x auditTeller) []string { return []string{before("led by ", x.person("lead"))} },
	"reconsider.unanswered": func(x auditTeller) []string { return []string{"so it opened for claims"} },
	"review.answer":         func(x auditTeller) []string { return []string{reviewIs[x.true("upheld")]} },
	"skill.bring_back":      func(x auditTeller) []string { return []string{quoted(x.text("name"))} },
	"skill.drop_name": func(x auditTeller) []string {
		return []string{quoted(x.text("was")) + ", which meant " + quoted(x.text("name"))}
	},
	"skill.merge": func(x auditTeller) []string {
		return []string{quoted(x.text("was")) + " into " + quoted(x.text("name"))}
	},
	"skill.rename":   func(x auditTeller) []string { return fromTo(quoted(x.text("was")), quoted(x.text("name"))) },
	"skill.retire":   func(x auditTeller) []string { return []string{quoted(x.text("name"))} },
	"skill.update":   auditTeller.skillSet,
	"skill.create":   func(x auditTeller) []string { return []string{quoted(x.text("name"))} },
	"lead.link":      auditTeller.link,
	"lead.unlink":    auditTeller.link,
	"lead.step":      auditTeller.step,
	"lead.unstep":    auditTeller.step,
	"lead.tick":      auditTeller.step,
	"week.say":       auditTeller.word,
	"team.answer":    auditTeller.coLead,
	"term.end":       func(x auditTeller) []string { return []string{x.text("reason")} },
	"term.hand_over": func(x auditTeller) []string { return []string{before("led by ", x.person("lead"))} },
	"term.lapse":     auditTeller.passed,
	"term.move":      auditTeller.movedStart,
	"term.offer": func(x auditTeller) []string {
		return []string{map[bool]string{true: "to claim was to accept"}[x.true("accepted")]}
	},
	"vision.update": func(x auditTeller) []string { return fromTo(quoted(x.text("was")), quoted(x.text("vision"))) },
	"window.open":   auditTeller.opened,
}
