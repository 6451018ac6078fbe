package skein

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// HandoverID is the id of a hand-over note.
type HandoverID string

// HandoverState is where a hand-over note stands.
type HandoverState string

// The states of a hand-over note.
const (
	HandoverDraft    HandoverState = "draft" // kept, or asked for: whoever is chosen does not read it
	HandoverWritten  HandoverState = "written"
	HandoverSaid     HandoverState = "said_back"
	HandoverSigned   HandoverState = "signed"
	HandoverUnsigned HandoverState = "not_signed" // said back, and nobody signed in time
	HandoverVoid     HandoverState = "void"
)

// HandoverStates are all of them.
var HandoverStates = []HandoverState{
	HandoverDraft, HandoverWritten, HandoverSaid, HandoverSigned, HandoverUnsigned, HandoverVoid,
}

// handoverMoves lists where a hand-over note may go from each state. Said back goes to written again where it is put
// right, or where whoever said it back does not take the lead. What was put right goes from written to not signed where
// whoever had said it back did not do so anew in time.
var handoverMoves = map[HandoverState][]HandoverState{
	HandoverDraft:   {HandoverWritten, HandoverVoid},
	HandoverWritten: {HandoverSaid, HandoverUnsigned, HandoverVoid},
	HandoverSaid:    {HandoverSigned, HandoverUnsigned, HandoverWritten, HandoverVoid},

	// Before the lead moves, where it begins on a day to come.
	HandoverSigned:   {HandoverWritten, HandoverVoid},
	HandoverUnsigned: {HandoverWritten, HandoverVoid},
}

// MayBecome tells whether a hand-over note may go from one state to another.
func (s HandoverState) MayBecome(next HandoverState) bool {
	return slices.Contains(handoverMoves[s], next)
}

// Open tells whether the note is still to be written, said back or signed.
func (s HandoverState) Open() bool {
	return s == HandoverDraft || s == HandoverWritten || s == HandoverSaid
}

// Stands tells whether it was said back, and nobody waits for a signature any more.
func (s HandoverState) Stands() bool { return s == HandoverSigned || s == HandoverUnsigned }

// HandoverNow is how what is handed on stands.
type HandoverNow string

// How what is handed on stands.
const (
	NowStable   HandoverNow = "stable"
	NowWatch    HandoverNow = "watch"
	NowUnstable HandoverNow = "unstable"
)

// HandoverNows are all of them, the calmest first.
var HandoverNows = []HandoverNow{NowStable, NowWatch, NowUnstable}

// HandoverAction is something still to do.
type HandoverAction struct {
	What string `json:"what"`
	Who  string `json:"who,omitempty"` // a name, also of somebody who is not here
	By   Date   `json:"by,omitzero"`
}

// HandoverIf is what to do when something happens.
type HandoverIf struct {
	If   string `json:"if"`
	Then string `json:"then"`
}

// HandoverText is what a hand-over note says.
type HandoverText struct {
	Now     HandoverNow
	Summary string
	Actions []HandoverAction
	Ifs     []HandoverIf
}

// HandoverBack is a note said back in the words of whoever takes over, a piece beside each piece.
type HandoverBack struct {
	Now     string   `json:"now"`
	Summary string   `json:"summary"`
	Actions string   `json:"actions,omitempty"`
	Ifs     []string `json:"ifs,omitempty"`
	// Anew are the pieces that were put right since they were said, as fields are called: now, summary, actions, if.0. What
	// stands of them was said of other words.
	Anew []string `json:"anew,omitempty"`
}

// piece is what was said of a piece, by the name of its field.
func (b HandoverBack) piece(field string) string {
	switch field {
	case "now":
		return b.Now
	case "summary":
		return b.Summary
	case "actions":
		return b.Actions
	}
	if i, err := strconv.Atoi(strings.TrimPrefix(field, "if.")); err == nil && i < len(b.Ifs) {
		return b.Ifs[i]
	}
	return ""
}

// Handover is a hand-over note: what whoever leads next has to know, and what they made of it.
type Handover struct {
	HandoverText

	ID        HandoverID
	Project   ProjectID
	Term      TermID // the lead that is handed on
	Next      TermID // the accepted one that it goes to; empty: nobody is to say it back yet
	State     HandoverState
	Writer    PersonID  // who wrote it last; empty: nobody has
	WrittenAt time.Time // and when
	Due       time.Time // until when the next step is waited for; zero: nobody waits
	Again     bool      // the first time to say it back, or to sign, ran out, or a steward was asked in the giver's place
	Renewed   int       // how often whoever says it back had the whole time anew, since it was mended late or put right
	SaidBy    PersonID
	SaidAt    time.Time // when it was said back last; of one that is put right and not said back anew, before that
	Said      HandoverBack
	SignedBy  PersonID
	SignedAt  time.Time
	EndedAt   time.Time
	ThankedAt time.Time // when whoever handed it on thanked the team; zero: they have not
}

// The most of each that a hand-over note has.
const (
	MostActions = 12
	MostIfs     = 8
	MaxLine     = 200
)

