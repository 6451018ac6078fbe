package view

import (
	"strings"
	"testing"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
)

// kinds are every kind of notice, with the codes it may have.
var kinds = map[skein.NoticeKind][]skein.NoticeCode{
	skein.NoticeOffer: {""}, skein.NoticeNotChosen: {"", skein.CodeStopped, skein.CodePassed, skein.CodeEqual}, skein.NoticeTaken: {"", skein.CodeForward},
	skein.NoticeCheck: {""}, skein.NoticeReturned: {""}, skein.NoticeRestarted: {""}, skein.NoticeClosing: {""},
	skein.NoticeLapsed: {"", skein.CodePlace, skein.CodeNeeds, skein.CodeSaid, skein.CodeLastDay}, skein.NoticeInvite: {""}, skein.NoticeReview: {""}, skein.NoticeReviewed: {"", skein.CodeNobody, skein.CodeUnheard},
	skein.NoticeNobody: {"", skein.CodeStill}, skein.NoticeWith: {"", skein.CodeYes, skein.CodeNo, skein.CodePassed, skein.CodeAbsent}, skein.NoticeCoach: {""},
	skein.NoticeNeeds: {"", skein.CodeWaits, skein.CodeGranted, skein.CodeMoved}, skein.NoticeEnding: {"", skein.CodeLastDay, skein.CodeMoved},
	skein.NoticeLed:   {"", skein.CodeYou, skein.CodeBeside, skein.CodeTogether, skein.CodeAlone, skein.CodeHanded, skein.CodeBack},
	skein.NoticeEnded: {"", skein.CodeStepped, skein.CodeLeft, skein.CodeLastDay, skein.CodeWhole},
	skein.NoticeWord:  {"", skein.CodeLate},
	skein.NoticeTeam:  {skein.CodeJoins, skein.CodeShadows, skein.CodeAsks}, skein.NoticeAsked: {"", skein.CodeLead, skein.CodeAnswer}, skein.NoticeEndorsed: {""},
	skein.NoticeStandIn: {
		skein.CodeAsked, skein.CodeYes, skein.CodeAnswer, skein.CodeSteps, skein.CodeNobody, skein.CodeAbsent, skein.CodeKept,
	},
	skein.NoticeOutcome:  {"", skein.CodeRemind, skein.CodeResult, skein.CodeThanks},
	skein.NoticeHandover: {skein.CodeWrites, skein.CodeSays, skein.CodeSlow, skein.CodeSigns},
	skein.NoticeShown:    {"", skein.CodeYes}, skein.NoticeCircle: {skein.CodeClosed, skein.CodeAdded, skein.CodeDropped},
	skein.NoticeAccess: {
		skein.CodeLink, skein.CodeUsed, skein.CodeGiven, skein.CodeRevoked, skein.CodeEmail, skein.CodeClosed, skein.CodeOpened, skein.CodeGroupGave, skein.CodeGroupTook, skein.CodeCame,
		skein.CodeOther, skein.CodeUnlinked,
	},
}

func TestEveryNoticeIsAWholeSentenceThatLeadsSomewhere(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for kind, codes := range kinds {
		for _, code := range codes {
			n := homedb.Notice{
				Kind: kind, Code: code, Project: "sensors", Title: "Leak Sensors", ProjectState: skein.Cancelled, WhoName: "Noor Basri", Who: "noor",
				Me: "ines", SkillName: "maps", Level: 3, Need: skein.Need{What: "a budget"}, Of: "a1", Subject: "teo", SubjectName: "Teo Marchi", Hat: skein.Steward, CircleName: "Leaks", Stops: "It must be there.", Reason: "Look again.", By: in(24), On: skein.Day(in(48)),
			}
			says, link := NoticeSays(n, words.Clock{Zone: wall.Location()}, "£")
			if !strings.HasSuffix(says, ".") && !strings.HasSuffix(says, "?") && !strings.HasSuffix(says, ")") || strings.Contains(says, `"`) || said[says] {
				t.Errorf("%s %s says %q", kind, code, says)
			}
			said[says] = true
			if kind == skein.NoticeAccess {
				n.Me = n.Subject
				yours, at := NoticeSays(n, words.Clock{Zone: wall.Location()}, "£")
				if !strings.HasSuffix(yours, ".") || !strings.Contains(strings.ToLower(yours), "you") || strings.Contains(yours, "Teo") || yours == says || !strings.HasPrefix(at, "/") {
					t.Errorf("%s %s says to whom it is about %q, at %s", kind, code, yours, at)
				}
			}
			if !strings.HasPrefix(link, "/") {
				t.Errorf("%s %s leads to %q", kind, code, link)
			}
		}
	}
}

