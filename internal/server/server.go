// Package server is the way in: routes, sessions, handlers (one file a noun) and the one table
// that turns errors into pages. It alone knows chi.
package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/httprate"

	"skein/internal/board"
	"skein/internal/chooser"
	"skein/internal/intake"
	"skein/internal/mail"
	"skein/internal/passkey"
	"skein/internal/postgres"
	"skein/internal/sso"
)

// Config is what the server is told at start. Time and everything that runs beside it are handed in.
type Config struct {
	DB  *postgres.DB
	Log *slog.Logger
	// Chooser answers who suits what; nil makes one that reads everything.
	Chooser *chooser.Chooser
	// Board is where open leads are browsed; nil makes one on the chooser.
	Board *board.Board
	// Intake takes files in; nil makes one on the database.
	Intake *intake.Intake
	// Now is the clock on the wall. A demo's clock runs ahead of it; see Viewer.Now.
	Now func() time.Time
	// BaseURL is where browsers reach Skein; https makes cookies secure and turns HSTS on.
	BaseURL string
	// Demo lets anybody sign in as an invented person and skip ahead in time.
	Demo bool
	// Tick makes the moves that are due, at once: a demo does so after it skipped ahead.
	Tick func(ctx context.Context) error
	// Mail hands mail over, to try it; nil: none goes out from here.
	Mail mail.Sender
	// SSO is the organisation's provider of accounts; nil: it has none.
	SSO *sso.Provider
	// Seen is told of each request that was answered; it may be nil.
	Seen func(Seen)
	// Traced wraps what answers requests, behind the router's start, to trace it; it may be nil.
	Traced func(http.Handler) http.Handler
	// Build is which program this is.
	Build Build
	// Ready reports what is not ready yet beside the database, such as the index. It may be nil.
	Ready func(ctx context.Context) error
	// Passwords is how costly a guess is made; nil takes the default.
	Passwords *argon2id.Params
	// PageTime is the longest that a page may take; 0 takes the default.
	PageTime time.Duration
	// Secret seals cursors and links, SecretSize bytes long, the same on all servers; nil makes one that
	// nobody else knows.
	Secret []byte
	// Proxies lists the networks of reverse proxies whose X-Forwarded-For is believed.
	Proxies []string
}

// server holds what handlers share. It keeps no state of its own but how fast forms come: any number may run on one
// database.
type server struct {
	Config
	db       *postgres.DB
	chooser  *chooser.Chooser
	board    *board.Board
	sessions *scs.SessionManager
	secure   bool
	cursors  seal                  // places in the log
	stops    mail.Stops            // links that end mails
	attempts seal                  // sign-ins under way at the organisation's provider
	tries    []byte                // what tries to sign in are hashed with
	pace     *httprate.RateLimiter // of forms to sign in
	arrivals *httprate.RateLimiter // of ways to that provider and back
	keys     *passkey.Door         // where passkeys are made and asked for; nil: there can be none,
	noKeys   passkey.Impossible    // for this reason
}

// New returns Skein as a handler.
func New(cfg Config) http.Handler { return newServer(cfg).routes() }

func newServer(cfg Config) *server {
	cfg.Log = cmp.Or(cfg.Log, slog.New(slog.DiscardHandler))
	cfg.PageTime = cmp.Or(cfg.PageTime, pageTime)
	cfg.Passwords = cmp.Or(cfg.Passwords, costly)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Chooser == nil {
		cfg.Chooser = chooser.New(cfg.DB)
	}
	if cfg.Board == nil {
		cfg.Board = board.New(cfg.DB, cfg.Chooser)
	}
	if cfg.Intake == nil {
		cfg.Intake = &intake.Intake{DB: cfg.DB, Chooser: cfg.Chooser, Log: cfg.Log, Now: cfg.Now}
	}
	if len(cfg.Secret) == 0 {
		cfg.Secret = NewSecret()
	}
	s := &server{
		Config: cfg, db: cfg.DB, chooser: cfg.Chooser, board: cfg.Board, secure: strings.HasPrefix(cfg.BaseURL, "https://"),
		cursors: cursorsOf(cfg.Secret), stops: mail.NewStops(cfg.Secret), attempts: attemptsOf(cfg.Secret), tries: triesKey(cfg.Secret),
		pace: newPace(formsAMinute), arrivals: newPace(arrivalsAMinute),
	}
	s.keys, s.noKeys = passkey.At(cfg.BaseURL)
	s.sessions = s.newSessions()
	return s
}

// handler is a handler that may fail. What it returns as error becomes a page by the table in
// errors.go; then it must not have written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

// handle makes a handler fit for a route.
func (s *server) handle(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.fail(w, r, err)
		}
	}
}
