package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"skein/internal/passkey/passkeytest"
	"skein/internal/skein"
	"skein/web/path"
)

const home = "http://localhost"

// asked is what a page asks a passkey.
func (a *answer) asked() string {
	a.Helper()
	options, ok := a.Find("form[data-passkey]").Attr("data-options")
	if !ok {
		a.Fatalf("%s asks for no passkey: %s", a.what, a.said("main"))
	}
	return options
}

// proves shows that somebody is still at the keyboard of a browser in which they are signed in.
func (b *browser) proves() {
	b.Helper()
	b.post(path.ShowAgain, "old", secret, "next", path.SettingsSignIn).goesTo(path.SettingsSignIn)
}

// adds adds a passkey in a browser in which somebody is signed in, and reads the recovery codes that are shown with the first.
func (b *browser) adds(name string) (key *passkeytest.Key, codes []string) {
	b.Helper()
	b.proves()
	key = passkeytest.New(b, home, "localhost")
	a := b.post(path.AddPasskey, "name", name, "passkey", key.Make(b.get(path.AddPasskey).is(http.StatusOK).asked()))
	for _, code := range a.Find("#codes code").EachIter() {
		codes = append(codes, code.Text())
	}
	return key, codes
}

// keyed is a house in which Noor has a password and a passkey, and her browser.
func keyed(t *testing.T, hats ...skein.Hat) (h *house, b *browser, key *passkeytest.Key, codes []string) {
	t.Helper()
	h = newTest(t)
	h.person("Owen Pell", administrator)
	noor := h.person("Noor Basri", hats...)
	h.password(noor, secret)
	b = h.as(noor)
	key, codes = b.adds("My phone")
	return h, b, key, codes
}

func (h *house) told(action string) int {
	h.Helper()
	return h.count(`select count(*) from audit_told where action = $1`, action)
}

func TestAPasskeyIsAskedForAfterThePassword(t *testing.T) {
	t.Parallel()
	h, first, key, codes := keyed(t)
	if len(codes) != skein.RecoveryCodes || h.told("account.passkey_add") != 1 {
		t.Fatal(codes)
	}
	if !first.in() {
		t.Error("whoever added it is signed out")
	}
	first.get(path.SettingsSignIn).says("#second", "My phone").says("#second", "Ten recovery codes of ten are left.")
	b := h.anonymous()
	b.get(path.SecondStep).is(http.StatusForbidden).says("main", "Begin it again")
	b.post(path.SignIn, "email", noorEmail, "password", secret, "next", "/leads?team=a").goesTo(path.SecondStep)
	if b.in() || b.cookies[deviceCookie] != nil || h.told("account.sign_in") != 0 {
		t.Fatal("a password alone opened the door")
	}
	page := b.get(path.SecondStep).is(http.StatusOK).says("noscript", "A recovery code works without")
	page.single()
	answer := key.Sign(page.asked())
	thief := h.anonymous()
	thief.post(path.SecondStep, "passkey", answer).is(http.StatusForbidden)
	thief.signIn(noorEmail, secret)
	thief.post(path.SecondStep, "passkey", answer).is(http.StatusUnprocessableEntity).says(".refusal", "could not be used") // no question was asked there yet
	thief.get(path.SecondStep)
	h.later(5 * time.Second)
	thief.post(path.SecondStep, "passkey", answer).is(http.StatusUnprocessableEntity)
	h.later(11 * time.Minute) // the step is over
	b.post(path.SecondStep, "passkey", answer).is(http.StatusForbidden)
	b.post(path.SignIn, "email", noorEmail, "password", secret, "next", "/leads?team=a").goesTo(path.SecondStep)
	answer = key.Sign(b.get(path.SecondStep).asked())
	half := *b.cookies[halfCookie]
	b.post(path.SecondStep, "passkey", answer).goesTo("/leads?team=a")
	if !b.in() || b.cookies[deviceCookie] == nil {
		t.Fatal("she is not in")
	}
	if n := h.count(`select count(*) from audit_told where action = 'account.sign_in' and details ->> 'kind' = 'passkey' and details ->> 'by' = 'password'`); n != 1 {
		t.Errorf("%d rows", n)
	}
	again := h.anonymous()
	again.cookies[halfCookie] = &half
	again.post(path.SecondStep, "passkey", answer).is(http.StatusForbidden)
	if again.in() {
		t.Error("an answer opened the door twice")
	}
}

