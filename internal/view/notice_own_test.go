package view

import (
	"testing"

	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
)

// Whoever changes their own address is not named twice.
func TestTheirOwnAddressIsTheirOwn(t *testing.T) {
	t.Parallel()
	n := homedb.Notice{Code: skein.CodeEmail, Who: "anna", WhoName: "Anna Ahrens", Subject: "anna", SubjectName: "Anna Ahrens", Me: "owen"}
	if says, _ := accessSays(n, words.Clock{}); says != "Anna\u00a0Ahrens changed their own address, with which they sign in." && says != "Anna Ahrens changed their own address, with which they sign in." {
		t.Error(says)
	}
	n.Me = "anna"
	if says := accessDeed(n, "you"); says != " changed the address with which you sign in." {
		t.Error(says)
	}
}

// What is told of a change says whether it is about the hours, what the lead decides, or both; so does Home.
func TestAChangeOfHoursIsCalledThat(t *testing.T) {
	t.Parallel()
	few, more := 4.0, 5.0
	rows, other := []skein.Remit{{Area: "money", Level: skein.DecideAlone}}, []skein.Remit{{Area: "money", Level: skein.AfterAdvice}}
	for want, c := range map[string]skein.RemitChange{
		"what the lead of Leak Sensors decides":                {Was: skein.RemitTerms{Rows: rows, Hours: &few}, Now: skein.RemitTerms{Rows: other, Hours: &few}},
		"the hours a week of Leak Sensors":                     {Was: skein.RemitTerms{Rows: rows, Hours: &few}, Now: skein.RemitTerms{Rows: rows, Hours: &more}},
		"what the lead of Leak Sensors decides, and its hours": {Was: skein.RemitTerms{Rows: rows}, Now: skein.RemitTerms{Rows: other, Hours: &more}},
	} {
		n := homedb.Notice{Kind: skein.NoticeRemit, Code: skein.CodeYes, WhoName: "Noor Basri", Title: "Leak Sensors", RemitOf: c.Of()}
		say(t, remitSays(n, ines().Clock()), "Noor Basri agreed to the change of "+want+".")
		row := Home(ines(), homedb.Home{Waits: 1, Waiting: []homedb.Wanted{{Kind: homedb.WaitRemit, Title: "Leak Sensors", Who: "Noor Basri", About: string(c.Of())}}}, nil, key).Waiting[0]
		home := map[skein.RemitOf]string{
			skein.RemitOfRows: "what the lead decides in Leak Sensors", skein.RemitOfHours: "the hours a week of Leak Sensors", skein.RemitOfBoth: "what the lead decides, and its hours, in Leak Sensors",
		}[c.Of()]
		say(t, row.Said.Before+row.Said.Link+row.Said.After, "Noor Basri proposes to change "+home+".")
	}
}
