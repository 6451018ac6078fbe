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
