package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/web/path"
)

func TestAnotherAddress(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines, owen := h.person("Ines Calder"), h.person("Owen Pell", administrator)
	h.person("Noor Basri")
	h.password(ines, secret)
	h.exec(`update account set signed_in_at = $1`, wall)
	b := h.as(ines)
	const before, after = "ines.calder@corriemere.example", "ines@quarry.example"
	b.get(path.SettingsSignIn).has(0, "#address").says("main", "An administrator can change the address.")
	b.post(path.SettingsAddress, "email", after, "old", secret).is(http.StatusForbidden)
	o := h.mailing()
	t.Run("invalid", func(t *testing.T) {
		b.post(path.SettingsAddress, "email", "ines", "old", secret).is(http.StatusUnprocessableEntity).says("#address .wrong", "e-mail address")
		b.post(path.SettingsAddress, "email", after, "old", "x").is(http.StatusUnprocessableEntity).says("#address .wrong", "not your password")
		h.later(time.Minute)
		b.post(path.SettingsAddress, "email", "NOOR.basri@corriemere.example", "old", secret).is(http.StatusUnprocessableEntity).says("#address .wrong", "signs in with this address already")
	})
	t.Run("taken back", func(t *testing.T) {
		b.post(path.SettingsAddress, "email", after, "old", secret).goesTo(path.SettingsSignIn + "#address")
		b.get(path.SettingsSignIn).says("#address", "A mail is on its way to "+after)
		link := linkIn(o.one(after))
		b.post(path.KeepAddress).goesTo(path.SettingsSignIn + "#address")
		b.get(path.SettingsSignIn).lacks("#address", "on its way")
		h.anonymous().post(link).is(http.StatusGone)
	})
	t.Run("done", func(t *testing.T) {
		b.post(path.SettingsAddress, "email", after, "old", secret).goesTo(path.SettingsSignIn + "#address")
		link := linkIn(o.one(after))
		h.anonymous().post(strings.Replace(link, "/address/", "/invitations/", 1), "password", "another three geese").is(http.StatusGone)
		h.as(owen).get(link).is(http.StatusOK).says("main", "Ines Calder signs in as "+after)
		if got := h.text(`select email from account where person_id = $1`, ines); got != before {
			t.Errorf("by being opened: %s", got)
		}
		h.anonymous().post(link).is(http.StatusOK).says("h1", "Your address is changed")
		if got := h.text(`select account.email || ' ' || person.email from account join person on person.id = person_id where person_id = $1`, ines); got != after+" "+after {
			t.Error(got)
		}
		if m := o.one(before); !strings.Contains(m.Text, "You sign in to Skein as "+after) {
			t.Errorf("%+v", m)
		}
		if got := h.text(`select actor_id from audit_told where action = 'account.email'`); got != string(ines) {
			t.Errorf("it was %s", got)
		}
		h.anonymous().get(link).is(http.StatusGone)
		if !b.in() {
			t.Error("who they are has not changed")
		}
	})
	t.Run("an administrator's change tells both", func(t *testing.T) {
		h.later(time.Minute)
		h.as(owen).post(path.ChangeEmail(string(ines)), "email", before, "version", after).goesTo(path.AdminPerson(string(ines)))
		to := map[string]bool{}
		for _, m := range o.deliver() {
			to[m.To] = m.Subject == "Your address was changed"
		}
		if len(to) != 2 || !to[before] || !to[after] {
			t.Error(to)
		}
	})
	t.Run("a new password ends it", func(t *testing.T) {
		b.post(path.SettingsAddress, "email", after, "old", secret).goesTo(path.SettingsSignIn + "#address")
		link := linkIn(o.one(after))
		b.post(path.SettingsPassword, "old", secret, "password", "another three geese").goesTo(path.SettingsSignIn)
		h.anonymous().get(link).is(http.StatusGone)
	})
	t.Run("somebody else took it meanwhile", func(t *testing.T) {
		b.post(path.SettingsAddress, "email", after, "old", "another three geese").goesTo(path.SettingsSignIn + "#address")
		link := linkIn(o.one(after))
		h.exec(`update account set email = $1 where person_id = 'noor-basri'`, after)
		h.anonymous().post(link).is(http.StatusUnprocessableEntity).has(1, ".refusal")
	})
	t.Run("a restored copy opens none", func(t *testing.T) {
		h.exec(`insert into invitation (token_hash, mailed, person_id, email, made_at, expires_at) values ($1, true, $2, 'x@quarry.example', $3, $3::timestamptz + interval '9 hours')`, hashToken("copy"), ines, *h.now.Load())
		h.anonymous().get(path.ConfirmAddress("copy")).is(http.StatusOK)
		h.exec(`update organisation set restored_at = $1`, wall)
		h.anonymous().post(path.ConfirmAddress("copy")).is(http.StatusGone)
	})
	t.Run("not signed in", func(t *testing.T) {
		h.anonymous().post(path.SettingsAddress, "email", after).goesTo(path.SignIn)
	})
}
