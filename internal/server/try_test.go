package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/path"
)

const inesEmail = "ines.calder@corriemere.example"

// behind is a server that believes what the proxy in front of it says of where requests come from.
func behind(c *Config) { c.Proxies = []string{"127.0.0.1/32", "::1/128"} }

// signInFrom signs in from an address.
func (b *browser) signInFrom(address, email, password string) *answer {
	b.Helper()
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "X-Forwarded-For": {address}}
	return b.send(http.MethodPost, path.SignIn, strings.NewReader(fmt.Sprintf("email=%s&password=%s", email, strings.ReplaceAll(password, " ", "+"))), header)
}

// retryAfter is when an answer says to come back, in seconds.
func (a *answer) retryAfter() int {
	a.Helper()
	seconds, err := strconv.Atoi(a.Response.Header.Get("Retry-After"))
	if err != nil || seconds < 1 {
		a.Fatalf("%s: Retry-After %q", a.what, a.Response.Header.Get("Retry-After"))
	}
	return seconds
}

func TestTriesWithoutADeviceWaitTogether(t *testing.T) {
	t.Parallel()
	h := newTest(t, behind)
	h.password(h.person("Ines Calder"), secret)
	for _, email := range []string{inesEmail, "nobody@corriemere.example"} {
		for i, want := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
			from := fmt.Sprintf("203.0.%d.7", i)
			wrong := h.anonymous().signInFrom(from, email, "wrong wrong wrong").is(http.StatusUnprocessableEntity).
				says("[role=alert]", "do not go together. You can try again in ")
			if typed, _ := wrong.Find("input[name=email]").Attr("value"); typed != email || strings.Contains(wrong.body, "wrong wrong") {
				t.Errorf("the address is %q now, or the password is shown", typed)
			}
			// Somebody elsewhere, with the right password, is answered at once and not heard.
			soon := h.anonymous().signInFrom("198.51.100.9", email, secret).is(http.StatusTooManyRequests).says("[role=alert]", "not looked at, right or wrong. Try again in ")
			if got := soon.retryAfter(); got != want {
				t.Fatalf("%s, try %d: %d s, want %d", email, i+1, got, want)
			}
			if typed, _ := soon.Find("input[name=email]").Attr("value"); typed != email || strings.Contains(soon.body, secret) {
				t.Errorf("the address is %q now, or the password is shown", typed)
			}
			h.later(time.Duration(want) * time.Second)
		}
	}
	h.anonymous().signInFrom("198.51.100.9", inesEmail, secret).is(http.StatusSeeOther)
	h.anonymous().signInFrom("198.51.100.9", inesEmail, secret).is(http.StatusSeeOther) // who came in has nothing to wait for
}

func TestAKnownBrowserComesInWhateverStrangersDo(t *testing.T) {
	t.Parallel()
	h := newTest(t, behind)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	b := h.anonymous()
	b.signIn(inesEmail, secret).is(http.StatusSeeOther)
	known := b.cookies[deviceCookie].Value
	b.post(path.SignOut).goesTo(path.SignIn)
	for i := range 40 { // of whom most wait
		h.anonymous().signInFrom(fmt.Sprintf("203.0.%d.7", i), inesEmail, "wrong wrong wrong")
	}
	for range 2 * networkFull {
		h.anonymous().signInFrom("198.51.100.9", fmt.Sprintf("a%d@corriemere.example", h.trips.Load()), "wrong wrong wrong")
	}
	h.anonymous().signInFrom("198.51.100.9", inesEmail, secret).is(http.StatusTooManyRequests)
	for range 3 { // with mistakes of her own, from the address of those who hammer
		for range skein.DeviceTries - 1 {
			b.signInFrom("198.51.100.9", inesEmail, "three unrelated ducks").is(http.StatusUnprocessableEntity)
		}
		b.signInFrom("198.51.100.9", inesEmail, secret).is(http.StatusSeeOther)
		b.post(path.SignOut).goesTo(path.SignIn)
	}
	if b.cookies[deviceCookie].Value != known {
		t.Error("a browser that is known became another")
	}
	// Ten of her own are not right: then it waits too, by its own count.
	for range skein.DeviceTries {
		b.signIn(inesEmail, "three unrelated ducks").is(http.StatusUnprocessableEntity)
	}
	if wait := b.signIn(inesEmail, secret).is(http.StatusTooManyRequests).retryAfter(); wait != 1 {
		t.Errorf("waits %d s", wait)
	}
	h.later(time.Second)
	b.signIn(inesEmail, secret).is(http.StatusSeeOther)
}