func TestWhatDoesNotOpenTheDoor(t *testing.T) {
	t.Parallel()
	h, _, key, _ := keyed(t)
	zoe := h.person("Zoe Runciman")
	h.password(zoe, secret)
	hers, _ := h.as(zoe).adds("Another")
	tries := map[string]func(options string) string{
		"somebody else's": func(o string) string { return hers.Sign(o) },
		"another's in her name": func(o string) string {
			other := passkeytest.New(t, home, "localhost")
			other.ID, other.Handle = key.ID, key.Handle
			return other.Sign(o)
		},
		"another site": func(o string) string {
			key.Origin = "http://localhost.evil.example"
			defer func() { key.Origin = home }()
			return key.Sign(o)
		},
		"nonsense": func(string) string { return `{"id":1}` },
	}
	for what, answer := range tries {
		h.later(24 * time.Hour)
		b := h.anonymous()
		b.signIn(noorEmail, secret).goesTo(path.SecondStep)
		b.post(path.SecondStep, "passkey", answer(b.get(path.SecondStep).asked())).is(http.StatusUnprocessableEntity).says(".refusal", "could not be used")
		if b.in() {
			t.Errorf("%s opened the door", what)
		}
		h.later(5 * time.Second)
		b.post(path.SecondStep, "passkey", key.Sign(b.get(path.SecondStep).asked())).goesTo(path.Home)
	}
	if h.count(`select count(*) from sign_in_refused where person_id = 'noor-basri'`) == 0 {
		t.Error("nothing was counted")
	}
}

func TestTheSecondStepEndsWithThePassword(t *testing.T) {
	t.Parallel()
	h, first, key, codes := keyed(t)
	b := h.anonymous()
	b.signIn(noorEmail, secret).goesTo(path.SecondStep)
	answer := key.Sign(b.get(path.SecondStep).asked())
	first.post(path.SettingsPassword, "old", secret, "password", "another three geese").goesTo(path.SettingsSignIn)
	b.post(path.SecondStep, "passkey", answer).is(http.StatusForbidden)
	b.post(path.SecondStep, "code", codes[0]).is(http.StatusForbidden)
	b.signIn(noorEmail, "another three geese").goesTo(path.SecondStep)
	h.exec(`update person set deactivated_at = $1 where id = 'noor-basri'`, wall)
	b.get(path.SecondStep).is(http.StatusForbidden)
}

func TestARecoveryCodeWorksOnce(t *testing.T) {
	t.Parallel()
	h, _, _, codes := keyed(t)
	b := h.anonymous()
	b.signIn(noorEmail, secret).goesTo(path.SecondStep)
	b.post(path.SecondStep, "code", "").is(http.StatusUnprocessableEntity)
	h.later(5 * time.Second)
	b.post(path.SecondStep, "code", "0000-0000-0000-0000").is(http.StatusUnprocessableEntity).says(".wrong", "no recovery code of yours")
	h.later(5 * time.Second)
	b.post(path.SecondStep, "code", strings.ToUpper(strings.ReplaceAll(codes[3], "-", " "))).goesTo(path.Home)
	b.get(path.SettingsSignIn).says("#second", "Nine recovery codes of ten are left.")
	if n := h.count(`select count(*) from notice where person_id = 'noor-basri' and code = 'codeused'`); n != 1 {
		t.Errorf("%d notices", n)
	}
	b.get(path.Notices).says("main", "A recovery code of yours was used")
	other := h.anonymous()
	other.signIn(noorEmail, secret).goesTo(path.SecondStep)
	other.post(path.SecondStep, "code", codes[3]).is(http.StatusUnprocessableEntity)
	for range 40 {
		if a := other.post(path.SecondStep, "code", codes[3]); a.Response.StatusCode == http.StatusTooManyRequests {
			a.says("main", "too many tries")
			if other.post(path.SecondStep, "code", codes[4]).is(http.StatusTooManyRequests); other.in() {
				t.Error("a code was looked at that came too soon")
			}
			return
		}
	}
	t.Error("codes may be guessed for ever")
}

