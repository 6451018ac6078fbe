package browser_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"skein/internal/browser"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
	"skein/internal/sso"
	"skein/internal/sso/ssotest"
	"skein/web/path"
)

// joined is Skein in an organisation that has accounts of its own, at a provider that others made.
func joined(t *testing.T) (*house, *ssotest.Strict) {
	t.Helper()
	pool := pgtest.New(t)
	for _, sql := range []string{
		`insert into person (id, name, email, welcomed_at) values ('noor', 'Noor Basri', 'noor@corriemere.example', now()), ('owen', 'Owen Pell', 'owen@corriemere.example', now())`,
		`insert into account (person_id, email, password_hash, made_at) values ('owen', 'owen@corriemere.example', 'x', now())`,
		`insert into hat (person_id, kind, given_at) values ('owen', 'administrator', now())`,
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	web := httptest.NewUnstartedServer(http.NotFoundHandler())
	at := "http://" + web.Listener.Addr().String()
	there := ssotest.NewStrict(t, browser.Root(t), at+path.OrganisationReturn, map[string]ssotest.Claims{
		"noor":  {"email": "noor@corriemere.example", "email_verified": true, "groups": []string{"water"}},
		"owen":  {"email": "owen@corriemere.example", "email_verified": true},
		"other": {"email": "noor@corriemere.example", "email_verified": true},
	})
	quiet := slog.New(slog.DiscardHandler)
	web.Config.Handler = server.New(server.Config{
		DB: postgres.New(pool), Log: quiet, Now: time.Now, BaseURL: at, Passwords: cheap,
		SSO: sso.New(sso.Config{
			Issuer: there.URL, ClientID: ssotest.ClientID, ClientSecret: there.Secret, Name: "a Corriemere account",
			Return: at + path.OrganisationReturn, Log: quiet,
		}),
	})
	web.Start()
	t.Cleanup(web.Close)
	return &house{t: t, pool: pool, url: web.URL}, there
}

// comesIn signs in by the organisation's account, from whatever page is asked for.
func comesIn(p *browser.Page, login string) {
	p.Link("Sign in with a Corriemere account").Click()
	p.Field("Who are you?").Fill(login)
	p.Button("Come in").Click()
}

// The administrator has a group give a role and switches passwords off; Noor, who has no account yet, comes in by the
// organisation's, to the page that she asked for, with her role; and somebody else with her address does not.
func TestPeopleComeInByTheOrganisationsAccount(t *testing.T) {
	t.Parallel()
	h, there := joined(t)
	owen := browser.Open(t, h.url+path.AdminSignIn, browser.Look{})
	owen.Sound()
	comesIn(owen, "owen")
	owen.Heading("How people sign in")
	owen.Sound()
	owen.Field("Group, as the organisation’s sign-in writes it").Fill("water")
	owen.Role("radio", "executive Sets vision, priorities and guardrails. Appoints nobody.").Click()
	owen.Button("Have it give this role").Click()
	owen.Says("Nobody has it by this group now.")
	owen.Role("radio", "Nobody but the administrators named below Links to choose a password open nothing then, except for them. Who is signed in stays so until their session ends.").Click()
	owen.Role("checkbox", "Owen Pell").Click()
	owen.Button("Change this").Click()
	owen.Says("Passwords are switched off")

	noor := browser.Open(t, h.url+path.SettingsSignIn, browser.Look{Width: 360, Height: 800})
	noor.Says("for administrators who are named for it")
	noor.Sound()
	comesIn(noor, "noor")
	noor.Says("You come in by it since")
	noor.Sound()
	if at := noor.Address(); !strings.HasSuffix(at, path.SettingsSignIn) {
		t.Error("she is at", at)
	}
	h.says("executive water", `select kind || ' ' || from_group from hat where person_id = 'noor'`)
	owen.Visit(h.url + path.AdminPerson("noor"))
	owen.Says("By the group “water”.")
	owen.Sound()

	other := browser.Open(t, h.url+path.SignIn, browser.Look{})
	comesIn(other, "other")
	other.Says("The administrators of Skein were told")
	other.Sound()
	there.Stop()
	owen.Visit(h.url + path.Notices)
	owen.Says("Somebody came with the address of Noor Basri")
}
