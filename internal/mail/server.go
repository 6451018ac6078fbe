// Package mail is what goes out by mail: from what waits in the store to a message that a mail server took.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	maildb "skein/internal/postgres/mail"
)

// patience is the longest that a mail server may take for one mail: shorter than a job may take.
const patience = 20 * time.Second

// The ports where mail servers take mail from programs.
const (
	submission  = 587
	submissions = 465
)

// Server is a mail server to which mail is handed, and from whom it is.
type Server struct {
	host     string
	port     int
	implicit bool // TLS from the first byte
	user     string
	password string
	from     mail.Address

	patience time.Duration
	tls      *tls.Config // nil: what the machine trusts
}

// ParseURL reads where the mail server is: smtp://user:password@host:587, or smtps://. From is the address that mail
// is from, with a name or without one; empty: skein@ the server's host. What is wrong is said without the password.
func ParseURL(at, from string) (*Server, error) {
	u, err := url.Parse(at)
	if err != nil {
		return nil, errors.New("SKEIN_SMTP_URL is no address such as smtp://user:password@mail.example.org:587; in a password / is written %2F, ? %3F, # %23, @ %40 and % %25")
	}
	s := &Server{host: u.Hostname(), implicit: u.Scheme == "smtps", port: submission, user: u.User.Username(), patience: patience}
	s.password, _ = u.User.Password()
	if s.implicit {
		s.port = submissions
	}
	if u.Scheme != "smtp" && u.Scheme != "smtps" || s.host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return nil, errors.New("SKEIN_SMTP_URL must be like smtp://user:password@mail.example.org:587, or begin with smtps://")
	}
	if u.Port() != "" {
		if s.port, err = strconv.Atoi(u.Port()); err != nil || s.port < 1 || s.port > 65535 {
			return nil, errors.New("SKEIN_SMTP_URL names no port")
		}
	}
	if (s.user == "") != (s.password == "") {
		return nil, errors.New("SKEIN_SMTP_URL has a user without a password, or a password without a user")
	}
	if from == "" {
		from = "skein@" + s.host
		if net.ParseIP(s.host) != nil {
			from = "skein@localhost"
		}
	}
	address, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("SKEIN_MAIL_FROM must be an address such as skein@example.org, not %q", from)
	}
	s.from = *address
	return s, nil
}

// String names the server without its password.
func (s *Server) String() string { return net.JoinHostPort(s.host, strconv.Itoa(s.port)) }

// client is one conversation. With a password TLS is demanded: it is never said without.
func (s *Server) client() (*gomail.Client, error) {
	options := []gomail.Option{gomail.WithPort(s.port), gomail.WithTimeout(s.patience), gomail.WithTLSPolicy(gomail.TLSOpportunistic)}
	if s.implicit {
		options = append(options, gomail.WithSSL())
	}
	if s.user != "" {
		options = append(options,
			gomail.WithTLSPolicy(gomail.TLSMandatory), gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.user), gomail.WithPassword(s.password))
	}
	if s.tls != nil {
		options = append(options, gomail.WithTLSConfig(s.tls))
	}
	return gomail.NewClient(s.host, options...)
}

// Send hands one message over. Once it returns nil the server has taken it. An address that the server will never have
// is a maildb.RefusedError, a mail that it will never have a maildb.TurnedDownError; anything else may work later, and says why in plain words.
func (s *Server) Send(ctx context.Context, m Message) error {
	msg, err := m.encode(s.from)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	if err := client.DialWithContext(ctx); err != nil {
		return s.plain("does not answer as it should", err)
	}
	err = client.Send(msg)
	_ = client.Close() // it has the message, or has not: how it says goodbye changes nothing
	if err == nil {
		return nil
	}
	failed, ok := errors.AsType[*gomail.SendError](err)
	if ok && failed.Reason == gomail.ErrSMTPRcptTo && failed.ErrorCode() >= 500 {
		return maildb.RefusedError{Says: s.reply(err)}
	}
	says := s.plain("did not take a mail", err)
	if ok && (failed.Reason == gomail.ErrSMTPData || failed.Reason == gomail.ErrSMTPDataClose) && failed.ErrorCode() >= 500 {
		return maildb.TurnedDownError{Says: says.Error()}
	}
	return says
}

// plain says what went wrong with the server, and what it said.
func (s *Server) plain(what string, err error) error {
	var timeout net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() || strings.Contains(err.Error(), "i/o timeout"):
		return fmt.Errorf("the mail server %s does not answer in time", s)
	case strings.Contains(err.Error(), "STARTTLS"):
		return fmt.Errorf("the mail server %s offers no TLS, without which no password is sent", s)
	}
	return fmt.Errorf("the mail server %s %s: %s", s, what, s.reply(err))
}

// reply is what the server said, or why nothing could be heard of it: one line, no longer than it is read, and
// without the password, which a server may echo.
func (s *Server) reply(err error) string {
	says := err.Error()
	if dial, ok := errors.AsType[*net.OpError](err); ok {
		says = dial.Err.Error()
	} else if _, after, found := strings.Cut(says, ": "); found {
		says, _, _ = strings.Cut(after, ", affected ")
	}
	if s.password != "" {
		says = strings.ReplaceAll(says, s.password, "***")
	}
	says = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(says, "?"), `"`, "")), " ")
	if runes := []rune(says); len(runes) > 200 {
		says = string(runes[:200]) + "…"
	}
	return says
}
