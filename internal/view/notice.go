package view

import (
	"strconv"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// sinceWords says what came of something that a notice asked for.
var sinceWords = map[string]string{
	"yes": "You said yes.", "no": "You said no.", "confirmed": "You confirmed it.", "returned": "You returned it.",
	"answered": "You answered.", "late": "The time to answer is over.", "granted": "Nothing is asked of you there now.",
	"settled": "It is settled.", "unchecked": "It is settled.", "not_needed": "It is settled.", "void": "It is settled.",
	"said": "It was said since.",
}

// Notices turns notices into what pages show.
func Notices(v Viewer, notices []homedb.Notice) []page.NoticeLine {
	lines := make([]page.NoticeLine, len(notices))
	for i, n := range notices {
		says, link := NoticeSays(n, v.Clock(), v.Org.Currency)
		lines[i] = page.NoticeLine{Says: says, Since: sinceWords[n.Since], URL: link, At: n.MadeAt, New: !n.Seen}
	}
	return lines
}

// NoticeSays puts a notice into words, said to whoever was told, and says where its one act lands.
// Clock is theirs, currency the
// organisation's. A notice from before they were data is as it was.
func NoticeSays(n homedb.Notice, clock words.Clock, currency string) (says, link string) {
	if n.Says != "" {
		return n.Says, n.Link
	}
	if n.Projects > 1 {
		return severalSays(n, clock)
	}
	project := string(n.Project)
	switch n.Kind {
	case skein.NoticeOffer:
		return "You were chosen for " + words.Name(n.Title) + "." + answerBy(n, clock), path.Result(project)
	case skein.NoticeNotChosen:
		return notChosenSays(n), path.Result(project)
	case skein.NoticeTaken:
		return takenSays(n), path.Project(project)
	case skein.NoticeCheck:
		return "Claims for " + words.Name(n.Title) + " have closed. You have no part in it: check the pick" + by(n, clock) + ".", path.Result(project)
	case skein.NoticeReturned:
		return "The check of " + words.Name(n.Title) + " was not passed: “" + words.Name(n.Reason) + "” Claims gather again, and yours stands.", path.ClaimProject(project)
	case skein.NoticeRestarted:
		return words.Name(n.Title) + " has changed since you claimed it, so claims gather again. Yours stands; look whether it should.", path.ClaimProject(project)
	case skein.NoticeClosing:
		return "Claims for " + words.Name(n.Title) + " close within a day, and yours is not sent.", path.ClaimProject(project)
	case skein.NoticeLapsed:
		return lapsedSays(n)
	case skein.NoticeInvite:
		return "Nobody claimed " + words.Name(n.Title) + ", and you are among the best placed. Would you lead it?" + answerBy(n, clock), path.ClaimProject(project)
	case skein.NoticeReview:
		return "Somebody who claimed " + words.Name(n.Title) + " asks whether it was decided rightly." + answerBy(n, clock), path.Result(project)
	case skein.NoticeReviewed:
		if n.Code == skein.CodeNobody {
			return "Nobody answered your question about " + words.Name(n.Title) + ", so what was decided stands.", path.Result(project)
		}
		if n.Code == skein.CodeUnheard {
			return "Nobody who had no part answered a question about how " + words.Name(n.Title) + " was decided, so what was decided stands.", path.Project(project)
		}
		return "Your question about " + words.Name(n.Title) + " is answered.", path.Result(project)
	}
	return otherSays(n, clock, currency)
}

// otherSays puts into words what is no step of a decision.
func otherSays(n homedb.Notice, clock words.Clock, currency string) (says, link string) {
	project := string(n.Project)
	switch n.Kind {
	case skein.NoticeNobody:
		if n.Code == skein.CodeStill {
			return "Nobody has taken " + words.Name(n.Title) + " in the last 30 days. Should it stay open? It does, and you are asked again in 30 days, unless somebody takes or ends it.", path.Project(project)
		}
		return "Nobody has taken " + words.Name(n.Title) + " yet. It stays open until somebody does.", path.Project(project)
	case skein.NoticeWith, skein.NoticeCoach:
		return besideSays(n), path.ClaimProject(project)
	case skein.NoticeNeeds:
		return needsNotice(n, currency)
	case skein.NoticeLed:
		if n.Code == skein.CodeYou || n.Code == "" {
			return ledSays(n), path.Live(project)
		}
		return ledSays(n), path.Project(project)
	case skein.NoticeEnding:
		return endingSays(n), path.Project(project)
	case skein.NoticeEnded:
		return endedSays(n), path.Project(project)
	case skein.NoticeStandIn:
		return standInSays(n, clock), path.Project(project)
	case skein.NoticeWord:
		return wordSays(n)
	case skein.NoticeHandover:
		return handoverSays(n, clock), path.HandingOn(project)
	case skein.NoticeChanged:
		return changedSays(n, clock)
	case skein.NoticeDecision:
		return decisionSays(n), path.Decision(n.Of)
	case skein.NoticeRemit:
		if n.Code == skein.CodeAsked || n.Code == skein.CodeWaits {
			return remitSays(n, clock), path.Remit(project)
		}
		return remitSays(n, clock), path.Project(project)
	case skein.NoticeOutcome:
		return outcomeSays(n, clock), path.HowDidItGoOf(project, n.Of)
	case skein.NoticeTeam:
		switch n.Code {
		case skein.CodeAdded, skein.CodeDropped:
			return memberSays(n), path.Project(project) + "#team"
		case skein.CodeAsks:
			return words.Name(n.WhoName) + teamSays[n.Code] + words.Name(n.Title) + ".", path.Project(project)
		}
		return words.Name(n.WhoName) + teamSays[n.Code] + words.Name(n.Title) + ".", path.Project(project) + "#team"
	case skein.NoticeAsked:
		if n.Code != "" {
			return questionSays(n)
		}
		return words.Name(n.WhoName) + " asks what you can say about " + words.Name(n.SkillName) + ".", path.Ask(n.Of)
	case skein.NoticeEndorsed:
		return words.Name(n.WhoName) + " spoke for you: " + words.Name(n.SkillName) + ", " + skein.LevelsYours[n.Level] + ".", path.Person(string(n.Me))
	case skein.NoticeAccess:
		return accessSays(n, clock)
	case skein.NoticeCircle:
		return circleSays(n)
	case skein.NoticeShown:
		if n.Code == skein.CodeYes {
			return words.Name(n.WhoName) + " shows again what you said about " + words.Name(n.SkillName) + ".", path.Person(string(n.Who))
		}
		return words.Name(n.WhoName) + " keeps to themselves what you said about " + words.Name(n.SkillName) + ".", path.Person(string(n.Who))
	}
	return strconv.Quote(string(n.Kind)), path.Project(project)
}

// answerBy asks for an answer by a moment, where there is one. Notices are read later, so it names
// the day.
func answerBy(n homedb.Notice, clock words.Clock) string {
	if n.By.IsZero() {
		return ""
	}
	return " Answer" + by(n, clock) + "."
}

func by(n homedb.Notice, clock words.Clock) string {
	if n.By.IsZero() {
		return ""
	}
	return " by " + n.By.In(clock.Zone).Format("Monday 2\u00a0January, ") + clock.TimeOfDay(n.By)
}

func notChosenSays(n homedb.Notice) string {
	switch {
	case n.Code == skein.CodeStopped:
		return "Your claim for " + words.Name(n.Title) + " could not be taken. " + n.Stops
	case n.Code == skein.CodePassed:
		return "It was your turn to lead " + words.Name(n.Title) + ", and you could not take it at that moment. The page says why."
	case n.Code == skein.CodeEqual:
		return words.Name(n.WhoName) + " was chosen for " + words.Name(n.Title) + ". You were in the same step."
	}
	return words.Name(n.WhoName) + " was chosen for " + words.Name(n.Title) + "."
}

func takenSays(n homedb.Notice) string {
	if n.Code == skein.CodeForward {
		return words.Name(n.Title) + " does not wait for you any more: somebody has come forward."
	}
	if n.Code == skein.CodeKept {
		return "Whoever leads " + words.Name(n.Title) + " took back that they hand it on, so it does not wait for you any more."
	}
	return words.Name(n.Title) + " is " + n.ProjectState.Words() + ", so nothing more comes of your claim."
}

func lapsedSays(n homedb.Notice) (says, link string) {
	switch n.Code {
	case skein.CodePlace:
		return "Nobody answered in time about your place in " + words.Name(n.Title) + ". You can ask again.", path.Project(string(n.Project))
	case skein.CodeNeeds:
		says = "You did not say in time what you make of what the lead of " + words.Name(n.Title) + " gets, so it does not wait for you any more."
	case skein.CodeLastDay:
		says = "The last day of the lead of " + words.Name(n.Title) + " has passed before it began, so it does not wait for you any more."
	case skein.CodeSaid:
		says = "What you had to know to lead " + words.Name(n.Title) + " was not said back in time, so it does not wait for you any more."
	default:
		says = "The time to answer for " + words.Name(n.Title) + " ran out, so it does not wait for you any more."
	}
	return says, path.Result(string(n.Project))
}

func besideSays(n homedb.Notice) string {
	switch {
	case n.Code == skein.CodeYes:
		return words.Name(n.WhoName) + " said yes. (" + words.Name(n.Title) + ")"
	case n.Code == skein.CodePassed && n.Who == n.Me:
		return words.Name(n.Title) + " has a lead. You had no hours left for a place beside it, so it began without you."
	case n.Code == skein.CodePassed:
		return words.Name(n.WhoName) + " had no hours left for a place beside you, so " + words.Name(n.Title) + " began without one."
	case n.Code == skein.CodeNo:
		return words.Name(n.WhoName) + " said not this time. You can name somebody else while claims gather. (" + words.Name(n.Title) + ")"
	case n.Code == skein.CodeAbsent:
		return words.Name(n.WhoName) + " is not here, so your claim stands without them. You can name somebody else while claims gather. (" + words.Name(n.Title) + ")"
	case n.Kind == skein.NoticeWith:
		return words.Name(n.WhoName) + " would claim " + words.Name(n.Title) + " together with you."
	}
	return words.Name(n.WhoName) + " would like you as a coach, should the lead of " + words.Name(n.Title) + " be theirs."
}

func ledSays(n homedb.Notice) string {
	switch n.Code {
	case skein.CodeYou:
		return "You lead " + words.Name(n.Title) + " from today."
	case skein.CodeBeside:
		return "You lead " + words.Name(n.Title) + " beside " + words.Name(n.WhoName) + " from today."
	case skein.CodeTogether:
		return "You lead " + words.Name(n.Title) + " together now."
	case skein.CodeAlone:
		return "Not this time: " + words.Name(n.Title) + " has its lead alone for now. Its team is open to you."
	case skein.CodeMoved:
		who := words.Name(n.WhoName) + " begins"
		if n.Who == n.Me {
			who = "You begin"
		}
		return "The start of " + words.Name(n.Title) + " was moved. " + who + " on " + n.On.Format("2 January") + ", or when what is open is settled, where that is later."
	case skein.CodeBack:
		return words.Name(n.WhoName) + " leads " + words.Name(n.Title) + " on: they took back that they had stepped down."
	case skein.CodeHanded:
		return "You have handed " + words.Name(n.Title) + " on. Thank you."
	}
	return words.Name(n.WhoName) + " leads " + words.Name(n.Title) + " now."
}

func endingSays(n homedb.Notice) string {
	day := n.On.Format("2 January")
	switch n.Code {
	case skein.CodeLastDay:
		return "The last day of " + words.Name(n.Title) + " was to be " + day + ", and nobody led it. Two weeks later it is cancelled, unless somebody leads it or its last day is moved."
	case skein.CodeMoved:
		return words.Name(n.WhoName) + " moved the last day of " + words.Name(n.Title) + ". Your own last day in it is " + day + " now."
	}
	return "You lead " + words.Name(n.Title) + " until " + day + ". Hand it over, or let it come to its end."
}

func endedSays(n homedb.Notice) string {
	switch n.Code {
	case skein.CodeReopened:
		return words.Name(n.WhoName) + " reopened " + words.Name(n.Title) + ": it is open for claims once more."
	case skein.CodeStepped:
		return "Whoever led " + words.Name(n.Title) + " has stepped down."
	case skein.CodeLeft:
		return "Whoever led " + words.Name(n.Title) + " has left, so it is open for the next."
	case skein.CodeLastDay:
		return "A lead of " + words.Name(n.Title) + " has come to its last day. It is open for the next."
	case skein.CodeWhole:
		return words.Name(n.Title) + " has come to its last day, so it is complete. Thank you."
	}
	if !n.ProjectState.Over() { // it was, when this was told
		return words.Name(n.Title) + " was completed, and was reopened since."
	}
	return words.Name(n.Title) + " is " + n.ProjectState.Words() + "."
}

var teamSays = map[skein.NoticeCode]string{
	skein.CodeJoins:   " has joined the team of ",
	skein.CodeShadows: " shadows you in ",
	skein.CodeAsks:    " asks to lead beside you in ",
	skein.CodeSteps:   " no longer leads beside you in ",
}