// networkFull is more tries than one network has.
const networkFull = skein.NetworkTries + 1

func TestADeviceIsForOneAccountAndOpensNothing(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, noor := h.person("Ines Calder"), h.person("Noor Basri")
	h.password(ines, secret)
	h.password(noor, "four other unrelated geese")
	b := h.anonymous()
	b.signIn(inesEmail, secret).is(http.StatusSeeOther)
	token := b.cookies[deviceCookie].Value
	if n := h.count(`select count(*) from device where token_hash = $1 and person_id = $2`, hashToken(token), ines); n != 1 || len(token) != 43 {
		t.Fatalf("%d rows of its hash, a token of %d", n, len(token))
	}
	delete(b.cookies, "skein")
	if b.in() {
		t.Fatal("the device alone opens the door")
	}
	b.signIn("noor.basri@corriemere.example", "wrong").is(http.StatusUnprocessableEntity)
	b.signIn("noor.basri@corriemere.example", "wrong").is(http.StatusTooManyRequests) // hers alone has tries of its own
	b.signIn(inesEmail, "wrong").is(http.StatusUnprocessableEntity)
	h.later(time.Second)
	b.signIn("noor.basri@corriemere.example", "four other unrelated geese").is(http.StatusSeeOther)
	if b.cookies[deviceCookie].Value == token {
		t.Error("one token lies beside two accounts")
	}
	h.later(skein.DeviceLife)
	stale := h.anonymous()
	stale.cookies[deviceCookie] = &http.Cookie{Name: deviceCookie, Value: token}
	stale.signIn(inesEmail, "wrong").is(http.StatusUnprocessableEntity)
	stale.signIn(inesEmail, "wrong").is(http.StatusTooManyRequests)
}

func TestTheDeviceCookieIsKeptFromPagesAndOtherSites(t *testing.T) {
	t.Parallel()
	for base, secure := range map[string]bool{"http://localhost": false, "https://skein.corriemere.example": true} {
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			h := newTest(t, func(c *Config) { c.BaseURL = base })
			h.password(h.person("Ines Calder"), secret)
			cookies := h.anonymous().signIn(inesEmail, secret).is(http.StatusSeeOther).Response.Cookies()
			i := slices.IndexFunc(cookies, func(c *http.Cookie) bool { return c.Name == "device" })
			if i < 0 {
				t.Fatalf("no device: %v", cookies)
			}
			if c := cookies[i]; !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 180*24*3600 || c.Path != "/" {
				t.Errorf("%+v", c)
			}
		})
	}
}

func TestTriesAtOnceAreCountedEachOne(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.password(h.person("Ines Calder"), secret)
	b := h.anonymous()
	b.signIn(inesEmail, secret).is(http.StatusSeeOther)
	for device, most := range map[string]int{"": skein.StrangerTries, b.cookies[deviceCookie].Value: skein.DeviceTries} {
		var heard sync.Map
		var all sync.WaitGroup
		for i := range 30 {
			all.Go(func() {
				r := httptest.NewRequest(http.MethodPost, path.SignIn, nil)
				if device != "" {
					r.AddCookie(&http.Cookie{Name: deviceCookie, Value: device})
				}
				tried, err := h.server.try(r, inesEmail)
				if err != nil {
					t.Error(err)
				}
				if tried.Wait == 0 {
					heard.Store(i, true)
				}
			})
		}
		all.Wait()
		n := 0
		heard.Range(func(any, any) bool { n++; return true })
		if n != most {
			t.Errorf("%d of 30 at once were heard, want %d", n, most)
		}
	}
}