func TestRecoveryCodesAreMadeAnew(t *testing.T) {
	t.Parallel()
	h, b, _, codes := keyed(t)
	if h.count(`select count(*) from recovery_code where encode(code_hash, 'escape') like '%' || $1 || '%'`, codes[0]) != 0 {
		t.Error("codes are kept as they are")
	}
	b.get(path.RecoveryCodes).is(http.StatusOK).says("main", "Ten recovery codes of ten are left.")
	fresh := b.post(path.RecoveryCodes).is(http.StatusOK).Find("#codes code")
	if fresh.Length() != skein.RecoveryCodes || fresh.First().Text() == codes[0] || h.count(`select count(*) from recovery_code`) != skein.RecoveryCodes {
		t.Error("there are no new ones")
	}
	other := h.anonymous()
	other.signIn(noorEmail, secret)
	other.post(path.SecondStep, "code", codes[0]).is(http.StatusUnprocessableEntity)
	zoe := h.person("Zoe Runciman")
	h.password(zoe, secret)
	none := h.as(zoe)
	none.get(path.RecoveryCodes).goesTo(path.With(path.ShowAgain, url.Values{"next": {path.RecoveryCodes}}))
	none.proves()
	none.get(path.RecoveryCodes).says("main", "you have none").has(0, "form[action='"+path.RecoveryCodes+"']")
	none.post(path.RecoveryCodes).is(http.StatusForbidden).says("main", "Add a passkey first.")
}

// A passkey whose count goes back may be there twice: it opens nothing, and they and the administrators are told.
func TestAPasskeyThatIsThereTwice(t *testing.T) {
	t.Parallel()
	h, _, key, codes := keyed(t)
	in := func() *browser {
		b := h.anonymous()
		b.signIn(noorEmail, secret).goesTo(path.SecondStep)
		return b
	}
	b := in()
	key.Count = 7
	b.post(path.SecondStep, "passkey", key.Sign(b.get(path.SecondStep).asked())).goesTo(path.Home)
	b = in()
	key.Count = 3
	b.post(path.SecondStep, "passkey", key.Sign(b.get(path.SecondStep).asked())).is(http.StatusUnprocessableEntity).says(".refusal", "counted backwards").has(0, "form[data-passkey]")
	if b.in() || h.told("account.passkey_copied") != 1 || h.count(`select count(*) from notice where code = 'keycopied'`) != 2 {
		t.Error("it was not told")
	}
	h.later(5 * time.Second)
	in().post(path.SecondStep, "code", codes[0]).goesTo(path.Home) // a password alone still opens nothing
	h.as("owen-pell").get(path.Notices).says("main", "A passkey of Noor Basri counted backwards")
}

func TestALinkForANewPasswordAsksForThePasskeyToo(t *testing.T) {
	t.Parallel()
	h, first, key, _ := keyed(t)
	b := h.anonymous()
	link := h.invited("noor-basri")
	b.post(link, "password", "another three geese").goesTo(path.SecondStep)
	if b.in() || first.in() {
		t.Fatal("a new password alone opened the door")
	}
	b.post(path.SecondStep, "passkey", key.Sign(b.get(path.SecondStep).asked())).goesTo(path.Home)
	if !b.in() {
		t.Error("she is not in")
	}
}
