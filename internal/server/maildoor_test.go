package server

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"skein/internal/mail"
	"skein/web/path"
)

// office is what sends the mail of a house.
type office struct {
	*house
	post *mail.Post
	out  *outbox
}

// mailing turns mail on.
func (h *house) mailing() *office {
	h.Helper()
	h.exec(`update mail_state set sending = true`)
	secret := make([]byte, 32)
	out := &outbox{}
	return &office{h, &mail.Post{
		DB: h.db, Sender: out, BaseURL: "http://localhost", Stops: mail.NewStops(secret), Links: mail.NewLinks(secret),
		Now: func() time.Time { return *h.now.Load() },
	}, out}
}

// deliver does the jobs that wait, and returns the mails that went out.
func (o *office) deliver() []mail.Message {
	o.Helper()
	o.out.took = nil
	for _, kind := range []string{"forgotten", "mail"} {
		rows, err := o.pool.Query(context.Background(), `delete from river_job where kind = $1 returning coalesce(args ->> 'email', args ->> 'id')`, kind)
		if err != nil {
			o.Fatal(err)
		}
		var all []string
		for rows.Next() {
			var one string
			if err := rows.Scan(&one); err != nil {
				o.Fatal(err)
			}
			all = append(all, one)
		}
		for _, one := range all {
			do := o.post.Deliver
			if kind == "forgotten" {
				do = o.post.Forgotten
			}
			if err := do(context.Background(), one); err != nil {
				o.Fatal(err)
			}
		}
	}
	return o.out.took
}

// one is the one mail that goes out now, to somebody.
func (o *office) one(to string) mail.Message {
	o.Helper()
	mails := o.deliver()
	if len(mails) != 1 || mails[0].To != to {
		o.Fatalf("not one mail to %s: %+v", to, mails)
	}
	return mails[0]
}

// linkIn is where a mail's button leads.
func linkIn(m mail.Message) string {
	return regexp.MustCompile(`/(invitations|address)/[A-Za-z0-9_-]{43}`).FindString(m.Text)
}

func TestAnInvitationGoesByMail(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen := h.as(h.person("Owen Pell", administrator))
	o := h.mailing()
	owen.post(path.AdminPeople, "name", "Alba Runciman", "email", "alba@quarry.example", "step", "link").goesTo(path.AdminPeople)
	owen.get(path.AdminPeople).says("[role=status]", "An invitation is on its way to alba@quarry.example.").lacks("main", "/invitations/")
	if n := h.count(`select count(*) from audit_event where action = 'invitation.mail'`); n != 1 {
		t.Errorf("%d rows in the log", n)
	}
	m := o.one("alba@quarry.example")
	link := linkIn(m)
	if !strings.Contains(m.Text, "Owen Pell invites you") || m.Stop != "" || link == "" || !strings.Contains(m.HTML, link) {
		t.Fatalf("%+v", m)
	}
	if n := h.count(`select count(*) from invitation, mail where position($1 in invitation::text || mail::text) > 0`, strings.TrimPrefix(link, "/invitations/")); n != 0 {
		t.Error("the secret of the link lies in the tables")
	}
	person := h.text(`select id from person where name = 'Alba Runciman'`)
	owen.get(path.AdminPerson(person)).says("main", "An invitation was mailed to Alba").has(0, "#link")
	b := h.anonymous()
	b.get(link).is(http.StatusOK).says("h1", "Come in, Alba")
	if n := h.count(`select count(*) from account where person_id = $1`, person); n != 0 {
		t.Error("the link does something by being opened")
	}
	b.post(link, "email", "alba@quarry.example", "password", secret).goesTo(path.Home)
	h.anonymous().get(link).is(http.StatusGone)
	if n := h.count(`select count(*) from account where person_id = $1 and signed_in_at is not null`, person); n != 1 {
		t.Error("whoever came in by a link would get no mail")
	}
}

