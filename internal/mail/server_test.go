package mail

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	maildb "skein/internal/postgres/mail"
)

var letter = Message{
	ID: "one@skein.example", ToName: "Ines Duarte", To: "ines@water.example", Subject: "You were chosen", Text: "You were chosen.\n", HTML: "<p>You were chosen.</p>",
	Stop: "https://skein.example/mail/stop/abc",
}

func TestAMailIsHandedOverWithinTLSWhereItIsOffered(t *testing.T) {
	t.Parallel()
	for name, secure := range map[string]bool{"offered": true, "not offered": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSink(t, secure)
			if err := s.at(t, "").Send(t.Context(), letter); err != nil {
				t.Fatal(err)
			}
			if s.count() != 1 || s.secure[0] != secure || s.to[0] != "ines@water.example" {
				t.Fatalf("%d, %v, %v", s.count(), s.secure, s.to)
			}
			h := s.took[0].Header
			for header, want := range map[string]string{
				"Message-Id": "<one@skein.example>", "Auto-Submitted": "auto-generated", "Subject": "You were chosen",
				"List-Unsubscribe": "<https://skein.example/mail/stop/abc>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
				"From": `"Skein" <skein@water.example>`, "To": `"Ines Duarte" <ines@water.example>`,
			} {
				if h.Get(header) != want {
					t.Errorf("%s: %q", header, h.Get(header))
				}
			}
			if !strings.HasPrefix(h.Get("Content-Type"), "multipart/alternative") || !strings.Contains(s.bodies[0], "<p>You were chosen.</p>") {
				t.Errorf("%s\n%s", h.Get("Content-Type"), s.bodies[0])
			}
		})
	}
}

func TestNoPasswordIsSaidWithoutTLS(t *testing.T) {
	t.Parallel()
	open := newSink(t, false)
	err := open.at(t, "skein:open%20sesame@").Send(t.Context(), letter)
	if err == nil || !strings.Contains(err.Error(), "offers no TLS") || len(open.signedIn) > 0 || open.count() > 0 {
		t.Errorf("%v, %v", err, open.signedIn)
	}
	closed := newSink(t, true)
	if err := closed.at(t, "skein:open%20sesame@").Send(t.Context(), letter); err != nil || len(closed.signedIn) != 1 {
		t.Errorf("%v, %v", err, closed.signedIn)
	}
	err = closed.at(t, "skein:hush%20hush@").Send(t.Context(), letter)
	if err == nil || strings.Contains(err.Error(), "hush") {
		t.Errorf("a wrong password: %v", err)
	}
	// A certificate that nobody trusts is no TLS.
	server := closed.at(t, "skein:open%20sesame@")
	server.tls = nil
	if err := server.Send(t.Context(), letter); err == nil || len(closed.signedIn) != 1 {
		t.Errorf("%v, %v", err, closed.signedIn)
	}
}

func TestTLSFromTheFirstByte(t *testing.T) {
	t.Parallel()
	s := &sink{}
	serves, trusts := certified(t)
	backend := smtp.NewServer(s)
	backend.TLSConfig, backend.Addr = serves, "127.0.0.1:0"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = backend.Serve(tlsListener(l, serves)) }()
	t.Cleanup(func() { _ = backend.Close() })
	server, err := ParseURL("smtps://skein:open%20sesame@"+l.Addr().String(), "skein@water.example")
	if err != nil {
		t.Fatal(err)
	}
	server.tls = trusts
	if err := server.Send(t.Context(), letter); err != nil || s.count() != 1 || !s.secure[0] {
		t.Errorf("%v, %v", err, s.secure)
	}
}

func TestARefusedAddressIsToldFromAServerThatFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change  func(*sink)
		refused bool
		says    string
	}{
		"no such mailbox": {func(s *sink) {
			s.rcpt = func(string) error { return &smtp.SMTPError{Code: 550, Message: "no such user here"} }
		}, true, "550 5.0.0 no such user here"},
		"come again": {func(s *sink) {
			s.rcpt = func(string) error { return &smtp.SMTPError{Code: 450, Message: "greylisted"} }
		}, false, "450 4.0.0 greylisted"},
		"not like that": {func(s *sink) {
			s.data = func() error { return &smtp.SMTPError{Code: 554, Message: "spam"} }
		}, false, "554 5.0.0 spam"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSink(t, true)
			c.change(s)
			err := s.at(t, "").Send(t.Context(), letter)
			refused, is := errors.AsType[maildb.RefusedError](err)
			if err == nil || is != c.refused || !strings.Contains(err.Error(), c.says) || is && refused.Says != c.says {
				t.Fatalf("%v", err)
			}
			if _, no := errors.AsType[maildb.TurnedDownError](err); no != (name == "not like that") {
				t.Errorf("for good: %v, %v", no, err)
			}
			s.rcpt, s.data = nil, nil
			if err := s.at(t, "").Send(t.Context(), letter); err != nil || s.count() != 1 {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

func TestAServerThatIsDownOrSilentIsSaidSo(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() }) // takes connections and says nothing
	server, err := ParseURL("smtp://"+l.Addr().String(), "skein@water.example")
	if err != nil {
		t.Fatal(err)
	}
	server.patience = 200 * time.Millisecond
	began := time.Now()
	err = server.Send(context.Background(), letter)
	if err == nil || !strings.Contains(err.Error(), "does not answer in time") || time.Since(began) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
	_ = l.Close()
	err = server.Send(context.Background(), letter)
	if err == nil || !strings.Contains(err.Error(), "refused") {
		t.Errorf("%v", err)
	}
	slow := newSink(t, false)
	slow.data = func() error { time.Sleep(time.Second); return nil }
	server = slow.at(t, "")
	server.patience = 200 * time.Millisecond
	if err := server.Send(context.Background(), letter); err == nil || !strings.Contains(err.Error(), "in time") {
		t.Errorf("%v", err)
	}
}

func TestNamesBeginNoHeader(t *testing.T) {
	t.Parallel()
	s := newSink(t, false)
	m := letter
	m.ToName = "Ines\r\nBcc: all@water.example"
	m.Subject = "Leak\r\nX-Mine: yes\u2028Sensors\x00"
	if err := s.at(t, "").Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	h := s.took[0].Header
	if h.Get("Bcc") != "" || h.Get("X-Mine") != "" || h.Get("Subject") != "Leak X-Mine: yes Sensors" || s.count() != 1 {
		t.Errorf("%v", h)
	}
	m.To = "ines@water.example>\r\nRCPT TO:<all@water.example"
	if err := s.at(t, "").Send(t.Context(), m); err == nil || s.count() != 1 {
		t.Errorf("an address that is two: %v", err)
	}
}

func TestWhatTheServersAddressMayBe(t *testing.T) {
	t.Parallel()
	for at, port := range map[string]int{
		"smtp://mail.example.org": 587, "smtps://mail.example.org": 465, "smtp://a:b@mail.example.org:2525/": 2525, "smtp://[::1]:25": 25,
	} {
		s, err := ParseURL(at, "")
		if err != nil || s.port != port {
			t.Errorf("%s: %v, %v", at, s, err)
		}
	}
	for _, at := range []string{"mail.example.org:25", "http://mail.example.org", "smtp://", "smtp://hush@h", "smtp://a:hush@h/x", "smtp://a:hush@h:0", "smtp://a:hu%zzsh@h", "smtp://h?hush=1"} {
		if _, err := ParseURL(at, ""); err == nil || strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "hu%zz") {
			t.Errorf("%s: %v", at, err)
		}
	}
	if _, err := ParseURL("smtp://h", "not an address"); err == nil {
		t.Error("from anywhere")
	}
}
