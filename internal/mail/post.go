package mail

import (
	"context"
	"crypto/rand"
	"net/url"
	"strings"
	"time"

	"skein/internal/board"
	"skein/internal/calendar"
	"skein/internal/postgres"
	doordb "skein/internal/postgres/door"
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
	Links   Links
	// Suits finds open leads that suit somebody, of those that opened since; nil: none are looked for.
	Suits func(ctx context.Context, person skein.PersonID, today skein.Date, since time.Time) ([]board.Suggestion, error)
	Now   func() time.Time
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
	if l.Door != nil {
		return p.writeDoor(ctx, v, l)
	}
	said, which := page.Mail{}, AtOnce
	if l.Week != nil {
		could, err := p.suits(ctx, v, *l.Week)
		if err != nil {
			return Message{}, err
		}
		if l.Week.Empty() && len(could) == 0 {
			return Message{}, maildb.ErrNothing
		}
		said, which = view.WeekMail(v, *l.Week, could), Weekly
	} else {
		said = view.NoticeMail(v, *l.Notice, l.Lead)
	}
	m, err := said.Written(ctx, p.BaseURL)
	return Message{
		ID: l.ID + "@" + HostOf(p.BaseURL), ToName: l.Viewer.Person.Name, To: l.Email, Calendar: p.calendar(v, l),
		Subject: said.Subject, Text: m.Text, HTML: m.HTML,
		Stop: strings.TrimSuffix(p.BaseURL, "/") + path.StopMail(p.Stops.Token(l.Key, which)),
	}, err
}

// suits are new leads that could be theirs.
func (p *Post) suits(ctx context.Context, v view.Viewer, w maildb.Week) ([]board.Suggestion, error) {
	if p.Suits == nil || v.Person.WelcomedAt.IsZero() {
		return nil, nil // whoever has not said yet what they can do is asked for that at home
	}
	return p.Suits(ctx, v.Person.ID, v.Today(), w.Since)
}

// calendar is what a mail brings for a calendar: until when an offer is answered. Nil: nothing.
func (p *Post) calendar(v view.Viewer, l maildb.Letter) []byte {
	if l.Notice == nil || l.Notice.Kind != skein.NoticeOffer || l.Notice.By.IsZero() {
		return nil
	}
	e := view.OfferDate(*l.Notice, strings.TrimSuffix(p.BaseURL, "/"))
	return calendar.Write("Skein at "+v.Org.Name, HostOf(p.BaseURL), []calendar.Event{e})
}

// writeDoor puts a mail of the door into words. From then on its link works.
func (p *Post) writeDoor(ctx context.Context, v view.Viewer, l maildb.Letter) (Message, error) {
	link := ""
	if l.Door.Link != "" {
		token := p.Links.Token(l.Door.Link)
		if err := l.Door.Keep(ctx, doordb.TokenHash(token)); err != nil {
			return Message{}, err
		}
		link = path.Invitation(token)
		if l.Door.Kind == maildb.DoorConfirm {
			link = path.ConfirmAddress(token)
		}
	}
	said := view.DoorMail(v, *l.Door, link)
	m, err := said.Written(ctx, p.BaseURL)
	return Message{ID: l.ID + "@" + HostOf(p.BaseURL), ToName: l.Door.Name, To: l.Email, Subject: said.Subject, Text: m.Text, HTML: m.HTML}, err
}

// Forgotten has a link for a new password mailed to an address that was typed at the door, if somebody signs in with it.
func (p *Post) Forgotten(ctx context.Context, email string) error {
	org, err := p.DB.Gameboard.Organisation(ctx)
	if err != nil {
		return err
	}
	return p.DB.Door.Forgotten(ctx, org.Itself(p.Now()), email)
}

// HostOf is whose Skein it is, in ids of mails and of dates.
func HostOf(base string) string {
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
		ID: rand.Text() + "@" + HostOf(base), To: address, Subject: said.Subject, Text: m.Text, HTML: m.HTML,
	})
}
