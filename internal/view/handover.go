package view

import (
	"slices"
	"strings"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// handing is a lead that is handed on, or was, as one viewer meets it.
type handing struct {
	projectView

	giver     skein.PersonID
	giverName string
	holds     bool // the giver leads it still
	left      bool // the giver has left the organisation
	taker     skein.PersonID
	takerName string
	offered   skein.PersonID // who was chosen and has not answered
	note      leaddb.HandoverRow
	moved     bool // the lead has moved
}

// handing finds what is handed on, else what was last; false: nothing.
func (x projectView) handing() (handing, bool) {
	h := handing{projectView: x}
	if t := x.coming(); t != nil && t.State == skein.TermAccepted {
		if t.Claim == "" {
			return h, false
		}
		h.taker, h.takerName = t.Person, t.Name
	} else if t != nil {
		h.offered = t.Person
	}
	t := x.lastLed()
	going := t != nil && (t.State == skein.TermHandingOver || x.p.Project.State == skein.OpenForLead && t.State == skein.TermEnded)
	if n := x.p.Handover; n != nil && (!going || n.Term == t.ID) {
		h.note, h.moved = *n, n.Moved
		if n.Moved || !going {
			h.giver, h.giverName, h.taker, h.takerName = n.Giver, n.GiverName, n.Taker, n.TakerName
			return h, n.Moved
		}
	}
	if !going {
		return h, false
	}
	h.giver, h.giverName, h.holds, h.left = t.Person, t.Name, t.State.Holds(), t.EndReason == skein.EndGone
	return h, true
}

// inPlace tells whether a steward writes and signs in the giver's place: lead's inPlace.
func (h handing) inPlace() bool { return h.left || h.holds && h.p.LeadAway }

// stewarded tells whether there is a steward who could sign: whoever takes it over is asked for no second signature.
func (h handing) stewarded() bool {
	return slices.ContainsFunc(h.p.Stewards, func(s leaddb.PersonRow) bool { return s.ID != h.taker })
}

// writes tells whether the viewer writes the note and signs: lead's givesOn.
func (h handing) writes() bool {
	switch me := h.Person.ID; {
	case h.moved || me == h.taker || me == h.offered:
		return false
	case me == h.giver:
		return !h.left
	}
	late := h.note.State == skein.HandoverSaid && h.note.Again
	return h.steward() && !h.claims() && (late || h.inPlace())
}

// saysBack tells whether it is the viewer's now to say the note back.
func (h handing) saysBack() bool {
	return !h.moved && h.Person.ID == h.taker && h.taker != "" && h.note.Taker == h.taker && h.note.State == skein.HandoverWritten
}

// claims tells whether the viewer would come to lead it: what whoever leads it notes for the next is not theirs to read
// while claims are sealed, also as a steward, or they would claim it with that and others without.
func (h handing) claims() bool {
	w, c := h.p.Window, h.p.Claim
	if w == nil || !w.ToldAt.IsZero() {
		return false
	}
	return h.p.Named || c != nil && (c.State == skein.ClaimDraft || c.State.Stands())
}

// reads tells whether the viewer may read the note: until the lead has moved those who hand it on and take it over, and
// its stewards, but for one who claims it; then everybody.
func (h handing) reads() bool {
	me := h.Person.ID
	shown := h.note.State != "" && h.note.State != skein.HandoverDraft
	return h.moved || me == h.giver && !h.left || h.steward() && me != h.taker && me != h.offered && !h.claims() || shown && me == h.taker && h.note.Taker == h.taker
}

// waits tells whether somebody is waited for, whose step the note's state says.
func (h handing) waits() bool { return !h.moved && !h.note.Due.IsZero() && h.note.Taker == h.taker }

// HandingOn is the page of a lead that is handed on, as the viewer may see it. Right shows the form once more to whoever
// puts right what was said back.
func HandingOn(v Viewer, p leaddb.ProjectPage, right bool) (page.HandingOnData, error) {
	x := projectView{Viewer: v, p: p, clock: v.Clock()}
	h, ok := x.handing()
	if !ok {
		if LeadOf(p) == v.Person.ID {
			return page.HandingOnData{}, skein.Conflict{Why: "It is not being handed on. Hand it on from its page first."}
		}
		return page.HandingOnData{}, skein.Refused{Why: "There is nothing to read here.", Who: "It is read while a lead is handed on, and when it was."}
	}
	if !h.reads() && h.steward() && h.claims() {
		return page.HandingOnData{}, skein.Refused{
			Why: "You claim this lead, or are named in a claim, so you do not read its note as a steward while claims are sealed.",
			Who: "When everybody is told who was picked you can, unless you take it over; when the lead has moved, everybody can.",
		}
	}
	if !h.reads() && h.Person.ID != h.taker {
		return page.HandingOnData{}, skein.Refused{
			Why: "This is not yours to read yet.", Who: "Whoever hands the lead on, whoever takes it over and its stewards read it; when the lead has moved, everybody can.",
		}
	}
	return h.data(right), nil
}

func (h handing) data(right bool) page.HandingOnData {
	d := page.HandingOnData{
		ID: string(h.p.Project.ID), Title: h.p.Project.Title, Version: h.note.Version(),
		Back: component.NavItem{Label: h.p.Project.Title, URL: path.Project(string(h.p.Project.ID))},
	}
	title := words.Name(h.p.Project.Title)
	switch {
	case h.moved:
		d.Purpose = h.movedWords()
		if !h.on(&d) {
			d.Statement = title + " was handed on"
		}
		h.read(&d)
	case h.writes() && h.stands() && (!right || !h.note.MayRight()):
		d.Statement, d.Purpose = "It is said back", h.standing()
		if h.note.PutRight() {
			d.Statement = "It is not said back anew"
		}
		d.Right, d.Until = h.rightWay(), h.untilBegun()
		h.read(&d)
	case h.writes() && (h.note.State != skein.HandoverSaid || right && h.note.MayRight()):
		d.Statement = "Hand " + title + " on"
		d.Purpose = h.writeWords()
		h.form(&d)
	case h.writes():
		d.Statement = "Read it and sign"
		d.Purpose = words.Name(h.takerName) + " has said back what they must know. When you have signed, " + title + " is theirs " + h.instant() + "."
		d.Version = h.note.Shown()
		d.Sign, d.Right = path.SignHandover(d.ID), h.rightWay()
		d.Until = h.dueWords()
		if !h.note.MayRight() {
			d.Until = strings.TrimSpace(d.Until + " " + h.rightEnough())
		}
		h.read(&d)
	case h.saysBack():
		d.Statement = "Say " + title + " back"
		d.Purpose = "Beside what " + h.writer() + " wrote, say it in your own words. Then both of you know that it arrived."
		d.SayBack, d.KeepBack, d.Until = path.SayBack(d.ID), path.KeepBack(d.ID), h.sayWords()
		d.Unread = "Nobody reads this before you sign."
		if h.note.PutRight() {
			d.Unread = "What you change here nobody reads before you sign."
		}
		if h.holds && h.mayAsk() {
			d.Ask = &component.Button{Label: "Ask " + words.FirstName(h.giverName), Kind: component.Plain, URL: path.AskLead(d.ID)}
		}
		h.read(&d)
	case h.reads():
		d.Statement = title + " is handed on"
		d.Purpose = h.standing()
		h.read(&d)
	default:
		d.Statement, d.Purpose = title+" is handed on to you", h.standing()
	}
	return d
}

// writer is whoever wrote the note, by their first name.
func (h handing) writer() string { return words.FirstName(h.note.WriterName) }

// writeWords opens the form.
func (h handing) writeWords() string {
	switch {
	case h.taker == "":
		return "Write what whoever leads it next must know. They say it back, both of you sign, and in that instant it is theirs."
	case h.note.State == skein.HandoverSaid:
		return words.Name(h.takerName) + " has said it back. Put it right, and they are asked to say it back anew."
	case h.stands():
		return h.standing() + " Put it right, and they are asked to say it back anew; then it is signed again."
	}
	return words.Name(h.takerName) + " was chosen to follow. Write what they must know; they say it back, both of you sign, and " + h.instant() + " it is theirs."
}

// rightWay is the address at which what was said back is put right; "": it has been as often as it can be.
func (h handing) rightWay() string {
	if !h.note.MayRight() {
		return ""
	}
	return path.HandingOn(string(h.p.Project.ID)) + "?right=yes"
}

// dueWords says until when the signature is waited for, and what happens then.
func (h handing) dueWords() string {
	if h.note.Due.IsZero() {
		return ""
	}
	then := "a steward is asked to sign, where one is here; else the lead moves without a signature, and the page says so."
	if h.note.Again || h.inPlace() || !h.stewarded() {
		then = "the lead moves without a signature, and the page says so."
	}
	return "It is waited for until " + h.clock.Moment(h.note.Due) + "; then " + then
}

func (h handing) sayWords() string {
	lead := "When both have signed you lead"
	if on := h.beginsOn(); on != "" {
		lead += " from " + on + " on"
	}
	says := words.FirstName(h.giverName) + " reads this and signs, or puts it right. " + lead + ", and what was theirs to decide is yours."
	switch {
	case h.left && h.stewarded():
		says = "A steward reads this and signs, because " + words.FirstName(h.giverName) + " has left. " + lead + "."
	case !h.holds && h.beginsOn() != "":
		says = "Nobody waits for a second signature: you lead it from " + h.beginsOn() + " on."
	case !h.holds:
		says = "Nobody waits for a second signature: you lead it as soon as you have signed."
	}
	if !h.note.Due.IsZero() {
		then := "; then it is asked for once more."
		switch {
		case h.note.Again && h.note.PutRight():
			then = "; then you lead it with the note as it is."
			if on := h.beginsOn(); on != "" {
				then = "; then it is waited for no longer, and you lead it from " + on + " on."
			}
		case h.note.Again:
			then = "; then the next is asked, where there is one."
		}
		says += " Say it back by " + h.clock.Moment(h.note.Due) + then
	}
	return says
}

// standing says what a handing on waits for, to whoever has nothing to do in it.
func (h handing) standing() string {
	who, by := words.Name(h.takerName), ""
	if !h.note.Due.IsZero() {
		by = " by " + h.clock.Moment(h.note.Due)
	}
	giver, verb := words.Name(h.giverName), "s"
	switch {
	case h.inPlace() && h.stewarded():
		giver = "A steward, in the place of " + giver + ","
	case h.Person.ID == h.giver:
		giver, verb = "You", ""
	}
	switch {
	case h.offered != "" && h.told():
		return "Whoever was chosen to follow has not answered yet. When they accept they read the note."
	case h.taker == "":
		return "It is not settled yet who follows. Whoever accepts it reads the note."
	case h.stands():
		return h.standsWords()
	case !h.waits():
		return "Nothing of it is waited for now."
	case h.note.State == skein.HandoverWritten:
		return who + " says back what they must know" + by + "."
	case h.note.State == skein.HandoverSaid:
		return who + " has said it back. " + giver + " sign" + verb + by + "."
	}
	return giver + " write" + verb + " what " + who + " must know" + by + "; without a note the lead moves then."
}
