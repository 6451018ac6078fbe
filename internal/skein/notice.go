package skein

import (
	"slices"
	"time"
)

// NoticeKind says what a notice is about.
type NoticeKind string

// The kinds of notice.
const (
	NoticeOffer     NoticeKind = "offer"     // you were chosen
	NoticeNotChosen NoticeKind = "notchosen" // and why
	NoticeTaken     NoticeKind = "taken"     // a lead you asked for, or were asked for, does not wait for you any more
	NoticeCheck     NoticeKind = "check"     // a pick waits for you
	NoticeReturned  NoticeKind = "returned"  // a pick was sent back, claims gather again
	NoticeRestarted NoticeKind = "restarted" // what it is like has changed
	NoticeClosing   NoticeKind = "closing"   // you have a draft and the window closes
	NoticeLapsed    NoticeKind = "lapsed"    // you did not answer in time
	NoticeInvite    NoticeKind = "invite"    // nobody claimed; would you?
	NoticeWith      NoticeKind = "with"      // somebody would claim with you, or has answered whether they do
	NoticeCoach     NoticeKind = "coach"     // somebody would be coached by you, or has answered whether they coach
	NoticeNeeds     NoticeKind = "needs"     // what a lead needs is asked for, waited for, or granted
	NoticeLed       NoticeKind = "led"       // somebody leads now
	NoticeEnding    NoticeKind = "ending"    // a term ends soon, or a project that nobody leads
	NoticeEnded     NoticeKind = "ended"     // a term has ended
	NoticeReview    NoticeKind = "review"    // somebody asks whether it was decided rightly
	NoticeReviewed  NoticeKind = "reviewed"  // the answer
	NoticeNobody    NoticeKind = "nobody"    // nobody claimed, nobody could be asked; shall it stay open?
	NoticeStandIn   NoticeKind = "standin"   // somebody stands in for a lead, or is asked to
	NoticeWord      NoticeKind = "word"      // a week's word is due, or late
	NoticeHandover  NoticeKind = "handover"  // a lead is handed on: a note is to be written, said back, signed
	NoticeChanged   NoticeKind = "changed"   // what a lead is like has changed, so that it is reconsidered
	NoticeDecision  NoticeKind = "decision"  // you are asked of something that is decided, or it is decided
	NoticeRemit     NoticeKind = "remit"     // a change of what a lead decides is proposed, agreed, refused
	NoticeOutcome   NoticeKind = "outcome"   // how did it go?
	NoticeTeam      NoticeKind = "team"      // somebody joins the team that you lead
	NoticeAsked     NoticeKind = "asked"     // a colleague asks what you can say
	NoticeEndorsed  NoticeKind = "endorsed"  // a colleague spoke for you
	NoticeShown     NoticeKind = "shown"     // what you said of a colleague is shown, or not
	NoticeAccess    NoticeKind = "access"    // who may come in, or as what, has changed: you, or somebody for whom you answer
	NoticeCircle    NoticeKind = "circle"    // your circle was closed, or must move with a project, or need not any more
)

// NoticeCode says which of its kind's sentences a notice is.
type NoticeCode string

