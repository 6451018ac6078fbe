package mail

import (
	"context"
	"crypto/rand"
	"net/url"
	"strings"
	"time"

	"skein/internal/postgres"
	maildb "skein/internal/postgres/mail"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// Sender hands one message over. It tells of an address that is refused by maildb.RefusedError.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Post writes what waits to be mailed and hands it over.
type Post struct {
	DB      *postgres.DB
	Sender  Sender
	BaseURL string // where browsers reach Skein
	Stops   Stops
	Now     func() time.Time
}

// Deliver sends a mail, unless it is settled meanwhile. Where the mail server does not take it, the error is a
// maildb.FailedError and it waits.
func (p *Post) Deliver(ctx context.Context, id string) error {
	now := p.Now()
	return p.DB.Mail.Deliver(ctx, now, id, func(ctx context.Context, l maildb.Letter) error {
		m, err := p.write(ctx, now, l)
		if err != nil {
			return err
		}
		return p.Sender.Send(ctx, m)
	})
}

// write puts a letter into words.
func (p *Post) write(ctx context.Context, now time.Time, l maildb.Letter) (Message, error) {
	v := view.Viewer{
		Person: l.Viewer.Person, Hats: l.Viewer.Hats, Org: l.Viewer.Organisation, Stewards: l.Viewer.Stewards,
		Now: now.In(l.Viewer.Organisation.Location()),
	}
	said, which := page.Mail{}, AtOnce
	if l.Week != nil {
		said, which = view.WeekMail(v, *l.Week), Weekly
	} else {
		said = view.NoticeMail(v, *l.Notice, l.Lead)
	}
	m, err := said.Written(ctx, p.BaseURL)
	return Message{
		ID: l.ID + "@" + hostOf(p.BaseURL), ToName: l.Viewer.Person.Name, To: l.Email,
		Subject: said.Subject, Text: m.Text, HTML: m.HTML,
		Stop: strings.TrimSuffix(p.BaseURL, "/") + path.StopMail(p.Stops.Token(l.Viewer.Person.ID, which)),
	}, err
}

func hostOf(base string) string {
	if u, err := url.Parse(base); err == nil && u.Hostname() != "" {
		return u.Hostname()
	}
	return "localhost"
}

// Test sends one mail by which somebody sees that mail arrives.
func Test(ctx context.Context, to Sender, org skein.Organisation, base, address string, now time.Time) error {
	said := view.TestMail(org, now)
	m, err := said.Written(ctx, base)
	if err != nil {
		return err
	}
	return to.Send(ctx, Message{
		ID: rand.Text() + "@" + hostOf(base), To: address, Subject: said.Subject, Text: m.Text, HTML: m.HTML,
	})
}
