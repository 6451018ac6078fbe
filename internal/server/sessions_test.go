package server

import (
	"context"
	"net/http"
	"testing"
	"time"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/web/path"
)

func signedIn(tried doordb.Tried) doordb.SignedIn {
	_, hash := NewToken()
	return doordb.SignedIn{Tried: tried, Browser: doordb.Browser{Token: hash, At: wall}}
}

// rows are the browsers of the list.
const rows = "#browsers form[action^='/settings/sessions/']"

// listed is the address at which a row of the list of browsers is ended.
func (a *answer) listed(n int) string {
	a.Helper()
	to, ok := a.Find(rows).Eq(n).Attr("action")
	if !ok {
		a.Fatalf("%s: no row %d in %q", a.what, n, a.said("#browsers"))
	}
	return to
}

func TestWhereOneIsSignedIn(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	phone, desk := h.anonymous(), h.anonymous()
	phone.signIn(inesEmail, secret).is(http.StatusSeeOther)
	h.later(time.Minute)
	desk.signIn(inesEmail, secret).is(http.StatusSeeOther)
	page := desk.get(path.SettingsSignIn).is(http.StatusOK).has(2, rows).says("#browsers", "You are here.").says("#browsers", "in use today")
	desk.maxRoundTrips(4, path.SettingsSignIn)
	here, there := page.listed(0), page.listed(1)

	// Nobody else ends it, or learns that it is there.
	noor := h.as(h.person("Noor Basri", administrator))
	noor.post(there).is(http.StatusNotFound)
	noor.post(path.EndSession("00000000-0000-7000-8000-000000000001")).is(http.StatusNotFound)
	noor.post(path.EndSession("nonsense")).is(http.StatusNotFound)
	if !phone.in() {
		t.Fatal("somebody else ended it")
	}
	desk.post(there).goesTo(path.SettingsSignIn + "#browsers")
	if phone.in() || !desk.in() {
		t.Error("the wrong one was ended")
	}
	desk.post(there).is(http.StatusNotFound)
	if n := h.count(`select count(*) from device where person_id = $1`, ines); n != 1 {
		t.Errorf("%d browsers are known", n)
	}
	// A browser that was signed out is known still, until that is ended too.
	phone.signIn(inesEmail, secret).is(http.StatusSeeOther)
	phone.post(path.SignOut).goesTo(path.SignIn)
	page = desk.get(path.SettingsSignIn).has(2, rows).says("#browsers", "Signed out.")
	desk.post(page.listed(1)).goesTo(path.SettingsSignIn + "#browsers")
	desk.get(path.SettingsSignIn).has(1, rows)
	phone.signIn(inesEmail, "wrong").is(http.StatusUnprocessableEntity)
	phone.signIn(inesEmail, "wrong").is(http.StatusTooManyRequests)
	// This one.
	desk.post(here).goesTo(path.SignIn)
	if desk.in() || desk.cookies[deviceCookie] != nil {
		t.Error("this one is signed in still, or keeps what it was known by")
	}
	if n := h.count(`select count(*) from audit_told where action = 'account.end_session' and actor_id = $1`, ines); n != 3 {
		t.Errorf("%d audit rows", n)
	}
}

func TestANewPasswordEndsEverySessionAndDevice(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	phone, desk, other := h.anonymous(), h.anonymous(), h.as(h.person("Noor Basri"))
	phone.signIn(inesEmail, secret).is(http.StatusSeeOther)
	desk.signIn(inesEmail, secret).is(http.StatusSeeOther)
	old := desk.cookies[deviceCookie].Value
	desk.post(path.SettingsPassword, "old", secret, "password", "four other unrelated geese").goesTo(path.SettingsSignIn)
	if phone.in() || !desk.in() || !other.in() || desk.cookies[deviceCookie].Value == old {
		t.Error("the wrong ones were ended")
	}
	desk.get(path.SettingsSignIn).has(1, rows)
	link := h.invited(ines)
	b := h.anonymous()
	b.post(link, "email", inesEmail, "password", "another three geese").goesTo(path.Home)
	if desk.in() || !b.in() {
		t.Error("the link ended the wrong ones")
	}
	if n := h.count(`select count(*) from device`); n != 1 {
		t.Errorf("%d browsers are known, want the link's alone", n)
	}
	b.post(path.SignOutEverywhere).goesTo(path.SignIn)
	if n := h.count(`select count(*) from device`) + h.count(`select count(*) from sessions where person_id = $1`, ines); n != 0 {
		t.Errorf("%d rows are left after signing out everywhere", n)
	}
}

// Being in use is noted once an hour: a session that is ended at that moment stays so.
func TestAnEndedSessionIsNotBroughtBack(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	desk, phone := h.as(ines), h.as(ines)
	h.later(2 * sessionNote)
	var did last
	loaded, err := h.server.sessions.Load(context.WithValue(t.Context(), lastKey{}, &did), phone.cookies["skein"].Value)
	if err != nil {
		t.Fatal(err)
	}
	page := desk.get(path.SettingsSignIn)
	desk.post(page.listed(1)).is(http.StatusSeeOther)
	h.server.sessions.Put(loaded, keySeen, h.now.Load().Unix())
	if _, _, err := h.server.sessions.Commit(loaded); err != nil {
		t.Fatal(err)
	}
	if phone.in() {
		t.Error("the session is back")
	}
}

// A session of the version before has no owner until it is next in use.
func TestASessionFromBeforeIsListedOnceItIsUsed(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	desk, phone := h.as(ines), h.as(ines)
	h.exec(`update sessions set person_id = null, epoch = null, made_at = null, seen_at = null`)
	desk.get(path.SettingsSignIn).has(1, rows)
	phone.get(path.Leads).is(http.StatusOK)
	desk.get(path.SettingsSignIn).has(2, rows)
}

func TestSoManyBrowsersAreKnown(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	first := h.anonymous()
	first.signIn(inesEmail, secret).is(http.StatusSeeOther)
	for range skein.DevicesKept {
		h.later(time.Minute)
		h.anonymous().signIn(inesEmail, secret).is(http.StatusSeeOther)
	}
	if n := h.count(`select count(*) from device`); n != skein.DevicesKept {
		t.Errorf("%d browsers are known", n)
	}
	first.signIn(inesEmail, "wrong").is(http.StatusUnprocessableEntity)
	first.signIn(inesEmail, "wrong").is(http.StatusTooManyRequests)
}
