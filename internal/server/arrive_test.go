package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"skein/internal/sso"
	"skein/internal/sso/ssotest"
	"skein/web/path"
)

// connected is a house whose organisation has accounts of its own.
func connected(t *testing.T, options ...func(*sso.Config)) (*house, *ssotest.Provider) {
	t.Helper()
	h := newTest(t)
	there := ssotest.New(t, func() time.Time { return *h.now.Load() })
	h.connect(there.URL, options...)
	return h, there
}

func (h *house) connect(issuer string, options ...func(*sso.Config)) {
	cfg := sso.Config{
		Issuer: issuer, ClientID: ssotest.ClientID, ClientSecret: ssotest.ClientSecret, Name: "a Corriemere account",
		Return: h.url + path.OrganisationReturn, Now: func() time.Time { return *h.now.Load() }, Log: h.server.Log,
	}
	for _, option := range options {
		option(&cfg)
	}
	h.server.SSO = sso.New(cfg)
}

// somebody is what the provider says of one person.
func somebody(subject, email string, groups ...string) ssotest.Claims {
	return ssotest.Claims{"sub": subject, "email": email, "email_verified": true, "name": "Somebody New", "groups": groups}
}

// sent is where the provider sends the browser back to, as an address of ours.
func (b *browser) sent(next string) string {
	b.Helper()
	begin := path.OrganisationSignIn
	if next != "" {
		begin = path.With(begin, url.Values{"next": {next}})
	}
	away := b.get(begin).is(http.StatusSeeOther).Response.Header.Get("Location")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Get(away)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	back := response.Header.Get("Location")
	if !strings.HasPrefix(back, b.url+path.OrganisationReturn+"?") {
		b.Fatalf("%s leads to %q", away, back)
	}
	return strings.TrimPrefix(back, b.url)
}

// arrives signs the browser in by the organisation's account.
func (b *browser) arrives() *answer {
	b.Helper()
	return b.get(b.sent(""))
}

const noorEmail = "noor.basri@corriemere.example"

func TestTheOrganisationsAccountOpensTheDoor(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	noor := h.person("Noor Basri")
	there.Says(somebody("0815", "Noor.Basri@corriemere.example"))
	b := h.anonymous()
	b.get(path.SignIn+"?next=%2Fleads").is(http.StatusOK).has(1, "a.button").lacks("main", "cannot be reached")
	at := b.sent("/leads?team=a")
	planted := b.cookies["skein"]
	b.get(at).goesTo("/leads?team=a")
	if !b.in() {
		t.Fatal("not signed in")
	}
	if c := b.cookies["skein"]; c == nil || planted != nil && c.Value == planted.Value {
		t.Error("the session is not a new one")
	}
	b.get(path.SettingsSignIn).says("main", "You come in by it since")
	for _, action := range []string{"account.link", "account.sign_in"} {
		if n := h.count(`select count(*) from audit_told where action = $1 and actor_id = $2`, action, noor); n != 1 {
			t.Errorf("%d rows of %s", n, action)
		}
	}
	h.later(time.Hour)
	b.post(path.SignOut).goesTo(path.SignIn)
	if b.in() {
		t.Error("still signed in")
	}
	there.Says(somebody("0815", "another@elsewhere.example")) // who it is does not hang on the address any more
	b.arrives().goesTo(path.Home)
	if n := h.count(`select count(*) from identity where person_id = $1 and issuer = $2`, noor, there.URL); n != 1 {
		t.Errorf("%d links", n)
	}
	if n := h.count(`select count(*) from device where person_id = $1`, noor); n != 1 {
		t.Errorf("the browser is known %d times", n)
	}
}

func TestOnlyOwnPagesAreGoneTo(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.person("Noor Basri")
	there.Says(somebody("1", noorEmail))
	for _, next := range []string{"https://elsewhere.example/leads", "//elsewhere.example", "/\\elsewhere.example", "/sign-in/organisation"} {
		b := h.anonymous()
		to := b.get(b.sent(next)).is(http.StatusSeeOther).Response.Header.Get("Location")
		if strings.Contains(to, "elsewhere") && to != "/leads" || strings.HasPrefix(to, "/sign") {
			t.Errorf("%s leads to %s", next, to)
		}
	}
}

func TestAnAddressIsWhoeverHasIt(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.exec(`insert into person (id, name, email) values ('alba', 'Alba Runciman', 'Alba@corriemere.example'), ('was', 'Ada Venn', null)`)
	h.exec(`insert into email_alias (email, person_id, made_at) values ('ada@old.example', 'was', $1)`, wall)
	for email, want := range map[string]string{"alba@corriemere.example": "alba", "Ada@old.example": "was"} {
		there.Says(somebody("s-"+want, email))
		h.anonymous().arrives().is(http.StatusSeeOther)
		if got := h.text(`select person_id from identity where subject = $1`, "s-"+want); got != want {
			t.Errorf("%s is %s", email, got)
		}
		if n := h.count(`select count(*) from account where person_id = $1 and password_hash is null and email = $2`, want, email); n != 1 {
			t.Errorf("%d accounts of %s", n, want)
		}
	}
	h.withoutProvider()
}

// withoutProvider sees that nothing leads to a provider where there is none.
func (h *house) withoutProvider() {
	h.Helper()
	h.server.SSO = nil
	h.anonymous().get(path.OrganisationSignIn).is(http.StatusNotFound)
	h.anonymous().get(path.OrganisationReturn).is(http.StatusNotFound)
	h.anonymous().get(path.SignIn).is(http.StatusOK).has(0, "a.button")
}

func TestWhoIsTurnedAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		claims ssotest.Claims
		set    string
		says   string
	}{
		"unverified":           {ssotest.Claims{"sub": "1", "email": noorEmail, "email_verified": false}, "", "does not say that your e-mail address was verified"},
		"no address":           {ssotest.Claims{"sub": "1"}, "", "names no e-mail address"},
		"no address at all":    {ssotest.Claims{"sub": "1", "email": "noor", "email_verified": true}, "", "names no e-mail address"},
		"unknown":              {somebody("1", "nobody@corriemere.example"), "", "An administrator of Skein can add you"},
		"left":                 {somebody("1", noorEmail), `update person set deactivated_at = made_at where id = 'noor-basri'`, "The door is closed to you"},
		"left, came before":    {somebody("1", noorEmail), `with gone as (update person set deactivated_at = made_at where id = 'noor-basri') insert into identity select issuer, '1', 'noor-basri', now(), now() from place`, "The door is closed to you"},
		"two have it":          {somebody("1", noorEmail), `update person set email = case id when 'noor-basri' then null else 'noor.basri@corriemere.example' end`, "more than one person"},
		"another subject":      {somebody("1", noorEmail), `insert into identity select issuer, 'another', 'noor-basri', now(), now() from place`, "another of the organisation’s accounts before"},
		"not begun to be here": {somebody("1", noorEmail), `update person set active_from = '2027-01-01' where id = 'noor-basri'`, "The door is closed to you"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, there := connected(t)
			h.person("Noor Basri")
			h.person("Teo Marchi")
			if c.set != "" {
				h.exec(strings.ReplaceAll(c.set, "from place", "from (select '"+there.URL+"' as issuer) place"))
			}
			links := h.count(`select count(*) from identity`)
			there.Says(c.claims)
			b := h.anonymous()
			b.arrives().is(http.StatusForbidden).says("h1", "You are not signed in").says("main", c.says).silent("subject", there.URL)
			if b.in() || b.cookies["skein"] != nil {
				t.Error("signed in")
			}
			if n := h.count(`select count(*) from identity`); n != links {
				t.Errorf("%d links, %d before", n, links)
			}
			if !strings.Contains(h.log.String(), "sign-in refused") {
				t.Error("the log does not say why")
			}
		})
	}
}

func TestAnotherAccountWithTheSameAddressIsToldOfOnce(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	owen := h.person("Owen Pell", administrator)
	noor := h.person("Noor Basri")
	there.Says(somebody("first", noorEmail))
	b := h.anonymous()
	b.arrives().goesTo(path.Home)
	there.Says(somebody("second", noorEmail))
	for range 3 {
		h.anonymous().arrives().is(http.StatusForbidden)
	}
	if n := h.count(`select count(*) from audit_told where action = 'account.turn_away' and noun_id = $1`, noor); n != 1 {
		t.Errorf("the log has it %d times", n)
	}
	if n := h.count(`select count(*) from notice where person_id = $1 and code = 'other'`, owen); n != 1 {
		t.Errorf("told %d times", n)
	}
	h.as(owen).get(path.Notices).says("main", "Somebody came with the address of Noor Basri")
	admin := h.as(owen)
	admin.get(path.AdminPerson("noor-basri")).says("#door", "Comes in by the organisation’s account since")
	admin.post(path.UnlinkPerson("noor-basri")).is(http.StatusSeeOther)
	admin.post(path.UnlinkPerson("noor-basri")).is(http.StatusConflict)
	if b.in() {
		t.Error("whoever came as the other is still signed in")
	}
	h.anonymous().arrives().goesTo(path.Home)
	there.Says(somebody("first", noorEmail))
	h.anonymous().arrives().is(http.StatusForbidden)
}

func TestTheUnknownMayBeMade(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	owen := h.person("Owen Pell", administrator)
	admin := h.as(owen)
	admin.post(path.SetUnknown, "unknown", "both").is(http.StatusUnprocessableEntity)
	admin.post(path.SetUnknown, "unknown", "make").goesTo(path.AdminSignIn + "#unknown")
	there.Says(somebody("77", "alba@corriemere.example"))
	b := h.anonymous()
	b.arrives().goesTo(path.Home)
	if !b.in() {
		t.Fatal("not signed in")
	}
	person := h.text(`select person_id from identity where subject = '77'`)
	if name := h.text(`select name from person where id = $1`, person); name != "Somebody New" {
		t.Errorf("called %q", name)
	}
	for _, action := range []string{"person.create", "account.create", "account.link", "account.sign_in"} {
		if n := h.count(`select count(*) from audit_told where action = $1 and noun_id = $2`, action, person); n != 1 {
			t.Errorf("%d rows of %s", n, action)
		}
	}
	admin.get(path.Notices).says("main", "Somebody New came in with the organisation’s account")
	claims := somebody("78", "bram.orde@corriemere.example")
	claims["name"] = strings.Repeat("x", 500)
	there.Says(claims)
	h.anonymous().arrives().goesTo(path.Home)
	if name := h.text(`select name from person where email = 'bram.orde@corriemere.example'`); name != "bram.orde" {
		t.Errorf("called %q", name)
	}
}

// Many of one come for the first time at once: they are one person, linked once.
func TestManyFirstArrivalsAtOnce(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.exec(`update sign_in_rule set unknown = 'make'`)
	there.Says(somebody("77", "alba@corriemere.example"))
	all := make([]*browser, 8)
	at := make([]string, len(all))
	for i := range all {
		all[i] = h.anonymous()
		at[i] = all[i].sent("")
	}
	done := make(chan int, len(all))
	for i := range all {
		go func() { done <- all[i].get(at[i]).Response.StatusCode }()
	}
	for range all {
		if status := <-done; status != http.StatusSeeOther {
			t.Errorf("one got %d", status)
		}
	}
	if n := h.count(`select count(*) from person`) + h.count(`select count(*) from identity`); n != 2 {
		t.Errorf("%d people and links", n)
	}
}