func TestManyAreInvitedByMailAndTheOthersOnPaper(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.withoutAccounts()
	h.exec(`update person set email = id || '@quarry.example' where id in ('alba', 'bo')`)
	owen := h.as(h.person("Owen Pell", administrator))
	o := h.mailing()
	owen.get(path.AdminPeople).says("#invite", "Each gets a mail with a link")
	a := owen.post(path.AdminInvitations, "person", "alba", "person", "bo", "person", "cy").is(http.StatusOK)
	a.says("main", "No address is known of these. Two others get theirs by mail.")
	if got := slips(a); len(got) != 1 {
		t.Errorf("shown: %v", got)
	}
	mails := o.deliver()
	if len(mails) != 2 || linkIn(mails[0]) == linkIn(mails[1]) {
		t.Fatalf("%+v", mails)
	}
	h.later(time.Minute)
	owen.post(path.AdminInvitations, "person", "alba", "person", "bo", "version", h.now.Load().Format(time.RFC3339Nano)).goesTo(path.AdminPeople)
	owen.get(path.AdminPeople).says("[role=status]", "Two invitations are on the way by mail.")
	h.anonymous().get(linkIn(mails[0])).is(http.StatusGone) // another took its place
	if again := o.deliver(); len(again) != 2 || linkIn(again[0]) == linkIn(mails[0]) {
		t.Errorf("%+v", again)
	}
}

func TestAnInvitationThatCannotArrive(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.withoutAccounts()
	h.exec(`update person set email = 'alba@quarry,example' where id = 'alba'`)
	owen := h.as(h.person("Owen Pell", administrator))
	o := h.mailing()
	owen.post(path.InvitePerson("alba")).goesTo(path.AdminPerson("alba"))
	o.post.Sender = mailServer(t)
	if mails := o.deliver(); len(mails) != 0 {
		t.Errorf("%+v", mails)
	}
	owen.get(path.AdminPerson("alba")).says(".refusal", "it is no address to which mail can be sent")
	owen.get(path.AdminPeople+"?show=refused").says("main", "Alba Runciman")
	t.Run("shown instead", func(t *testing.T) {
		if link := owen.post(path.InvitePerson("alba"), "step", "show").is(http.StatusOK).Find("#link").Text(); !strings.Contains(link, "/invitations/") {
			t.Error(link)
		}
	})
	t.Run("another address", func(t *testing.T) {
		o.post.Sender = o.out
		owen.post(path.InvitePerson("alba")).goesTo(path.AdminPerson("alba"))
		link := linkIn(o.one("alba@quarry,example"))
		owen.post(path.ChangeEmail("alba"), "email", "alba@quarry.example", "version", "alba@quarry,example").goesTo(path.AdminPerson("alba"))
		h.anonymous().get(link).is(http.StatusGone) // it may be in somebody else's hands
		if mails := o.deliver(); len(mails) != 0 {
			t.Errorf("to one who never came in: %+v", mails)
		}
	})
	t.Run("too late, and settled", func(t *testing.T) {
		owen.post(path.InvitePerson("alba")).goesTo(path.AdminPerson("alba"))
		h.later(8 * 24 * time.Hour)
		if mails := o.deliver(); len(mails) != 0 || h.text(`select dropped from mail order by id desc limit 1`) != "late" {
			t.Errorf("%+v", mails)
		}
	})
}

// mailServer is one that nothing reaches: what is no address fails before.
func mailServer(t *testing.T) mail.Sender {
	t.Helper()
	server, err := mail.ParseURL("smtp://127.0.0.1:1", "skein@quarry.example")
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func TestAnAdministratorSeesNoLinkOfAnAccount(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen, ines := h.as(h.person("Owen Pell", administrator)), h.person("Ines Calder")
	o := h.mailing()
	at := path.AdminPerson(string(ines))
	owen.get(at).says("main", "It goes to ines.calder@corriemere.example, and nobody else sees it.").lacks("main", "Show me the link")
	for _, step := range []string{"", "show"} {
		owen.post(path.InvitePerson(string(ines)), "step", step).goesTo(at)
		if m := o.one("ines.calder@corriemere.example"); !strings.Contains(m.Text, "Owen Pell had this link to a new password sent to you.") {
			t.Errorf("%+v", m)
		}
	}
}
