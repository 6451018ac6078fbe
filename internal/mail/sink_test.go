package mail

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// sink is a mail server that keeps what it takes.
type sink struct {
	addr    string
	trusted *tls.Config // what trusts its certificate; nil: it offers no TLS

	mu       sync.Mutex
	took     []*mail.Message
	bodies   []string
	to       []string
	secure   []bool // whether each was handed over within TLS
	signedIn []string

	rcpt func(to string) error // refuses recipients
	data func() error          // refuses what was said, or takes its time
}

func (s *sink) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.took)
}

func (s *sink) ids() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for _, m := range s.took {
		ids = append(ids, m.Header.Get("Message-Id"))
	}
	return ids
}

// newSink starts one, with STARTTLS where secure.
func newSink(t *testing.T, secure bool, change ...func(*smtp.Server)) *sink {
	t.Helper()
	s := &sink{}
	server := smtp.NewServer(s)
	server.Domain, server.AllowInsecureAuth = "localhost", true
	if secure {
		server.TLSConfig, s.trusted = certified(t)
	}
	for _, c := range change {
		c(server)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

// certified is a certificate of this machine, and what trusts it.
func certified(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12},
		&tls.Config{RootCAs: pool, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}

// NewSession takes a conversation.
func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) { return &talk{sink: s, conn: c}, nil }

type talk struct {
	sink *sink
	conn *smtp.Conn
	to   string
}

func (t *talk) AuthMechanisms() []string { return []string{sasl.Plain} }

func (t *talk) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "open sesame" {
			return errors.New("wrong password: " + password)
		}
		t.sink.mu.Lock()
		defer t.sink.mu.Unlock()
		t.sink.signedIn = append(t.sink.signedIn, user)
		return nil
	}), nil
}

func (t *talk) Mail(string, *smtp.MailOptions) error { return nil }

func (t *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	t.to = to
	if t.sink.rcpt != nil {
		return t.sink.rcpt(to)
	}
	return nil
}

func (t *talk) Data(r io.Reader) error {
	if t.sink.data != nil {
		if err := t.sink.data(); err != nil {
			return err
		}
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	_, encrypted := t.conn.TLSConnectionState()
	t.sink.mu.Lock()
	defer t.sink.mu.Unlock()
	t.sink.took, t.sink.bodies = append(t.sink.took, m), append(t.sink.bodies, string(body))
	t.sink.to, t.sink.secure = append(t.sink.to, t.to), append(t.sink.secure, encrypted)
	return nil
}

func (t *talk) Reset()        {}
func (t *talk) Logout() error { return nil }

// at is a server to send to.
// tlsListener is TLS from the first byte.
func tlsListener(l net.Listener, c *tls.Config) net.Listener { return tls.NewListener(l, c) }

func (s *sink) at(t *testing.T, signIn string) *Server {
	t.Helper()
	server, err := ParseURL("smtp://"+signIn+s.addr, "Skein <skein@water.example>")
	if err != nil {
		t.Fatal(err)
	}
	server.tls = s.trusted
	return server
}

// decoded is what a body says in its text.
func decoded(t *testing.T, body string) string {
	t.Helper()
	plain, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(body)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(plain), "\r\n", "\n"), "\u00a0", " ")
}
