package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/web/path"
)

func TestAForgottenPassword(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	owen := h.person("Owen Pell", administrator)
	t.Run("mail is off", func(t *testing.T) {
		h.anonymous().get(path.SignIn).lacks("main", "I forgot my password")
		h.anonymous().get(path.Forgotten).is(http.StatusOK).says("main", "An administrator gives you a link").has(0, "form[action='"+path.Forgotten+"']")
		h.anonymous().post(path.Forgotten, "email", "ines.calder@corriemere.example").is(http.StatusForbidden)
	})
	o := h.mailing()
	b := h.anonymous()
	t.Run("invalid", func(t *testing.T) {
		b.get(path.SignIn).has(1, "a[href='"+path.Forgotten+"']")
		b.post(path.Forgotten, "email", "ines").is(http.StatusUnprocessableEntity).says(".wrong", "e-mail address")
	})
	t.Run("nobody learns who has an account", func(t *testing.T) {
		h.exec(`insert into person (id, name, email) values ('alba', 'Alba Runciman', 'alba@quarry.example')`)
		left := h.person("Dario Venn")
		h.exec(`update person set deactivated_at = $2 where id = $1`, left, wall)
		b.post(path.Forgotten, "email", "first@quarry.example")
		first, fewest, asked := "", int64(0), map[string]int64{}
		for _, typed := range []string{"ines.calder@corriemere.example", "nobody@quarry.example", "dario.venn@corriemere.example", "alba@quarry.example"} {
			h.later(time.Minute)
			body := ""
			for range 3 { // a connection that is new prepares its statements first
				before := h.trips.Load()
				body = strings.ReplaceAll(b.post(path.Forgotten, "email", typed).is(http.StatusOK).body, typed, "")
				n := h.trips.Load() - before
				if fewest == 0 || n < fewest {
					fewest = n
				}
				if asked[typed] == 0 || n < asked[typed] {
					asked[typed] = n
				}
				h.later(time.Minute)
			}
			if first == "" {
				first = body
			}
			if body != first {
				t.Errorf("%s is answered differently", typed)
			}
		}
		for typed, n := range asked {
			if n != fewest {
				t.Errorf("the database is asked %d times of %s, and %d of another", n, typed, fewest)
			}
		}
		h.exec(`delete from river_job where kind = 'forgotten' and id <> (select min(id) from river_job where args ->> 'email' like 'ines%')`)
	})
	var link string
	t.Run("done", func(t *testing.T) {
		there := h.as(ines)
		m := o.one("ines.calder@corriemere.example")
		link = linkIn(m)
		h.anonymous().get(link).is(http.StatusOK).says("h1", "A new password").says("main", "You sign in as ines.calder@corriemere.example")
		if !there.in() {
			t.Error("a link that is opened signs somebody out")
		}
		b.post(link, "password", "another three geese").goesTo(path.Home)
		if there.in() {
			t.Error("other sessions go on")
		}
		b.get(path.Notices).says("main", "Your password was set by a link that was mailed to you.")
		h.anonymous().get(link).is(http.StatusGone)
		if m := o.one("ines.calder@corriemere.example"); m.Subject != "Your password was changed" {
			t.Errorf("%+v", m)
		}
		if n := h.count(`select count(*) from notice where person_id = $1`, owen); n != 0 {
			t.Error("administrators are told of each that is forgotten")
		}
		if n := h.count(`select count(*) from audit_event where action = 'account.forgotten'`); n != 1 {
			t.Errorf("%d rows in the log", n)
		}
	})
	t.Run("it runs out", func(t *testing.T) {
		h.later(time.Hour)
		b.post(path.Forgotten, "email", "INES.calder@corriemere.example").is(http.StatusOK)
		link = linkIn(o.one("ines.calder@corriemere.example"))
		h.later(2*time.Hour + time.Second)
		h.anonymous().get(link).is(http.StatusGone)
		h.anonymous().post(link, "password", "another four geese").is(http.StatusGone)
	})
	t.Run("so many a day, and not too fast", func(t *testing.T) {
		sent := 2
		for range 10 {
			h.later(10 * time.Minute)
			b.post(path.Forgotten, "email", "ines.calder@corriemere.example").is(http.StatusOK)
			sent += len(o.deliver())
		}
		if sent != 5 {
			t.Errorf("%d mails within a day", sent)
		}
		b.post(path.Forgotten, "email", "ines.calder@corriemere.example").is(http.StatusTooManyRequests).says("[role=alert]", "not looked at")
	})
	t.Run("the database is gone", func(t *testing.T) {
		h.later(time.Hour)
		h.owns(`alter table sign_in_wait rename to gone`)
		b.post(path.Forgotten, "email", "ines.calder@corriemere.example").is(http.StatusInternalServerError)
	})
}
