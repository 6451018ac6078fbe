package server

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/mail"
	maildb "skein/internal/postgres/mail"
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
	key := h.text(`select log_key from person where id = 'noor-basri'`)
	at := path.StopMail(h.server.stops.Token(key, mail.AtOnce))
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
		weekly := path.StopMail(h.server.stops.Token("noor-basri", mail.Weekly)) // of a mail that a version before sent
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
	t.Run("after another id, which is somebody else's now", func(t *testing.T) {
		h.exec(`update account set mail_at_once = true`)
		h.exec(`update person set id = 'noor' where id = 'noor-basri'`)
		h.exec(`update person set id = 'noor-basri' where id = 'ines-calder'`)
		h.anonymous().post(at).is(http.StatusOK)
		if got := h.text(`select string_agg(person_id, ' ') from account where not mail_at_once`); got != "noor" {
			t.Errorf("it ended the mails of %s", got)
		}
		h.exec(`update person set id = 'ines-calder' where id = 'noor-basri'`)
		h.exec(`update person set id = 'noor-basri' where id = 'noor'`)
		h.exec(`update person set id = log_key, name = 'Somebody who has left', erased_at = now(), deactivated_at = now() where id = 'noor-basri'`)
		h.exec(`delete from account where person_id = $1`, key)
		h.anonymous().post(at).is(http.StatusNotFound)
	})
	t.Run("the database is gone", func(t *testing.T) {
		h.later(2 * time.Minute)
		h.owns(`alter table account rename column mail_weekly to gone`)
		h.anonymous().post(at).is(http.StatusInternalServerError)
	})
}

// outbox takes mails, or does not.
type outbox struct {
	took []mail.Message
	err  error
}

// Send takes one.
func (o *outbox) Send(_ context.Context, m mail.Message) error {
	if o.err == nil {
		o.took = append(o.took, m)
	}
	return o.err
}

func TestAnAdministratorTriesTheMail(t *testing.T) {
	t.Parallel()
	out := &outbox{}
	h := newTest(t, func(c *Config) { c.Mail = out })
	owen := h.as(h.person("Owen Pell", administrator, executive))
	t.Run("mail is off", func(t *testing.T) {
		owen.get(path.AdminSetup).is(http.StatusOK).says("#mail", "No mail goes out from here").has(0, "#mail form")
		owen.post(path.TryMail).is(http.StatusForbidden).says("main", "names a mail server")
	})
	h.exec(`update mail_state set sending = true`)
	t.Run("not yours", func(t *testing.T) {
		h.as(h.person("Noor Basri")).post(path.TryMail).is(http.StatusForbidden)
		h.anonymous().post(path.TryMail).goesTo(path.SignIn)
	})
	t.Run("the mail server fails", func(t *testing.T) {
		out.err = errors.New("the mail server mail.example:587 does not answer in time")
		owen.post(path.TryMail).is(http.StatusForbidden).says("main", "does not answer in time")
		owen.get(path.AdminSetup).says("#mail", "Since today 09:00 no mail goes out: the mail server mail.example:587 does not answer in time.").has(0, "#mail .ticked")
		owen.get(path.Admin).says(".refusal", "no mail goes out").says(".refusal", "Whoever operates Skein")
	})
	t.Run("the address is refused", func(t *testing.T) {
		out.err = maildb.RefusedError{Says: "550 no such user"}
		owen.post(path.TryMail).is(http.StatusForbidden).says("main", "550 no such user")
	})
	t.Run("done", func(t *testing.T) {
		out.err = nil
		owen.post(path.TryMail).goesTo(path.AdminSetup)
		owen.get(path.AdminSetup).has(1, "#mail .ticked").says("#mail", "The mail server took one today.")
		owen.get(path.Admin).has(0, ".refusal")
		if len(out.took) != 1 || out.took[0].Stop != "" || !strings.HasPrefix(out.took[0].To, "owen") {
			t.Errorf("%+v", out.took)
		}
	})
	t.Run("mail waits", func(t *testing.T) {
		h.exec(`update mail_state set failing_since = $1, failing_says = 'the mail server is full'`, wall.Add(-26*time.Hour))
		h.exec(`insert into mail (person_id, week, made_at) values ('owen-pell', '2026-05-11', $1), ('noor-basri', '2026-05-11', $1)`, wall)
		owen.get(path.Admin).says(".refusal", "Two mails wait and are tried again")
	})
	t.Run("the database is gone", func(t *testing.T) {
		h.owns(`alter table mail_state rename to gone`)
		owen.post(path.TryMail).is(http.StatusInternalServerError)
	})
}

func TestAnAdministratorSeesThatAnAddressWasRefused(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	h.person("Noor Basri")
	owen.get(path.AdminPerson("noor-basri")).is(http.StatusOK).has(0, ".refusal")
	h.exec(`update account set mail_refused = email, mail_refused_at = $1, mail_refused_says = '550 no such user' where person_id = 'noor-basri'`, wall)
	owen.get(path.AdminPerson("noor-basri")).says(".refusal", "Mail does not arrive.").says(".refusal", "550 no such user")
	h.exec(`update mail_state set sending = true`)
	h.as(h.person("Judith Orme", executive)).get(path.Admin).says(".refusal", "The mail server refused one address.")
	owen.get(path.AdminPeople+"?show=refused").says("main", "Noor Basri").lacks("main", "Judith Orme")
}
