package browser_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"skein/internal/browser"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
	"skein/web/path"
)

const geese = "three unrelated geese"

// local is Skein as a browser reaches it by a name: passkeys belong to one.
func local(t *testing.T) *house {
	t.Helper()
	pool := pgtest.New(t)
	hash, err := argon2id.CreateHash(geese, cheap)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		`insert into person (id, name, email, welcomed_at) values ('owen', 'Owen Pell', 'owen@corriemere.example', now()), ('ines', 'Ines Calder', 'ines@corriemere.example', now())`,
		`insert into account (person_id, email, password_hash, made_at) select id, email, '` + hash + `', now() from person`,
		`insert into hat (person_id, kind, given_at) values ('owen', 'administrator', now()), ('ines', 'executive', now())`,
	} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	web := httptest.NewUnstartedServer(http.NotFoundHandler())
	at := strings.Replace("http://"+web.Listener.Addr().String(), "127.0.0.1", "localhost", 1)
	web.Config.Handler = server.New(server.Config{DB: postgres.New(pool), Log: slog.New(slog.DiscardHandler), Now: time.Now, BaseURL: at, Passwords: cheap})
	web.Start()
	t.Cleanup(web.Close)
	return &house{t: t, pool: pool, url: at}
}

func byPassword(p *browser.Page, email string) {
	p.Field("E-mail address").Fill(email)
	p.Field("Password").Fill(geese)
	p.Button("Sign in").Click()
}

// A passkey is added and asked for; it is demanded of an executive, who can do nothing else before she has one; it is
// lost, and a recovery code does for it until another takes its place.
func TestAPasskeyAddedDemandedLostAndRecovered(t *testing.T) {
	t.Parallel()
	h := local(t)
	owen := browser.Open(t, h.url+path.SettingsSignIn, browser.Look{})
	owen.Passkeys()
	byPassword(owen, "owen@corriemere.example")
	owen.Says("No passkey yet.")
	owen.Sound()
	owen.Link("Add a passkey").Click()
	owen.Field("What you call it").Fill("My phone")
	owen.Sound()
	owen.Button("Add it").Click()
	owen.Heading("Your recovery codes")
	owen.Sound()
	owen.Link("I have them").Click()
	owen.Says("Ten recovery codes of ten are left.")
	owen.Sound()
	owen.Button("Sign out").Click()
	byPassword(owen, "owen@corriemere.example")
	owen.Heading("One more step")
	owen.Sound()
	owen.Button("Use a passkey").Click()
	owen.Visit(h.url + path.AdminSignIn)
	owen.Role("radio", "Administrators and executives After the password, and after the organisation’s account. Who has none is led to add one before anything else, at once.").Click()
	owen.Button("Demand this").Click()
	owen.Says("must have a second step from now on")
	owen.Sound()

	ines := browser.Open(t, h.url+path.AdminVision, browser.Look{Width: 360, Height: 800})
	lose := ines.Passkeys()
	byPassword(ines, "ines@corriemere.example")
	ines.Says("then you go on")
	ines.Visit(h.url + path.AdminVision)
	ines.Heading("Add a passkey")
	ines.Field("What you call it").Fill("My key")
	ines.Button("Add it").Click()
	ines.Heading("Your recovery codes")
	code := browser.Eval[string](ines, `document.querySelector("#codes code").textContent`)
	ines.Visit(h.url + path.AdminVision)
	ines.Button("Sign out").Click()

	lose()
	ines.Passkeys() // another phone, which has none of hers
	byPassword(ines, "ines@corriemere.example")
	ines.Button("Use a passkey").Click()
	ines.Says("The passkey was not used")
	ines.Field("Or a recovery code").Fill(code)
	ines.Button("Use this code").Click()
	ines.Says("Nine are left.")
	ines.Visit(h.url + path.AddPasskey)
	ines.Field("What you call it").Fill("My new key")
	ines.Button("Add it").Click()
	ines.Says("The passkey is added.")
	ines.Link("Remove My key").Click()
	ines.Says("Your other passkeys stay")
	ines.Sound()
	ines.Button("Remove it").Click()
	ines.Says("Everywhere else you are signed out.")
	ines.Button("Sign out").Click()
	byPassword(ines, "ines@corriemere.example")
	ines.Button("Use a passkey").Click()
	ines.Visit(h.url + path.AdminVision)
	h.says("1", `select count(*) from passkey where person_id = 'ines' and used_at is not null`)
}

// Without JavaScript a passkey cannot answer: the page says so in plain words, and a code does.
func TestTheSecondStepWithoutAScript(t *testing.T) {
	t.Parallel()
	h := local(t)
	owen := browser.Open(t, h.url+path.SettingsSignIn, browser.Look{})
	owen.Passkeys()
	byPassword(owen, "owen@corriemere.example")
	owen.Link("Add a passkey").Click()
	owen.Field("What you call it").Fill("My phone")
	owen.Button("Add it").Click()
	owen.Heading("Your recovery codes")
	code := browser.Eval[string](owen, `document.querySelector("#codes code").textContent`)
	plain := browser.Open(t, h.url+path.SettingsSignIn, browser.Look{NoScript: true})
	byPassword(plain, "owen@corriemere.example")
	plain.Says("A passkey needs JavaScript, which is off here.")
	plain.Field("Or a recovery code").Fill(code)
	plain.Button("Use this code").Click()
	plain.Says("That code is used up.")
	plain.Visit(h.url + path.AddPasskey)
	plain.Says("A passkey is made by JavaScript, which is off here.")
}