// What was over when it was told may have been reopened since.
func TestWhatWasReopenedSinceIsNotSaidToBeOver(t *testing.T) {
	t.Parallel()
	for state, want := range map[skein.ProjectState]string{
		skein.Completed: "Leak Sensors is completed.", skein.OpenForLead: "Leak Sensors was completed, and was reopened since.",
	} {
		says, _ := NoticeSays(homedb.Notice{Kind: skein.NoticeEnded, Code: skein.CodeOver, Title: "Leak Sensors", ProjectState: state}, words.Clock{Zone: wall.Location()}, "£")
		say(t, says, want)
	}
}

func TestSeveralOfOneDayAreSaidInOne(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, b := range skein.Bundled {
		n := homedb.Notice{Kind: b.Kind, Code: b.Code, Project: "sensors", Title: "Leak Sensors", Projects: 150, By: in(24)}
		says, link := NoticeSays(n, words.Clock{Zone: wall.Location()}, "£")
		if !strings.Contains(says, "Leak Sensors and 149\u00a0others") || !strings.HasSuffix(says, ".") || said[says] || strings.Contains(link, "sensors") {
			t.Errorf("%s %s says %q, %s", b.Kind, b.Code, says, link)
		}
		said[says] = true
		n.Since = "settled"
		if says, _ := NoticeSays(n, words.Clock{Zone: wall.Location()}, "£"); strings.Contains(says, "waits for you") {
			t.Errorf("what is settled waits: %q", says)
		}
	}
	invite := homedb.Notice{Kind: skein.NoticeInvite, Title: "Leak Sensors", Projects: 2, By: in(24)}
	says, link := NoticeSays(invite, words.Clock{Zone: wall.Location()}, "£")
	say(t, says, "Nobody claimed Leak Sensors and one_other, and you are among the best placed for each. Would you lead one of them? "+
		"What waits for you is on your home page; the first answer is wanted by Tuesday 12_May, 09:00.")
	say(t, link, "/?all=yes")
}

func TestANoticeNamesTheDayOfItsDeadline(t *testing.T) {
	t.Parallel()
	lines := Notices(ines(), []homedb.Notice{
		{Kind: skein.NoticeOffer, Project: "sensors", Title: "Leak Sensors", By: in(24), Since: "yes"},
		{Kind: skein.NoticeOffer, Project: "sensors", Title: "Leak Sensors", Seen: true},
		{Says: "As it was said then.", Link: "/then"},
	})
	say(t, lines[0].Says+" "+lines[0].Since, "You were chosen for Leak Sensors. Answer by Tuesday 12_May, 09:00. You said yes.")
	say(t, lines[1].Says, "You were chosen for Leak Sensors.")
	if !lines[0].New || lines[1].New || lines[2].Says != "As it was said then." || lines[2].URL != "/then" {
		t.Errorf("%+v", lines)
	}
}

// A file that somebody brought in names nobody who said it.
func TestACircleThatAFileHasMoveIsToldSo(t *testing.T) {
	t.Parallel()
	n := homedb.Notice{Kind: skein.NoticeCircle, Code: skein.CodeAdded, Title: "Weir", Project: "weir", CircleName: "Laboratory"}
	if says, _ := circleSays(n); says != "Laboratory must move with Weir, says a file that was imported." {
		t.Error(says)
	}
	n.Code = skein.CodeDropped
	if says, _ := circleSays(n); says != "Laboratory need not move with Weir any more: a file that was imported has changed that." {
		t.Error(says)
	}
}
