package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"skein/internal/skein"
	"skein/web/path"
)

const secret = "three unrelated geese"

// password gives a person's account a password.
func (h *house) password(person skein.PersonID, words string) {
	h.Helper()
	hash, err := argon2id.CreateHash(words, cheap)
	if err != nil {
		h.Fatal(err)
	}
	h.exec(`update account set password_hash = $2 where person_id = $1`, person, hash)
}

func (b *browser) signIn(email, password string) *answer {
	b.Helper()
	return b.post(path.SignIn, "email", email, "password", password)
}

// in tells whether the browser is signed in.
func (b *browser) in() bool {
	b.Helper()
	return b.get(path.SettingsSignIn).Response.StatusCode == http.StatusOK
}

func TestSignInOpensTheDoor(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	b := h.anonymous()
	b.get(path.SettingsSignIn).goesTo("/sign-in?next=%2Fsettings%2Fsign-in")
	page := b.get("/sign-in?next=%2Fsettings%2Fsign-in").is(http.StatusOK).has(1, "h1")
	if next, _ := page.Find("input[name=next]").Attr("value"); next != path.SettingsSignIn {
		t.Errorf("comes back to %q", next)
	}
	b.post(path.SignIn, "email", " INES.calder@corriemere.example ", "password", secret, "next", path.SettingsSignIn).
		goesTo(path.SettingsSignIn)
	b.get(path.SettingsSignIn).is(http.StatusOK).says("main", "ines.calder@corriemere.example")
	if n := h.count(`select count(*) from audit_told where action = 'account.sign_in' and actor_id = $1`, ines); n != 1 {
		t.Errorf("%d audit rows", n)
	}
	if n := h.count(`select coalesce(sum(tries), 0)::int from sign_in_wait`) + h.count(`select count(*) from sign_in_refused`); n != 0 {
		t.Errorf("%d tries kept of one that was right", n)
	}
}

func TestASignInThatFailsSaysNothingOfWhy(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.password(h.person("Ines Calder"), secret)
	h.person("Noor Basri") // has no password
	left := h.person("Dario Venn")
	h.password(left, secret)
	h.exec(`update person set deactivated_at = $2 where id = $1`, left, wall)
	b := h.anonymous()
	b.signIn("somebody@corriemere.example", "x") // statements are prepared the first time
	h.later(time.Minute)
	var first string
	trips := map[int64]bool{}
	for _, try := range [][2]string{
		{"ines.calder@corriemere.example", "three unrelated ducks"},
		{"nobody@corriemere.example", secret},
		{"noor.basri@corriemere.example", ""},
		{"dario.venn@corriemere.example", secret},
		{"", ""},
		{strings.Repeat("x", 3000), strings.Repeat("y", 3000)},
	} {
		before := h.trips.Load()
		a := b.signIn(try[0], try[1]).is(http.StatusUnprocessableEntity).says("[role=alert]", "do not go together")
		trips[h.trips.Load()-before] = true
		h.later(time.Minute) // nobody waits for the network that they share
		body := strings.ReplaceAll(a.body, try[0], "")
		if try[0] == "" {
			body = a.body
		}
		if first == "" {
			first = body
		}
		if body != first {
			t.Errorf("%.40s is answered differently", try[0])
		}
		if len(b.cookies) > 0 {
			t.Errorf("%.40s got a cookie", try[0])
		}
	}
	if len(trips) != 1 {
		t.Errorf("the database is asked %v times, by who it is", trips)
	}
}

func TestATokenPlantedBeforeSignInIsWorthNothing(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.password(h.person("Ines Calder"), secret)
	noor := h.as(h.person("Noor Basri"))
	planted := noor.cookies["skein"].Value
	victim := h.anonymous()
	victim.cookies["skein"] = &http.Cookie{Name: "skein", Value: planted}
	victim.signIn("ines.calder@corriemere.example", secret).is(http.StatusSeeOther)
	if victim.cookies["skein"].Value == planted {
		t.Fatal("the token was not renewed")
	}
	if noor.in() {
		t.Error("the planted token still opens the door")
	}
	made := h.anonymous()
	made.cookies["skein"] = &http.Cookie{Name: "skein", Value: "chosen-by-somebody-else"}
	made.signIn("ines.calder@corriemere.example", secret).is(http.StatusSeeOther)
	if made.cookies["skein"].Value == "chosen-by-somebody-else" {
		t.Error("a token of the browser's choosing was taken")
	}
	if n := h.count(`select count(*) from sessions where token = $1`, victim.cookies["skein"].Value); n != 0 {
		t.Error("the token is kept as it is")
	}
}

func TestSignOutEndsTheSessionItself(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	b := h.as(h.person("Ines Calder"))
	token := b.cookies["skein"]
	b.post(path.SignOut).goesTo(path.SignIn)
	b.cookies["skein"] = token
	if b.in() || h.count(`select count(*) from sessions`) != 0 {
		t.Error("the session lives on")
	}
	h.anonymous().post(path.SignOut).goesTo(path.SignIn)
}