// The codes of the kinds that have more than one sentence.
const (
	CodeStopped NoticeCode = "stopped" // notchosen: a gate stopped the claim
	CodePassed  NoticeCode = "passed"  // notchosen: they could not hold it when their turn came; needs: somebody else is asked now
	CodeEqual   NoticeCode = "equal"   // notchosen: in the same step as whoever was picked

	CodeNobody  NoticeCode = "nobody"  // reviewed: nobody answered; needs, changed: nobody is left who could; standin: nobody could be asked
	CodeUnheard NoticeCode = "unheard" // reviewed: nobody answered somebody else's question; changed: somebody would lead it beside its lead

	CodeStill NoticeCode = "still" // nobody: for another month

	CodeForward NoticeCode = "forward" // taken: somebody has come forward
	CodeKept    NoticeCode = "kept"    // taken, changed: its lead leads it on after all; standin: nobody has to any more
	CodeOver    NoticeCode = "over"    // taken, ended: the project is over; changed: you are not asked any more

	CodeAnswer NoticeCode = "answer" // lapsed: the offer; standin, changed: the question; asked: a question to a lead is answered
	CodePlace  NoticeCode = "place"  // lapsed: the question to lead beside somebody
	CodeNeeds  NoticeCode = "needs"  // lapsed: what the lead needs stayed open

	CodeAsked NoticeCode = "asked" // changed: whether you would lead it beside its lead; with, coach, needs, standin: you are asked
	CodeYes   NoticeCode = "yes"   // with, coach, standin: they said yes; shown: it is shown again
	CodeNo    NoticeCode = "no"    // with, coach: not this time; needs: it is not granted; shown: it is kept back

	CodeAbsent NoticeCode = "absent" // with, coach: they have left, or are away; standin: the lead is, for long

	CodeWaits   NoticeCode = "waits"   // needs: somebody accepted the lead and waits
	CodeGranted NoticeCode = "granted" // needs: you get it
	CodeCounted NoticeCode = "counted" // needs: nobody answered for hours in time, so they count as granted
	CodeLess    NoticeCode = "less"    // needs: there is less than was asked for
	CodeMissing NoticeCode = "missing" // needs: what you promised has not arrived

	CodeYou      NoticeCode = "you"      // led: by you
	CodeBeside   NoticeCode = "beside"   // led: by you beside somebody; changed: somebody is asked to lead it beside its lead
	CodeTogether NoticeCode = "together" // led: the lead agreed that you lead beside them
	CodeAlone    NoticeCode = "alone"    // led: the lead did not agree; changed: somebody is to lead it beside its lead, and there is nobody to ask
	CodeHanded   NoticeCode = "handed"   // led: by somebody else, you have handed it on
	CodeBack     NoticeCode = "back"     // led: on, by whoever had stepped down
	CodeMoved    NoticeCode = "moved"    // led: the day on which it begins was moved; ending: your last day was; needs: the project goes on for longer than you gave it for; access: your team was changed; changed: the date was, as somebody is away

	CodeLead   NoticeCode = "lead"   // asked: whoever leads something, what somebody wants to know of it
	CodeLate   NoticeCode = "late"   // word: three days after it was due
	CodeWrites NoticeCode = "writes" // handover: you write the note
	CodeSays   NoticeCode = "says"   // handover: you say it back
	CodeSlow   NoticeCode = "slow"   // handover: it is not said back yet
	CodeSigns  NoticeCode = "signs"  // handover: it was said back, and you sign
	CodeThanks NoticeCode = "thanks" // handover, outcome: whoever led thanks the team
	CodeSaid   NoticeCode = "said"   // lapsed: the note was not said back

	CodeRemind NoticeCode = "remind" // outcome: once more, before it closes
	CodeResult NoticeCode = "result" // outcome: it has closed

	CodeDecide NoticeCode = "decide" // changed: you say what becomes of it
	CodeAgain  NoticeCode = "again"  // changed: it was said anew what it is like, so you say it again
	CodeSoon   NoticeCode = "soon"   // changed: you have not said it yet; decision: the last day for your advice is tomorrow
	CodeDiffer NoticeCode = "differ" // changed: you and the other say different things
	CodeKeeps  NoticeCode = "keeps"  // changed: it is handed on, and the other would keep it
	CodeMoot   NoticeCode = "moot"   // changed: it is not reconsidered any more
	CodeTwo    NoticeCode = "two"    // changed: it becomes two
	CodePasses NoticeCode = "passes" // changed: it is handed on
	CodeSilent NoticeCode = "silent" // changed: nothing was agreed by the date, so it is handed on

	CodeAgree   NoticeCode = "agree"   // decision: your yes is asked for
	CodePropose NoticeCode = "propose" // decision: it is proposed to you
	CodeAdvised NoticeCode = "advised" // decision: somebody whom you asked has answered
	CodeIn      NoticeCode = "in"      // decision: and with them everybody
	CodeTimeUp  NoticeCode = "timeup"  // decision: the last day for advice has passed
	CodeDecided NoticeCode = "decided" // decision: it is

	CodeStepped NoticeCode = "stepped" // ended: the lead stepped down
	CodeLastDay NoticeCode = "last"    // ended, lapsed: the term's last day has passed; ending: the project's has come
	CodeLeft    NoticeCode = "left"    // ended: the lead has left the organisation
	CodeWhole   NoticeCode = "whole"   // ended: the project's last day has passed, too

	CodeReopened NoticeCode = "reopened" // ended: it was, and now it is open for claims once more

	CodeJoins   NoticeCode = "joins"   // team
	CodeShadows NoticeCode = "shadows" // team
	CodeAsks    NoticeCode = "asks"    // team: to lead beside you
	CodeAdded   NoticeCode = "added"   // team: you are in it now; circle: it must move with a project
	CodeDropped NoticeCode = "dropped" // team: and are not any more; circle: and need not any more
	CodeSteps   NoticeCode = "steps"   // team: no longer leads beside you; standin: no longer stands in

	CodeLink    NoticeCode = "link"    // access: a link was made that sets a new password
	CodeUsed    NoticeCode = "used"    // access: it was used
	CodeGiven   NoticeCode = "given"   // access: a role was given
	CodeRevoked NoticeCode = "revoked" // access: a role was taken away
	CodeEmail   NoticeCode = "email"   // access: the address to sign in with was changed
	CodeClosed  NoticeCode = "closed"  // access: the door was closed; circle: it was
	CodeOpened  NoticeCode = "opened"  // access: it was opened again
	CodeFirst   NoticeCode = "first"   // access: whoever came first has two roles
	CodeName    NoticeCode = "name"    // access: an administrator changed your name,
	CodeNoTeam  NoticeCode = "noteam"  // access: or took you out of it,
	CodeHours   NoticeCode = "hours"   // access: your hours,
	CodeDays    NoticeCode = "days"    // access: your first or last day,
	CodeLeaves  NoticeCode = "leaves"  // access: the last day of somebody in a circle of yours is known, and they hold something for longer
	CodeManager NoticeCode = "manager" // access: or who decides your hours
	CodeMerged  NoticeCode = "merged"  // access: they were here twice, and are one now

	CodeGroupGave    NoticeCode = "groupgave"    // access: a group gave a role
	CodeGroupTook    NoticeCode = "grouptook"    // access: no group gives it any more
	CodeCame         NoticeCode = "came"         // access: somebody unknown came in by the organisation's account, and is here now
	CodeOther        NoticeCode = "other"        // access: somebody else came with their address
	CodeUnlinked     NoticeCode = "unlinked"     // access: as whom they came is forgotten
	CodePasswordsOff NoticeCode = "passwordsoff" // access: passwords were switched off
	CodePasswordsOn  NoticeCode = "passwordson"  // access: and on again
	CodeGroupRole    NoticeCode = "grouprole"    // access: a group gives a role from now on
	CodeNoGroupRole  NoticeCode = "nogrouprole"  // access: and does not any more

	CodeKeyAdded   NoticeCode = "keyadded"   // access: a passkey of yours was added
	CodeKeyRemoved NoticeCode = "keyremoved" // access: and removed
	CodeKeyCopied  NoticeCode = "keycopied"  // access: a passkey may be there twice
	CodeCodeUsed   NoticeCode = "codeused"   // access: a recovery code of yours was used
	CodeCodesMade  NoticeCode = "codesmade"  // access: new ones of yours were made
	CodeSecondOff  NoticeCode = "secondoff"  // access: somebody's second step was taken away
	CodeDemandOn   NoticeCode = "demandon"   // access: a second step is demanded of administrators and executives
	CodeDemandOff  NoticeCode = "demandoff"  // access: and is not any more
)