// MostAnew is how often, at most, whoever says a note back has the whole time anew, in all: else whoever hands on could
// keep them from ever beginning by putting the note right each time that it is said back.
const MostAnew = 3

// MayRight tells whether what was said back may still be put right.
func (h Handover) MayRight() bool { return h.Renewed < MostAnew }

// PutRight tells whether it was put right after it was said back, and was not said back anew since.
func (h Handover) PutRight() bool {
	return !h.SaidAt.IsZero() && (h.State == HandoverWritten || h.WrittenAt.After(h.SaidAt))
}

// Check reports what is wrong with a note that is only kept: it may be unfinished.
func (t HandoverText) Check() error { return t.check(false) }

// CheckReady reports what is wrong with a note that is to be said back.
func (t HandoverText) CheckReady() error { return t.check(true) }

func (t HandoverText) check(ready bool) error {
	var bad Invalid
	bad.Add(t.Now != "" && !slices.Contains(HandoverNows, t.Now), "now", "Choose one of the three.")
	bad.Add(ready && t.Now == "", "now", "Say how it is now: whoever takes over hears that first.")
	missing := ""
	if ready {
		missing = "Say in short what whoever takes over must know."
	}
	longWords(&bad, "summary", t.Summary, missing)
	bad.Add(len(t.Actions) > MostActions, "actions", "Twelve things at most; put what belongs together into one.")
	bad.Add(len(t.Ifs) > MostIfs, "ifs", "Eight at most: what is likely, and what would be bad.")
	for _, a := range t.Actions {
		bad.Add(ready && a.What == "", "actions", "Say what is to be done, beside who does it and by when.")
		line(&bad, "actions", a.What)
		line(&bad, "actions", a.Who)
	}
	for _, i := range t.Ifs {
		bad.Add(ready && (i.If == "") != (i.Then == ""), "ifs", "Say both: what could happen, and what you would do then.")
		line(&bad, "ifs", i.If)
		line(&bad, "ifs", i.Then)
	}
	return bad.Err()
}

// CheckBack reports what is wrong with how a note is said back: each piece has its answer.
func (t HandoverText) CheckBack(said HandoverBack) error {
	var bad Invalid
	longWords(&bad, "now", said.Now, "Say in your own words how it is now.")
	longWords(&bad, "summary", said.Summary, "Say in your own words what it is in short.")
	if len(t.Actions) > 0 {
		longWords(&bad, "actions", said.Actions, "Say what you do first.")
	}
	for i := range t.Ifs {
		answer := ""
		if i < len(said.Ifs) {
			answer = said.Ifs[i]
		}
		longWords(&bad, "if."+strconv.Itoa(i), answer, "Say what you would do if this happens: "+t.Ifs[i].If)
	}
	return bad.Err()
}

func longWords(bad *Invalid, field, text, missing string) {
	if missing == "" {
		bad.Long(field, text)
	} else {
		bad.Words(field, text, missing)
	}
	bad.Add(len([]rune(text)) > 2*MaxWhy, field, "Say it in 1,200 characters or fewer.")
}

func line(bad *Invalid, field, text string) {
	bad.Short(field, text)
	bad.Add(len([]rune(text)) > MaxLine, field, "Say it in 200 characters or fewer.")
}

// Same tells whether two notes say the same.
func (t HandoverText) Same(o HandoverText) bool {
	return t.Now == o.Now && t.Summary == o.Summary && slices.Equal(t.Ifs, o.Ifs) &&
		slices.EqualFunc(t.Actions, o.Actions, HandoverAction.same)
}

// Version names what a note says.
func (t HandoverText) Version() string {
	var parts []any
	for _, a := range t.Actions {
		parts = append(parts, a.What, a.Who, a.By.Format(time.DateOnly))
	}
	for _, i := range t.Ifs {
		parts = append(parts, i.If, i.Then)
	}
	return versionOf(append(parts, t.Now, t.Summary, len(t.Actions))...)
}

// Write takes a note, kept or ready to be said back. What has been said back, or signed for a day to come, is put right
// by a ready one alone, MostAnew times at most, and is then to be said back anew. Read is the version that whoever writes
// has seen. False: nothing changed.
func (h *Handover) Write(by By, read string, typed HandoverText, ready bool) (bool, error) {
	said := h.State == HandoverSaid || h.State.Stands()
	switch {
	case !h.State.Open() && !said:
		return false, Conflict{"It has been handed over already, so the note stays as it is."}
	case h.State.Stands() && !ready:
		return false, Conflict{"It has been said back already. Put it right and ask for it to be said back anew, or leave it as it is."}
	case said && !ready:
		return false, Conflict{"It has been said back. Put it right and ask for it to be said back anew, or sign it."}
	}
	ready = ready || h.State != HandoverDraft
	if err := typed.check(ready); err != nil {
		return false, err
	}
	state := HandoverDraft
	if ready {
		state = HandoverWritten
	}
	if h.Same(typed) && (h.State == state || said) {
		return false, nil
	}
	if !h.Same(typed) { // what stands there is what is typed: it was kept, and is only ready now
		if err := Fresh(read, h.Version()); err != nil {
			return false, err
		}
	}
	if said && !h.MayRight() {
		return false, Conflict{"It has been put right as often as it can be, so it stays as it is, and the lead moves with it. What is new since, tell whoever takes over yourself."}
	}
	kept := h.Said.of(h.HandoverText, typed)
	h.HandoverText, h.Writer, h.WrittenAt, h.State = typed, by.Person, by.At, state
	if said {
		h.unsay()
		h.Renewed++
	}
	h.Said = kept
	return true, nil
}