func TestSignOutEverywhere(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, noor := h.person("Ines Calder"), h.person("Noor Basri")
	phone, desk, other := h.as(ines), h.as(ines), h.as(noor)
	if !phone.in() || !desk.in() {
		t.Fatal("not signed in")
	}
	desk.post(path.SignOutEverywhere).goesTo(path.SignIn)
	if phone.in() || desk.in() || !other.in() {
		t.Error("wrong sessions were ended")
	}
	if n := h.count(`select count(*) from audit_event where action = 'account.end_sessions'`); n != 1 {
		t.Errorf("%d audit rows", n)
	}
}

func TestAPasswordIsChangedByWhoKnowsIt(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	desk, phone := h.as(ines), h.as(ines)
	desk.post(path.SettingsPassword, "old", "wrong", "password", "four other unrelated geese").
		is(http.StatusUnprocessableEntity).says(".refused", "not your password now. You can try again in 1 second.")
	desk.post(path.SettingsPassword, "old", secret, "password", "four other unrelated geese").is(http.StatusTooManyRequests)
	h.later(time.Second)
	desk.post(path.SettingsPassword, "old", secret, "password", "ines calder 1").
		is(http.StatusUnprocessableEntity).says(".refused", "name that others know")
	desk.post(path.SettingsPassword, "old", secret, "password", "four other unrelated geese").goesTo(path.SettingsSignIn)
	desk.get(path.SettingsSignIn).is(http.StatusOK).says("[role=status]", "password is changed")
	desk.get(path.SettingsSignIn).has(0, "[role=status]")
	if phone.in() {
		t.Error("the phone is still signed in")
	}
	h.anonymous().signIn("ines.calder@corriemere.example", "four other unrelated geese").is(http.StatusSeeOther)
}

func TestAPasswordGetsCostlierAtSignIn(t *testing.T) {
	t.Parallel()
	h := newTest(t, func(c *Config) {
		c.Passwords = &argon2id.Params{Memory: 128, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	})
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	h.anonymous().signIn("ines.calder@corriemere.example", secret).is(http.StatusSeeOther)
	if hash := h.text(`select password_hash from account`); !strings.Contains(hash, "m=128,t=2") {
		t.Errorf("kept as %s", hash)
	}
	h.anonymous().signIn("ines.calder@corriemere.example", secret).is(http.StatusSeeOther)
}

func TestOnlyPathsOfOursAreComeBackTo(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"/leads?team=a%2Fb": "/leads?team=a%2Fb", "/projects/a%2Fb": "/projects/a%2Fb", "": "", "leads": "",
		"//evil.example/x": "/x", "/\\evil.example": "", "https://evil.example/leads": "/leads", "https:///evil.example": "/evil.example",
		"/\tevil": "", "javascript:alert(1)": "", "/sign-out": "", "/%2f/evil.example": "/%2f/evil.example", "http:evil": "",
		"https://x//evil.example": "", "/leads\n": "",
	} {
		if got := localPath(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestAnotherSiteCannotPost(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.as(h.person("Ines Calder"))
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"} {
		header := form.Clone()
		header.Set(name, value)
		ines.send(http.MethodPost, path.SignOutEverywhere, nil, header).is(http.StatusForbidden)
	}
	if !ines.in() {
		t.Error("another site signed her out")
	}
}

func TestPagesForbidBrowsersWhatTheyNeverDo(t *testing.T) {
	t.Parallel()
	h := newTest(t, func(c *Config) { c.BaseURL = "https://skein.corriemere.example" })
	ines := h.as(h.person("Ines Calder"))
	header := ines.get(path.SettingsSignIn).is(http.StatusOK).Response.Header
	for name, want := range map[string]string{
		"Content-Security-Policy":   "default-src 'self'",
		"Strict-Transport-Security": "max-age=31536000",
		"X-Content-Type-Options":    "nosniff",
		"Referrer-Policy":           "same-origin",
		"Permissions-Policy":        "camera=()",
		"Cache-Control":             "no-store",
		"X-Request-Id":              "",
	} {
		if got := header.Get(name); got == "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if csp := header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Error(csp)
	}
	password := h.person("Noor Basri")
	h.password(password, secret)
	var cookie *http.Cookie
	for _, c := range h.anonymous().signIn("noor.basri@corriemere.example", secret).Response.Cookies() {
		if c.Name != deviceCookie {
			cookie = c
		}
	}
	if cookie == nil || cookie.Name != "__Host-skein" || !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
		t.Errorf("%+v", cookie)
	}
}

// On an empty server nobody could invite anybody: the door says how the first comes in.
func TestTheDoorOfAnEmptyServerSaysHowTheFirstComesIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.anonymous().get(path.SignIn).is(http.StatusOK).says("h1", "Nobody has an account here yet").says("main", "it printed a link").
		has(0, "main form").lacks("main", "An administrator")
	h.exec(`insert into person (id, name) values ('imported', 'Imported Person')`)
	h.anonymous().get(path.SignIn).says("h1", "Nobody has an account here yet")
	h.person("Ada Reed")
	h.anonymous().get(path.SignIn).says("h1", "Sign in").says("main", "An administrator gives you a link").has(1, "form[action='"+path.SignIn+"']")
}
