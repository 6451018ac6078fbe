package view

import (
	"strconv"
	"strings"

	keepdb "skein/internal/postgres/keep"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// keptAs says of each kind how long it is kept, with the length in the place of %, and what is counted.
var keptAs = map[skein.KeptKind]struct{ says, one, many string }{
	skein.KeptNotices:  {"What people were told is kept for %, and longer while somebody still waits for the answer.", "notice", "notices"},
	skein.KeptRefusals: {"What a guardrail refused is kept for %, and so is where sign-ins were refused. Sessions go when they end.", "refusal of a guardrail", "refusals of guardrails"},
	skein.KeptMails:    {"Which mail went out to whom, or why it did not, is kept for %. What a mail said is kept nowhere.", "mail", "mails"},
	skein.KeptLinks:    {"Links that work once are kept for % after they were used or ran out.", "link", "links"},
	skein.KeptDrafts:   {"Claims that were never sent are kept for % after the window closed.", "draft", "drafts"},
	skein.KeptMatches: {
		"Records of matches (claims, comparisons, picks, invitations and reviews) are kept for % after the window closed, and longer while the lead that came of them goes on. Who led what stays.",
		"window’s record", "windows’ records",
	},
}

// Retention says what is kept and how long, and what was removed last.
func Retention(k keepdb.Kept, clock words.Clock) page.Retention {
	r := page.Retention{Months: strconv.Itoa(k.MatchMonths), Version: strconv.Itoa(k.MatchMonths)}
	for _, keep := range skein.Keeps(k.MatchMonths) {
		as := keptAs[keep.Kind]
		line := page.KeptLine{Says: strings.Replace(as.says, "%", keptFor(keep), 1), Gone: "Nothing was removed so far."}
		if gone, some := k.Removed[keep.Kind]; some {
			line.Gone = "Last removed " + clock.OnDay(gone.At) + ": " + words.Count(gone.Last, as.one, as.many) + ". In all " + strconv.FormatInt(gone.Rows, 10) + "."
		}
		r.Lines = append(r.Lines, line)
	}
	return r
}

// keptFor is a length of time: "a year", "90 days", "four years".
func keptFor(k skein.Keep) string {
	years := k.Years + k.Months/12
	switch {
	case k.Days > 0:
		return words.Counted(k.Days, "day")
	case k.Months%12 > 0:
		return words.Several(k.Months, "month")
	case years == 1:
		return "a year"
	}
	return words.Several(years, "year")
}