// NoticeOf is a kind of notice and its code.
type NoticeOf struct {
	Kind NoticeKind
	Code NoticeCode
}

// Bundled are the notices of which one person may get many at once, as when many windows close at the
// same hour: those that come on one day are one, until they are seen.
var Bundled = []NoticeOf{
	{NoticeInvite, ""},
	{NoticeCheck, ""},
	{NoticeReview, ""},
	{NoticeNobody, ""},
	{NoticeNobody, CodeStill},
	{NoticeEnding, CodeLastDay},
	{NoticeReviewed, CodeUnheard},
	{NoticeWith, CodeAsked},
	{NoticeCoach, CodeAsked},
	{NoticeNeeds, CodeAsked},
	{NoticeNeeds, CodeWaits},
	{NoticeWord, ""},
	{NoticeWord, CodeLate},
	{NoticeOutcome, ""},
	{NoticeOutcome, CodeRemind},
}

// AtOnce are the notices by which somebody waits for whoever is told: they go out by mail at once. All else
// is told on Monday.
var AtOnce = []NoticeOf{
	{NoticeOffer, ""},
	{NoticeCheck, ""},
	{NoticeInvite, ""},
	{NoticeReview, ""},
	{NoticeAsked, ""},
	{NoticeAsked, CodeLead},
	{NoticeWith, CodeAsked},
	{NoticeCoach, CodeAsked},
	{NoticeNeeds, CodeAsked},
	{NoticeNeeds, CodeWaits},
	{NoticeNeeds, CodeMissing},
	{NoticeStandIn, CodeAsked},
	{NoticeTeam, CodeAsks},
	{NoticeDecision, CodeAsked},
	{NoticeDecision, CodeAgree},
	{NoticeDecision, CodePropose},
	{NoticeDecision, CodeSoon},
	{NoticeHandover, CodeWrites},
	{NoticeHandover, CodeSays},
	{NoticeHandover, CodeSlow},
	{NoticeHandover, CodeSigns},
	{NoticeChanged, CodeDecide},
	{NoticeChanged, CodeAgain},
	{NoticeChanged, CodeSoon},
	{NoticeChanged, CodeDiffer},
	{NoticeChanged, CodeKeeps},
	{NoticeChanged, CodeAsked},
	{NoticeRemit, CodeAsked},
	{NoticeRemit, CodeWaits},
	{NoticeOutcome, ""},
	{NoticeOutcome, CodeRemind},
}

// IsAtOnce tells whether somebody waits for whoever is told this.
func (n NoticeOf) IsAtOnce() bool { return slices.Contains(AtOnce, n) }

// IsBundled tells whether one may get many of these at once.
func (n NoticeOf) IsBundled() bool { return slices.Contains(Bundled, n) }

// Notice tells one person one thing, once, with one act to follow. It is data: what it says in
// words, and where its act lands, is made where it is shown.
type Notice struct {
	To      PersonID
	Kind    NoticeKind
	Code    NoticeCode // empty where the kind has one sentence
	Project ProjectID
	Claim   ClaimID
	Who     PersonID // whom it names
	Skill   SkillID
	Level   int       // of what was said of a skill
	Need    NeedID    // which need it names
	Of      string    // the row that it asks about: a term, pick, window, review, ask, evidence or stand-in
	By      time.Time // until when an answer is wanted
	On      Date      // the day it names
	Subject PersonID  // whose access it is about
	Hat     HatKind   // the role that was given or taken away,
	Circle  CircleID  // and of which circle
	About   string    // what it tells of: nobody is told one kind about one thing twice
}
