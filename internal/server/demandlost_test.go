package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/web/component"
	"skein/web/path"
)

// Who has passkeys of which none answers here any more (found to be copied, made under another name) shows a code, and
// no password does; then they add another, on the same device too, before anything else.
func TestADemandIsNotMetByPasskeysThatAnswerNoMore(t *testing.T) {
	t.Parallel()
	for what, sql := range map[string]string{
		"copied":    `update passkey set copied_at = made_at where name = 'Hers'`,
		"elsewhere": `update passkey set host = 'old.corriemere.example' where name = 'Hers'`,
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			h, admin, _, _ := keyed(t, administrator)
			ines := h.person("Ines Calder")
			h.password(ines, secret)
			_, codes := h.as(ines).adds("Hers")
			before := h.as(ines) // a session in which no second step was shown
			h.exec(sql)
			h.exec(`insert into hat (person_id, kind, given_at) values ('ines-calder', 'executive', $1)`, wall)
			admin.demands()
			before.get(path.Vision).goesTo(led(path.ShowAgain, path.Vision))
			before.get(path.AddPasskey).goesTo(led(path.ShowAgain, path.AddPasskey))
			before.post(path.ShowAgain, "old", secret).is(http.StatusUnprocessableEntity)
			h.later(5 * time.Second)
			before.post(path.ShowAgain, "code", codes[0]).goesTo(path.SettingsSignIn)
			before.get(path.Vision).goesTo(led(path.AddPasskey, path.Vision))
			if asks := before.get(path.AddPasskey).is(http.StatusOK).says("main", "then you go on").asked(); strings.Contains(asks, "excludeCredentials") {
				t.Errorf("the same device may not: %s", asks)
			}
			before.adds("New")
			before.get(path.Vision).is(http.StatusOK)
		})
	}
}

// Nobody demands of others, or is left with, what does not answer here.
func TestAPasskeyElsewhereIsNoneHere(t *testing.T) {
	t.Parallel()
	h, admin, _, _ := keyed(t, administrator)
	h.exec(`update passkey set host = 'old.corriemere.example'`)
	admin.post(path.SetDemand, "second", "on", component.VersionName, "off").is(http.StatusUnprocessableEntity).says(".wrong", "Add a passkey of your own first")
	admin.adds("New")
	admin.demands()
	here := h.text(`select id::text from passkey where name = 'New'`)
	admin.post(path.RemovePasskey(here)).is(http.StatusForbidden).says("main", "your only passkey")
	old := h.text(`select id::text from passkey where name <> 'New'`)
	admin.post(path.RemovePasskey(old)).goesTo(path.SettingsSignIn + "#second")
	admin.get(path.Home).is(http.StatusOK)
}

// Whoever knows a password and has the browser of its owner guesses no codes there by typing the password again and again.
func TestThePasswordClearsNoTriesAtACode(t *testing.T) {
	t.Parallel()
	h, _, key, _ := keyed(t)
	b := h.anonymous()
	b.signIn(noorEmail, secret).goesTo(path.SecondStep)
	b.post(path.SecondStep, "passkey", key.Sign(b.get(path.SecondStep).asked())).goesTo(path.Home)
	b.post(path.SignOut)
	if b.cookies[deviceCookie] == nil {
		t.Fatal("the browser is not known")
	}
	b.signIn(noorEmail, secret).goesTo(path.SecondStep)
	for range 3 {
		b.post(path.SecondStep, "code", "0000-0000-0000-0000").is(http.StatusUnprocessableEntity)
	}
	b.signIn(noorEmail, secret).goesTo(path.SecondStep)
	if n := h.count(`select max(tries) from device`); n != 5 {
		t.Errorf("%d tries are counted in the browser", n)
	}
}

// A passkey is not added by whoever was signed out everywhere a moment ago.
func TestASignOutEverywhereEndsAPasskeyBeingAdded(t *testing.T) {
	t.Parallel()
	h, b, key, _ := keyed(t)
	options := b.get(path.AddPasskey).asked()
	h.exec(`update second_step set epoch = epoch - 1`) // as it is for one whose request was on its way
	b.post(path.AddPasskey, "name", "Late", "passkey", key.Make(options)).is(http.StatusUnprocessableEntity)
	if n := h.count(`select count(*) from passkey`); n != 1 {
		t.Errorf("%d passkeys", n)
	}
}

