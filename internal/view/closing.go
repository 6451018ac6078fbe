package view

import (
	doordb "skein/internal/postgres/door"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// Closing is what somebody holds and where each of it goes, before the door is closed to them.
func Closing(v Viewer, found doordb.PersonAccess, holds []leaddb.Hold) page.Closing {
	first := words.FirstName(found.Name)
	c := page.Closing{ID: string(found.ID), Name: found.Name, Statement: first + " holds nothing that would need somebody else."}
	if n := len(holds); n > 0 {
		c.Statement = words.UpperFirst(words.Count(n, "thing", "things")) + " that " + first + " holds " + words.Verb(n, "go on") + " to others."
	}
	for _, h := range holds {
		c.Holds = append(c.Holds, page.ClosingRow{AccessHolding: held(v, h), Goes: closingGoes[h.Kind]})
	}
	c.Says = []string{first + " is signed out everywhere, and can come in no more until you open the door again."}
	if len(holds) > 0 {
		c.Says = append(c.Says, "What goes on to others does so at once. Opening the door again does not bring it back.")
	}
	if found.InvitedTo != nil {
		c.Says = append(c.Says, "The link that "+first+" has stops working.")
	}
	return c
}

// held says one thing that somebody holds.
func held(v Viewer, h leaddb.Hold) page.AccessHolding {
	row := page.AccessHolding{Title: words.Name(h.Title), URL: path.Project(string(h.Project)), Says: heldSays(v, h)}
	switch h.Kind {
	case leaddb.HoldsCircle:
		row.URL = path.Team(h.ID)
	case leaddb.HoldsPriority:
		row.URL = path.PriorityRead(h.ID)
	case leaddb.HoldsRail:
		row.Title, row.URL = guardrailCalled[skein.GuardrailKind(h.About)], path.Vision
	}
	return row
}

// heldSays is what they are in it.
func heldSays(v Viewer, h leaddb.Hold) string {
	until := ""
	if !h.Until.IsZero() {
		until = " " + v.Clock().Until(h.Until)
	}
	switch h.Kind {
	case leaddb.HoldsOffer:
		return "Is offered its lead."
	case leaddb.HoldsComing:
		if h.Starts.IsZero() {
			return "Accepted its lead, and begins as soon as nothing they need is open."
		}
		return "Leads it from " + v.Clock().Date(h.Starts) + "."
	case leaddb.HoldsLead:
		return "Leads it" + until + "."
	case leaddb.HoldsStandIn:
		return "Stands in for " + words.Name(h.Who) + until + "."
	case leaddb.HoldsCoLead:
		return "Leads it beside somebody" + until + "."
	case leaddb.HoldsBeside:
		return "Is asked to lead it beside " + whoLeads(h) + "."
	case leaddb.HoldsQuestion:
		return "Asks " + whoLeads(h) + " to lead it beside them."
	case leaddb.HoldsAsked:
		return "Is asked to stand in for " + words.Name(h.Who) + until + "."
	case leaddb.HoldsShadow:
		return "Shadows its lead" + until + "."
	case leaddb.HoldsMember:
		return "Is in its team."
	case leaddb.HoldsNeed:
		return "Is asked for something that its lead needs: " + words.EndSentence(words.Name(needWords(h.Need, v.Org.Currency)))
	case leaddb.HoldsAdvice:
		return "Is asked what they say of a decision."
	case leaddb.HoldsRemit:
		return "Is asked to agree to a change of what its lead decides."
	case leaddb.HoldsProject:
		return "Proposed it, and looks after it while nobody leads it."
	case leaddb.HoldsCircle:
		return words.UpperFirst(skein.Steward.Words()) + " of this " + v.Org.CircleWord + "."
	}
	return "Answers for it."
}

// whoLeads is who leads what somebody would lead beside them.
func whoLeads(h leaddb.Hold) string {
	if h.Who == "" {
		return "its lead"
	}
	return words.Name(h.Who)
}

// closingGoes is where it goes.
var closingGoes = map[leaddb.HoldKind]string{
	leaddb.HoldsOffer:    "It goes to the next who claimed it, where there is one.",
	leaddb.HoldsComing:   "It goes to the next who claimed it, where there is one.",
	leaddb.HoldsLead:     "It opens for claims at once. The nearest steward, or an executive where there is none, looks after it until somebody leads.",
	leaddb.HoldsStandIn:  "The standing in ends, and whoever leads it is told.",
	leaddb.HoldsCoLead:   "The place ends. Its lead goes on.",
	leaddb.HoldsBeside:   "The question ends, and the next is asked, where there is one.",
	leaddb.HoldsQuestion: "The question ends.",
	leaddb.HoldsAsked:    "The question ends, and the next is asked, where there is one.",
	leaddb.HoldsShadow:   "The place is free for somebody else.",
	leaddb.HoldsMember:   "The place in the team ends.",
	leaddb.HoldsNeed:     "The next who may answer is asked, where there is one: a steward, or an executive.",
	leaddb.HoldsAdvice:   "Whoever decides is told, and does not wait for it.",
	leaddb.HoldsRemit:    "The next who may agree is asked, where there is one; else the change ends.",
	leaddb.HoldsProject:  "The nearest steward looks after it, or an executive where there is none.",
	leaddb.HoldsCircle:   "The role counts for nothing while the door is closed. Give it to somebody else.",
	leaddb.HoldsPriority: "An executive is to name somebody else.",
	leaddb.HoldsRail:     "An executive is to name somebody else.",
}

// guardrailCalled is what a guardrail is called without its number.
var guardrailCalled = map[skein.GuardrailKind]string{
	skein.LeadsAtOnce: "The guardrail of leads at once", skein.PriorityNamed: "The guardrail that a project names its priority",
	skein.LongestTerm: "The guardrail of the longest lead", skein.ShortestWindow: "The guardrail of how long claims stay open",
}
