package main

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"skein/internal/postgres/pgtest"
)

// takes is a mail server that takes anything but for whom it does not know.
type takes struct{ said chan string }

func (b takes) NewSession(*smtp.Conn) (smtp.Session, error) { return b, nil }
func (b takes) Mail(string, *smtp.MailOptions) error        { return nil }
func (b takes) Reset()                                      {}
func (b takes) Logout() error                               { return nil }

func (b takes) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nobody@") {
		return &smtp.SMTPError{Code: 550, Message: "no such user"}
	}
	return nil
}

func (b takes) Data(r io.Reader) error {
	said, err := io.ReadAll(r)
	b.said <- string(said)
	return err
}

func smtpServer(t *testing.T) (url string, said chan string) {
	t.Helper()
	b := takes{make(chan string, 10)}
	server := smtp.NewServer(b)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return "smtp://" + l.Addr().String(), b.said
}

func TestMailTestSaysWhatTheServerAnswered(t *testing.T) {
	t.Parallel()
	url, said := smtpServer(t)
	code, out, errs := runs(t, "mail", "test", "ines@water.example", "--smtp-url", url, "--base-url", "https://skein.example/")
	if code != exitDone || !strings.Contains(out, "took a mail to ines@water.example") {
		t.Fatalf("%d %q %q", code, out, errs)
	}
	if got := <-said; !strings.Contains(got, "multipart/alternative") || !strings.Contains(got, "https://skein.example/\r\n") || !strings.Contains(got, "Auto-Submitted: auto-generated") {
		t.Error(got)
	}
	for why, c := range map[string]struct {
		args []string
		says string
	}{
		"refused":     {[]string{"nobody@water.example", "--smtp-url", url}, "no such user"},
		"no address":  {[]string{"ines", "--smtp-url", url}, "is no e-mail address"},
		"no server":   {[]string{"ines@water.example"}, "SKEIN_SMTP_URL"},
		"nobody home": {[]string{"ines@water.example", "--smtp-url", "smtp://127.0.0.1:1"}, "connection refused"},
		"no url":      {[]string{"ines@water.example", "--smtp-url", "http://a:hush@h"}, "must be like smtp://"},
	} {
		code, _, errs := runs(t, append([]string{"mail", "test"}, c.args...)...)
		if code == exitDone || !strings.Contains(errs, c.says) || strings.Contains(errs, "hush") {
			t.Errorf("%s: %d %q", why, code, errs)
		}
	}
}

// TestADemoSendsNoMail: its people are invented, and somebody may have their addresses.
func TestADemoSendsNoMail(t *testing.T) {
	t.Parallel()
	url, _ := smtpServer(t)
	for _, c := range []struct {
		args  []string
		sends bool
	}{{[]string{"--smtp-url", url}, true}, {[]string{"--smtp-url", url, "--demo"}, false}, {nil, false}} {
		database := pgtest.Empty(t)
		_, _, stop := serving(t, append([]string{"--database-url=" + database}, c.args...)...)
		db, err := openAs(t, &config{DatabaseURL: database}, toUse)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := db.store.Mail.Standing(t.Context(), time.Now()); err != nil || s.Sending != c.sends {
			t.Errorf("%v: %+v, %v", c.args, s, err)
		}
		stop()
	}
}