// A code that is sent twice at once opens one door.
func TestACodeTwiceAtOnce(t *testing.T) {
	t.Parallel()
	h, _, _, codes := keyed(t)
	one, two := h.anonymous(), h.anonymous()
	one.signIn(noorEmail, secret).goesTo(path.SecondStep)
	two.signIn(noorEmail, secret).goesTo(path.SecondStep)
	done := make(chan bool, 2)
	for _, b := range []*browser{one, two} {
		go func() {
			b.post(path.SecondStep, "code", codes[0])
			done <- true
		}()
	}
	<-done
	<-done
	if one.in() == two.in() {
		t.Errorf("one is in: %v, the other: %v", one.in(), two.in())
	}
	if n := h.count(`select count(*) from audit_told where action = 'account.sign_in' and details ->> 'kind' = 'code'`); n != 1 {
		t.Errorf("%d sign-ins", n)
	}
}

// Whoever finds a browser open in which somebody came by the organisation's account gives it no password and no other
// address: without a password to ask for, they come in anew first.
func TestAnOpenBrowserGivesAnAccountNoPassword(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	h.person("Noor Basri")
	h.exec(`update mail_state set sending = true`)
	there.Says(somebody("0815", noorEmail))
	b := h.anonymous()
	b.arrives().goesTo(path.Home)
	h.later(11 * time.Minute)
	again := led(path.ShowAgain, path.SettingsSignIn)
	b.post(path.SettingsPassword, "password", "another three geese").goesTo(again)
	b.post(path.SettingsAddress, "email", "thief@corriemere.example").goesTo(again)
	b.get(again).says("main", "come in again with the organisation’s account")
	if n := h.count(`select count(*) from account where password_hash is not null`) + h.count(`select count(*) from invitation`); n != 0 {
		t.Error("it was done")
	}
	fresh := h.anonymous()
	fresh.arrives().goesTo(path.Home)
	fresh.post(path.SettingsPassword, "password", "another three geese").goesTo(path.SettingsSignIn)
}

// More opens to a session once its person showed a second step in it: a copy of its token that somebody took before, or
// planted, opens nothing from then on. The browser stays the one that it was in the list of them.
func TestATokenOfBeforeTheSecondStepOpensNothing(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	noor := h.person("Noor Basri")
	h.password(noor, secret)
	key, _ := h.as(noor).adds("Key")
	there.Says(somebody("0815", noorEmail))
	b := h.anonymous()
	b.arrives().goesTo(path.Home)
	device := h.text(`select device_id::text from sessions where device_id is not null`)
	before := *b.cookies["skein"]
	h.exec(`insert into hat (person_id, kind, given_at) values ('noor-basri', 'executive', $1)`, wall)
	h.exec(`update sign_in_rule set second_step = true`)
	b.post(path.ShowAgain, "passkey", key.Sign(b.get(path.ShowAgain).asked()), "next", path.Vision).goesTo(path.Vision)
	b.get(path.Vision).is(http.StatusOK)
	thief := h.anonymous()
	thief.cookies["skein"] = &before
	if thief.in() {
		t.Error("the token of before opens what the second step opened")
	}
	if got := h.text(`select device_id::text from sessions where device_id is not null`); got != device {
		t.Errorf("the browser is %s, and was %s", got, device)
	}
	h.exec(`delete from sessions`) // ended elsewhere
	b.get(path.Vision).is(http.StatusSeeOther)
}

// Two administrators who demand it at once demand it once.
func TestTwoDemandAtOnce(t *testing.T) {
	t.Parallel()
	h, one, _, _ := keyed(t, administrator)
	ines := h.person("Ines Calder", administrator)
	h.password(ines, secret)
	two := h.as(ines)
	two.adds("Hers")
	done := make(chan int, 2)
	for _, b := range []*browser{one, two} {
		go func() {
			done <- b.post(path.SetDemand, "second", "on", component.VersionName, "off").Response.StatusCode
		}()
	}
	for range 2 {
		if got := <-done; got != http.StatusSeeOther {
			t.Errorf("%d", got)
		}
	}
	if n := h.told("organisation.second_step"); n != 1 || h.text(`select second_step::text from sign_in_rule`) != "true" {
		t.Errorf("told %d times", n)
	}
	one.get(path.AdminSignIn).is(http.StatusOK)
	two.get(path.AdminSignIn).is(http.StatusOK)
}
