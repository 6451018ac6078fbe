package browser_test

import (
	"context"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"skein/internal/chooser"
	"skein/internal/jobs"
	skeinmail "skein/internal/mail"
	"skein/internal/postgres"
	"skein/internal/postgres/pgtest"
	"skein/internal/server"
	"skein/internal/skein"
)

// letters is a mail server that keeps what it takes.
type letters struct {
	mu   sync.Mutex
	took []letter
}

type letter struct{ to, subject, says string }

func newLetters(t *testing.T) (*letters, string) {
	t.Helper()
	l := &letters{}
	s := smtp.NewServer(l)
	s.Domain = "localhost"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(func() { _ = s.Close() })
	return l, "smtp://" + listener.Addr().String()
}

// NewSession takes a conversation.
func (l *letters) NewSession(*smtp.Conn) (smtp.Session, error) { return &talk{letters: l}, nil }

type talk struct {
	*letters
	to string
}

func (t *talk) Mail(string, *smtp.MailOptions) error      { return nil }
func (t *talk) Rcpt(to string, _ *smtp.RcptOptions) error { t.to = to; return nil }
func (t *talk) Reset()                                    {}
func (t *talk) Logout() error                             { return nil }
func (t *talk) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.took = append(t.took, letter{t.to, m.Header.Get("Subject"), strings.ReplaceAll(string(body), "\r\n", "\n")})
	return nil
}

// wait waits for a mail to an address that says something.
func (l *letters) wait(t *testing.T, to, says string) letter {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		l.mu.Lock()
		for _, one := range l.took {
			if one.to == to && strings.Contains(strings.ReplaceAll(one.says, "\u00a0", " "), says) {
				l.mu.Unlock()
				return one
			}
		}
		l.mu.Unlock()
	}
	t.Fatalf("no mail to %s that says %q: %+v", to, says, l.took)
	return letter{}
}

// act is where the button of a mail leads: the first link below what it is called.
func (m letter) act(t *testing.T, label string) string {
	t.Helper()
	_, after, found := strings.Cut(m.says, "\n"+label)
	_, after, _ = strings.Cut(after, ":\n")
	link, _, _ := strings.Cut(after, "\n")
	if !found || !strings.HasPrefix(link, "http://") {
		t.Fatalf("no %q leads anywhere in\n%s", label, m.says)
	}
	return link
}

// office is Skein on an empty database that sends mail, with a clock that runs and that the test moves ahead.
type office struct {
	*house
	*letters
	ahead atomic.Int64
	first string // the first link
}

func newOffice(t *testing.T) *office {
	t.Helper()
	ctx := context.Background()
	pool := pgtest.New(t)
	db := postgres.New(pool)
	o := &office{house: &house{t: t, pool: pool}}
	var at string
	o.letters, at = newLetters(t)
	smtpServer, err := skeinmail.ParseURL(at, "Skein <skein@quarry.example>")
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Now().Add(time.Duration(o.ahead.Load())) }
	web := httptest.NewUnstartedServer(nil)
	o.url = "http://" + web.Listener.Addr().String()
	secret, quiet := make([]byte, 32), slog.New(slog.DiscardHandler)
	post := &skeinmail.Post{DB: db, Sender: smtpServer, BaseURL: o.url, Stops: skeinmail.NewStops(secret), Links: skeinmail.NewLinks(secret), Now: now}
	clock, err := jobs.New(jobs.Config{Pool: pool, DB: db, Chooser: chooser.New(db), Log: quiet, Now: now, Mail: post})
	if err == nil {
		err = db.Mail.SetSending(ctx, true)
	}
	if err == nil {
		err = clock.Start(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stopping, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		_ = clock.Stop(stopping)
	})
	web.Config.Handler = server.New(server.Config{DB: db, Log: quiet, Now: now, BaseURL: o.url, Passwords: cheap, Secret: secret, Mail: smtpServer})
	web.Start()
	t.Cleanup(web.Close)
	token, hash := server.NewToken()
	if first, err := db.Door.FirstInvitation(ctx, skein.Itself(now(), time.UTC), hash); err != nil || !first {
		t.Fatalf("first link: %v, %v", first, err)
	}
	o.first = o.url + "/invitations/" + token
	return o
}

// exec runs SQL that must work.
func (o *office) exec(sql string, args ...any) {
	o.t.Helper()
	if _, err := o.pool.Exec(context.Background(), sql, args...); err != nil {
		o.t.Fatalf("%s: %v", sql, err)
	}
}
