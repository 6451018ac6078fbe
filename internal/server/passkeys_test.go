package server

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"skein/internal/passkey/passkeytest"
	"skein/internal/skein"
	"skein/web/path"
)

func TestPasskeysAreNamedAndRemoved(t *testing.T) {
	t.Parallel()
	h, b, _, _ := keyed(t)
	one := h.text(`select id::text from passkey`)
	zoe := h.person("Zoe Runciman")
	h.password(zoe, secret)
	other := h.as(zoe)
	other.proves()
	other.get(path.RemovePasskey(one)).is(http.StatusNotFound)
	other.post(path.RemovePasskey(one)).is(http.StatusNotFound)
	other.post(path.NamePasskey(one), "name", "Mine").is(http.StatusNotFound)
	b.post(path.NamePasskey("x"), "name", "Mine").is(http.StatusNotFound)
	b.post(path.NamePasskey(one), "name", "").is(http.StatusUnprocessableEntity).says(".wrong", "Give it a name")
	b.post(path.NamePasskey(one), "name", "Old phone").goesTo(path.SettingsSignIn + "#second")
	elsewhere := h.as("noor-basri")
	b.adds("New phone")
	if !elsewhere.in() {
		t.Error("a second passkey signed her out elsewhere")
	}
	b.get(path.RemovePasskey(one)).says("main", "Your other passkeys stay")
	b.post(path.RemovePasskey(one)).goesTo(path.SettingsSignIn + "#second")
	if elsewhere.in() || !b.in() || h.count(`select count(*) from recovery_code`) != skein.RecoveryCodes {
		t.Error("the wrong things ended")
	}
	last := h.text(`select id::text from passkey`)
	h.later(11 * time.Minute)
	b.post(path.RemovePasskey(last)).goesTo(path.With(path.ShowAgain, url.Values{"next": {path.SettingsSignIn}}))
	b.post(path.ShowAgain, "old", "three unrelated ducks").is(http.StatusUnprocessableEntity).says(".wrong", "That is not your password")
	b.proves()
	b.get(path.RemovePasskey(last)).says("main", "your password alone opens the door again")
	b.post(path.RemovePasskey(last)).goesTo(path.SettingsSignIn + "#second")
	if h.count(`select count(*) from recovery_code`) != 0 || h.told("account.passkey_remove") != 2 {
		t.Error("codes stay without a passkey")
	}
	h.anonymous().signIn(noorEmail, secret).goesTo(path.Home)
	h.as("owen-pell").get(path.AdminAudit).says("main", "Noor Basri removed a passkey")
}

func TestWhatIsNoNewPasskey(t *testing.T) {
	t.Parallel()
	h, b, key, _ := keyed(t)
	options := b.get(path.AddPasskey).is(http.StatusOK).asked()
	b.post(path.AddPasskey, "name", "", "passkey", key.Make(options)).is(http.StatusUnprocessableEntity).says(".wrong", "Give it a name")
	fresh := passkeytest.New(t, home, "localhost")
	b.post(path.AddPasskey, "name", "Late", "passkey", fresh.Make(options)).is(http.StatusUnprocessableEntity).says(".refusal", "Nothing was added")
	fresh.Origin = "http://evil.example"
	b.post(path.AddPasskey, "name", "Evil", "passkey", fresh.Make(b.get(path.AddPasskey).asked())).is(http.StatusUnprocessableEntity)
	b.post(path.AddPasskey, "name", "None").is(http.StatusUnprocessableEntity)
	b.post(path.AddPasskey, "name", "Twice", "passkey", key.Make(b.get(path.AddPasskey).asked())).is(http.StatusConflict)
	if n := h.count(`select count(*) from passkey`); n != 1 {
		t.Errorf("%d passkeys", n)
	}
	h.exec(`insert into passkey (person_id, credential, public_key, handle, may_back_up, backed_up, host, name, made_at)
		select 'noor-basri', convert_to('x' || n, 'UTF8'), 'x', 'x', false, false, 'localhost', 'Another', $1 from generate_series(2, 20) n`, wall)
	b.post(path.AddPasskey, "name", "Many", "passkey", passkeytest.New(t, home, "localhost").Make(b.get(path.AddPasskey).asked())).is(http.StatusForbidden).says("main", "twenty")
}

// Where browsers make no passkeys, the page says why, and nothing can be added or demanded.
func TestWhereThereAreNoPasskeys(t *testing.T) {
	t.Parallel()
	for base, says := range map[string]string{"http://192.0.2.7:8080": "an address of numbers", "http://skein.corriemere.example": "plain http"} {
		t.Run(says, func(t *testing.T) {
			h := newTest(t, func(c *Config) { c.BaseURL = base })
			owen := h.person("Owen Pell", administrator)
			h.password(owen, secret)
			b := h.as(owen)
			b.get(path.SettingsSignIn).says("#second", says).has(0, "a[href='"+path.AddPasskey+"']")
			b.get(path.AdminSignIn).says("#second", says).has(0, "form[action='"+path.SetDemand+"']")
			b.proves()
			b.get(path.AddPasskey).is(http.StatusForbidden).says("main", says)
			b.post(path.AddPasskey, "name", "x").is(http.StatusForbidden)
			b.post(path.SetDemand, "second", "on", "version", "off").is(http.StatusForbidden)
			h.exec(`update sign_in_rule set second_step = true`) // by another name, before
			b.get(path.Home).is(http.StatusOK)
		})
	}
}