// KeepBack keeps what is said back while it is typed: of that pieces may be missing.
func (h *Handover) KeepBack(said HandoverBack) error {
	if err := h.toSay(); err != nil {
		return err
	}
	var bad Invalid
	longWords(&bad, "now", said.Now, "")
	longWords(&bad, "summary", said.Summary, "")
	longWords(&bad, "actions", said.Actions, "")
	bad.Add(len(said.Ifs) > len(h.Ifs), "ifs", "There are not so many to say back.")
	for i, answer := range said.Ifs {
		longWords(&bad, "if."+strconv.Itoa(i), answer, "")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	said.Anew = slices.DeleteFunc(slices.Clone(h.Said.Anew), func(field string) bool { return said.piece(field) != h.Said.piece(field) })
	h.Said = said
	return nil
}

// toSay is nil where a note waits to be said back.
func (h *Handover) toSay() error {
	switch {
	case h.State == HandoverSaid || h.State.Stands():
		return Conflict{"You have said it back already."}
	case h.State != HandoverWritten:
		return Conflict{"There is nothing to say back: no note is ready."}
	}
	return nil
}

// SayBack takes the note in the words of whoever takes over. Read is the version of what they read.
func (h *Handover) SayBack(by By, read string, said HandoverBack) error {
	if err := h.toSay(); err != nil {
		return err
	}
	if read != h.Version() {
		return ErrStale
	}
	if err := h.CheckBack(said); err != nil {
		return err
	}
	h.State, h.SaidBy, h.SaidAt, h.Said, h.Again = HandoverSaid, by.Person, by.At, said, false
	return nil
}

// of is what was said back of a note that was put right since: whoever says it back anew begins with their own words,
// each beside the piece that it was said of, and knows which of these say something else now.
func (b HandoverBack) of(was, now HandoverText) HandoverBack {
	before := b
	b.Ifs, b.Anew = nil, nil
	mended := func(field, from string, is bool) {
		if before.piece(from) != "" && (is || slices.Contains(before.Anew, from)) {
			b.Anew = append(b.Anew, field)
		}
	}
	mended("now", "now", was.Now != now.Now)
	mended("summary", "summary", was.Summary != now.Summary)
	mended("actions", "actions", !slices.EqualFunc(was.Actions, now.Actions, HandoverAction.same))
	if len(before.Ifs) == 0 {
		return b
	}
	find := func(all []HandoverIf, what string) int {
		return slices.IndexFunc(all, func(c HandoverIf) bool { return c.If == what })
	}
	for i, c := range now.Ifs {
		at := find(was.Ifs, c.If)
		if at < 0 && i < len(was.Ifs) && find(now.Ifs, was.Ifs[i].If) < 0 { // its own words were mended
			at = i
		}
		answer := ""
		if at >= 0 && at < len(before.Ifs) {
			answer = before.Ifs[at]
			mended("if."+strconv.Itoa(i), "if."+strconv.Itoa(at), was.Ifs[at] != c)
		}
		b.Ifs = append(b.Ifs, answer)
	}
	return b
}

func (a HandoverAction) same(b HandoverAction) bool {
	return a.What == b.What && a.Who == b.Who && a.By.Equal(b.By)
}

// Shown names what is signed: the note, and what was said back of it by whom.
func (h Handover) Shown() string { return versionOf(h.Version(), h.SaidBy, h.Said) }

// Unsaid is the end of one that was put right, and that whoever had said it back did not say back anew in time: the
// lead moves with it. What they typed of it and never said stays theirs.
func (h *Handover) Unsaid(by By, taker PersonID) error {
	if !h.PutRight() || !h.State.MayBecome(HandoverUnsigned) {
		return Conflict{"It was not said back yet."}
	}
	h.State, h.SaidBy, h.Said = HandoverUnsigned, taker, HandoverBack{}
	h.Due, h.EndedAt = time.Time{}, by.At
	return nil
}

// unsay forgets what was said back, and that it was signed. When it was said back stays, so that whoever did is not the
// one to lose the lead.
func (h *Handover) unsay() {
	h.SaidBy, h.Said, h.Again = "", HandoverBack{}, false
	h.SignedBy, h.SignedAt, h.EndedAt = "", time.Time{}, time.Time{}
}

// Release takes the note from somebody who does not take the lead after all: the next says it back.
func (h *Handover) Release() {
	if h.State != HandoverDraft && h.State.MayBecome(HandoverWritten) {
		h.State = HandoverWritten
	}
	h.unsay()
	h.SaidAt, h.Renewed = time.Time{}, 0
	h.Next, h.Due = "", time.Time{}
}