func TestFormsFromOneAddressComeSlowlyButFromKnownBrowsers(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.password(h.person("Ines Calder"), secret)
	known := h.anonymous()
	known.signIn(inesEmail, secret).is(http.StatusSeeOther)
	for i := range formsAMinute {
		h.anonymous().signIn(fmt.Sprintf("a%d@corriemere.example", i), "x")
	}
	before := h.count(`select count(*) from sign_in_wait`)
	slow := h.anonymous().signIn("nobody@corriemere.example", "x").is(http.StatusTooManyRequests).says("[role=alert]", "Try again in 1 minute")
	slow.retryAfter()
	if typed, _ := slow.Find("input[name=email]").Attr("value"); typed != "nobody@corriemere.example" {
		t.Errorf("what was typed is %q", typed)
	}
	if n := h.count(`select count(*) from sign_in_wait`); n != before {
		t.Error("a flood is counted one by one")
	}
	forged := h.anonymous()
	forged.cookies[deviceCookie] = &http.Cookie{Name: deviceCookie, Value: strings.Repeat("A", tokenLength)}
	forged.signIn(inesEmail, secret).is(http.StatusTooManyRequests)
	known.signIn(inesEmail, secret).is(http.StatusSeeOther)
	h.anonymous().get(path.SignIn).is(http.StatusOK)
}

func TestAPasswordIsNotGuessedAtAnOpenBrowser(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	b := h.anonymous()
	b.signIn(inesEmail, secret).is(http.StatusSeeOther)
	fresh := "four other unrelated geese"
	for range skein.DeviceTries {
		b.post(path.SettingsPassword, "old", "wrong", "password", fresh).is(http.StatusUnprocessableEntity).says(".refused", "not your password")
	}
	b.post(path.SettingsPassword, "old", secret, "password", fresh).is(http.StatusTooManyRequests).says(".refused", "Try again in 1 second").retryAfter()
	// What is wrong with the new one costs no try.
	for range 3 {
		b.post(path.SettingsPassword, "old", "wrong", "password", "short").is(http.StatusUnprocessableEntity).says(".refused", "12 characters")
	}
	h.later(time.Second)
	b.post(path.SettingsPassword, "old", secret, "password", fresh).goesTo(path.SettingsSignIn)
	b.post(path.SettingsPassword, "old", "wrong", "password", secret).is(http.StatusUnprocessableEntity) // counts anew
	if n := h.count(`select heard * 100 + unheard from sign_in_refused where person_id = $1`, ines); n != 1101 {
		t.Errorf("refused: %d", n)
	}
}

// What is kept for whom, whichever server they come to next.
func TestTriesCountOnEveryServer(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	again := newServer(Config{DB: h.db, Now: h.server.Now, Passwords: cheap, Secret: h.server.Secret})
	r := httptest.NewRequest(http.MethodPost, path.SignIn, nil)
	for i, s := range []*server{h.server, again, h.server} {
		tried, err := s.try(r, "INES.Calder@corriemere.example")
		if err != nil || (tried.Wait > 0) != (i > 0) || tried.Account.Person != ines {
			t.Errorf("try %d: %+v, %v", i+1, tried, err)
		}
	}
}

func TestASignInThatAPasswordOvertakesIsNone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	r := httptest.NewRequest(http.MethodPost, path.SignIn, nil)
	tried, err := h.server.try(r, inesEmail)
	if err != nil {
		t.Fatal(err)
	}
	h.as(ines).post(path.SignOutEverywhere).goesTo(path.SignIn)
	_, err = h.db.Door.SignIn(context.Background(), skein.NewBy(ines, wall, time.UTC), signedIn(tried))
	if status, _ := problem(err, ""); status != http.StatusConflict {
		t.Errorf("%v", err)
	}
	if n := h.count(`select count(*) from device`); n != 0 {
		t.Errorf("%d browsers are known by what holds no more", n)
	}
}

func TestABrokenDatabaseLetsNobodyInAndSaysNothing(t *testing.T) {
	t.Parallel()
	for _, table := range []string{"sign_in_wait", "device", "audit_event"} {
		t.Run(table, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			h.password(h.person("Ines Calder"), secret)
			h.breaks(table)
			b := h.anonymous()
			b.signIn(inesEmail, secret).is(http.StatusInternalServerError).silent()
			if b.in() || len(b.cookies) > 0 {
				t.Errorf("without %s they are in", table)
			}
		})
	}
}
