package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/mail"
	"skein/web/path"
)

const wanted = `select mail_at_once || ' ' || mail_weekly from account where person_id = 'noor-basri'`

func TestWhichMailComesIsOnesOwnToSay(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	noor := h.as(h.person("Noor Basri"))
	t.Run("mail is off", func(t *testing.T) {
		noor.get(path.Settings).is(http.StatusOK).says("#mail", "No mail goes out from here").has(2, "#mail input[type=checkbox][checked]")
	})
	t.Run("done", func(t *testing.T) {
		h.exec(`update mail_state set sending = true`)
		noor.get(path.Settings).says("#mail", "Mail goes to noor")
		noor.post(path.SettingsMail, "weekly", "yes").goesTo(path.Settings + "#mail")
		if got := h.text(wanted); got != "false true" {
			t.Errorf("wanted: %s", got)
		}
		noor.get(path.Settings).has(1, "#mail input[name=weekly][checked]").has(0, "#mail input[name=at_once][checked]")
		noor.post(path.SettingsMail, "weekly", "yes").goesTo(path.Settings + "#mail")
		if n := h.count(`select count(*) from audit_event where action = 'account.mail'`); n != 1 {
			t.Errorf("%d rows in the log", n)
		}
		noor.post(path.SettingsMail).goesTo(path.Settings + "#mail")
		if got := h.text(wanted); got != "false false" {
			t.Errorf("wanted: %s", got)
		}
	})
	t.Run("the address was refused", func(t *testing.T) {
		h.exec(`update account set mail_refused = email, mail_refused_at = $1, mail_refused_says = '550 no such user'`, wall)
		noor.get(path.Settings).says("#mail .refusal", "550 no such user").says("#mail .refusal", "an administrator can change it")
		h.exec(`update account set email = 'noor.basri@quarry.example'`)
		noor.get(path.Settings).has(0, "#mail .refusal").says("#mail", "Mail goes to noor.basri@quarry.example")
	})
	t.Run("not signed in", func(t *testing.T) {
		h.anonymous().post(path.SettingsMail, "weekly", "yes").goesTo(path.SignIn)
	})
	t.Run("the database is gone", func(t *testing.T) {
		h.owns(`alter table account rename column mail_weekly to gone`)
		noor.post(path.SettingsMail, "weekly", "yes").is(http.StatusInternalServerError)
		noor.get(path.Settings).is(http.StatusInternalServerError)
	})
}

func TestALinkOfAMailEndsOthersLikeItByItsButtonAlone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.person("Noor Basri")
	ines := h.as(h.person("Ines Calder")) // a mail that was passed on
	at := path.StopMail(h.server.stops.Token("noor-basri", mail.AtOnce))
	t.Run("opened", func(t *testing.T) {
		h.anonymous().get(at).is(http.StatusOK).says("h1", "No more mail when somebody waits for you?").has(1, "form[action='"+at+"']")
		if got := h.text(wanted); got != "true true" {
			t.Errorf("by being opened: %s", got)
		}
	})
	t.Run("done by a program", func(t *testing.T) {
		ask, err := http.NewRequest(http.MethodPost, h.url+at, strings.NewReader("List-Unsubscribe=One-Click"))
		if err != nil {
			t.Fatal(err)
		}
		ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		ask.Header.Set("Origin", "https://webmail.example")
		ask.Header.Set("Sec-Fetch-Site", "cross-site")
		response, err := http.DefaultClient.Do(ask)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if got := h.text(wanted); response.StatusCode != http.StatusOK || got != "false true" {
			t.Errorf("%d, %s", response.StatusCode, got)
		}
	})
	t.Run("done again, and of the other kind", func(t *testing.T) {
		ines.post(at).is(http.StatusOK).says("h1", "No more of that mail")
		weekly := path.StopMail(h.server.stops.Token("noor-basri", mail.Weekly))
		ines.get(weekly).says("h1", "on Mondays")
		ines.post(weekly).is(http.StatusOK)
		if got := h.text(wanted); got != "false false" {
			t.Errorf("wanted: %s", got)
		}
		if got := h.text(`select string_agg(distinct actor_id, ' ') from audit_told where action = 'account.mail'`); got != "noor-basri" {
			t.Errorf("it was %s", got)
		}
		if n := h.count(`select count(*) from account where person_id = 'ines-calder' and mail_at_once and mail_weekly`); n != 1 {
			t.Error("whoever was signed in lost theirs")
		}
	})
	t.Run("invalid", func(t *testing.T) {
		for _, wrong := range []string{"x", at[len("/mail/stop/"):] + "A", mail.NewStops([]byte("another secret that is not ours.")).Token("noor-basri", mail.AtOnce)} {
			h.anonymous().get(path.StopMail(wrong)).is(http.StatusNotFound)
			h.anonymous().post(path.StopMail(wrong)).is(http.StatusNotFound)
		}
		h.anonymous().post(path.StopMail(h.server.stops.Token("somebody-else", mail.AtOnce))).is(http.StatusNotFound)
	})
	t.Run("the database is gone", func(t *testing.T) {
		h.later(2 * time.Minute)
		h.owns(`alter table account rename column mail_weekly to gone`)
		h.anonymous().post(at).is(http.StatusInternalServerError)
	})
}
