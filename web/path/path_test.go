package path_test

import (
	"net/url"
	"testing"

	"skein/web/path"
)

func TestIDsAreEscaped(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		path.Project("p1"):                      "/projects/p1",
		path.Project("a/b c?d"):                 "/projects/a%2Fb%20c%3Fd",
		path.GrantNeed("p", "../x"):             "/projects/p/needs/..%2Fx/grant",
		path.WithdrawClaim("p"):                 "/projects/p/claim/withdraw",
		path.Person("é"):                        "/people/%C3%A9",
		path.Invitation("tok/en"):               "/invitations/tok%2Fen",
		path.ReviewClaim("c"):                   "/claims/c/review",
		path.With("/leads", nil):                "/leads",
		path.With("/leads", filters("", "a b")): "/leads?team=a+b",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func filters(hours, team string) url.Values {
	return url.Values{"hours": {hours}, "team": {team}}
}
