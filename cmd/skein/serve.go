package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"skein/internal/demo"
	"skein/internal/match"
	"skein/internal/server"
	"skein/web"
	"skein/web/path"
)

// How long requests may take to arrive and to be answered. What streams lifts the last one itself.
const (
	headTime  = 10 * time.Second
	readTime  = time.Minute
	writeTime = 2 * time.Minute
	idleTime  = 2 * time.Minute
	stopTime  = 20 * time.Second // longer than any act may take
	flushTime = 3 * time.Second  // for traces that were not sent yet
)

// How many connections pages may be given.
const (
	fewestConns = 4
	mostConns   = 1000
)

// serveCommand is the web server.
type serveCommand struct {
	Addr    string        `env:"SKEIN_ADDR" default:"localhost:8080" placeholder:"HOST:PORT" help:"Where to listen (default ${default})."`
	BaseURL string        `name:"base-url" env:"SKEIN_BASE_URL" placeholder:"URL" help:"Where browsers reach Skein, when it is not there; https makes cookies secure."`
	Proxy   []string      `name:"trusted-proxy" env:"SKEIN_TRUSTED_PROXY" placeholder:"NETWORK" help:"Network of a reverse proxy whose X-Forwarded-For is believed, as 10.0.0.0/8."`
	Secret  string        `env:"SKEIN_SECRET" placeholder:"BASE64" help:"32 bytes in base64, the same on all servers; without one it is made once and kept."`
	File    string        `name:"secret-file" env:"SKEIN_SECRET_FILE" type:"path" placeholder:"FILE" help:"A file with that secret in it."`
	Conns   int           `name:"db-conns" env:"SKEIN_DB_CONNS" placeholder:"N" help:"Connections that pages have (${usual_conns}); all else has ${other_conns} more at most."`
	Mail    mailFlags     `embed:""`
	OIDC    oidcFlags     `embed:""`
	Drain   time.Duration `env:"SKEIN_DRAIN" default:"1s" placeholder:"TIME" help:"How long it still answers once it is told to stop, and /readyz says so (default ${default})."`
	Log     logFlags      `embed:""`
	Watch   watchFlags    `embed:""`
	Demo    bool          `help:"A demo organisation that anybody may look around in. It is made when the database is empty."`
}

// Validate is called by kong once the flags are read.
func (c *serveCommand) Validate() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return fmt.Errorf("--addr must be HOST:PORT: %w", err)
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return errors.New("--base-url must be like https://skein.example.org")
		}
	}
	if c.Conns != 0 && (c.Conns < fewestConns || c.Conns > mostConns) {
		return fmt.Errorf("--db-conns must be %d to %d", fewestConns, mostConns)
	}
	if c.Drain < 0 || c.Drain > time.Hour {
		return errors.New("--drain must be a time such as 5s, an hour at most")
	}
	for _, network := range c.Proxy {
		if _, err := netip.ParsePrefix(network); err != nil {
			return fmt.Errorf("--trusted-proxy must be a network such as 10.0.0.0/8, not %q", network)
		}
	}
	return c.Watch.check(c.Addr)
}

// Run serves until it is told to stop, or until the private Postgres ends. It answers from the first
// moment: until the database is open, that it is starting.
func (c *serveCommand) Run(ctx context.Context, con *console, cfg *config) (err error) {
	listener, err := listen("SKEIN_ADDR", c.Addr) // before the database: a port in use is the commoner mistake
	if err != nil {
		return err
	}
	secret, err := givenSecret(c.Secret, c.File)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if c.BaseURL == "" {
		c.BaseURL = reachedAt(listener.Addr())
	}
	log := c.Log.log(con)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	watching, err := c.Watch.watch(ctx, log, stop)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTime)
		defer cancel()
		_ = watching.close(last)
	}()
	front := server.NewFront(c.config(server.Config{Log: log}, watching))
	answering := answer(listener, front, log, stop)
	defer func() { _ = answering.Close() }() // ended already, unless the way there failed
	cfg.conns, cfg.pools = c.Conns, watching.pools()
	db, err := openDatabase(ctx, cfg, con, "serve", toServe)
	if err != nil {
		return err
	}
	defer func() {
		if closing := db.close(ctx); err == nil {
			err = closing // else it only follows from what went wrong first
		}
	}()
	background, err := c.open(ctx, con, cfg, db, front, log, secret, watching)
	if err != nil {
		return err
	}
	return c.untilTold(ctx, db, answering, background)
}

// open makes what a server needs of its database, starts what runs beside the requests, and lets the
// front answer for good.
func (c *serveCommand) open(
	ctx context.Context, con *console, cfg *config, db *database, front *server.Front, log *slog.Logger, secret []byte, watching *watching,
) (*background, error) {
	if missing := web.VendorMissing(); len(missing) > 0 {
		log.Warn("pages are plainer: files that make fetches from npm are not built in", "missing", len(missing))
	}
	err := c.prepare(ctx, con, db)
	if err == nil && secret == nil {
		secret, err = keptSecret(ctx, cfg, db, log)
	}
	if err != nil {
		return nil, err
	}
	post, err := c.post(ctx, db, log, secret)
	if err != nil {
		return nil, err
	}
	provider := c.OIDC.provider(c.BaseURL, log)
	background, err := startBackground(ctx, db, log, c.Demo, post, provider)
	if err != nil {
		return nil, err
	}
	watching.open(db, background)
	front.Open(server.New(c.config(server.Config{
		DB: db.store, Log: log, Secret: secret,
		Tick: background.clock.Tick, Chooser: background.chooser, Board: background.board, Ready: background.ready,
		Mail: sender(post), SSO: provider,
	}, watching)))
	con.say("open " + c.BaseURL)
	return background, nil
}

// config is a server's configuration with what it is told from the first moment on.
func (c *serveCommand) config(cfg server.Config, watching *watching) server.Config {
	cfg.Now, cfg.BaseURL, cfg.Demo, cfg.Proxies = time.Now, c.BaseURL, c.Demo, c.Proxy
	cfg.Seen, cfg.Traced, cfg.Build = watching.seen(), watching.traced(), watching.build
	return cfg
}

// answer answers requests at once. When it cannot go on it says why.
func answer(listener net.Listener, handler http.Handler, log *slog.Logger, stop context.CancelCauseFunc) *http.Server {
	answering := &http.Server{
		Handler: handler, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: headTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: 64 << 10,
	}
	go func() {
		if err := answering.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			stop(err)
		}
	}()
	return answering
}

// untilTold waits until the server is told to stop or its database is lost. Then it says that it is not
// ready, goes on answering for a while, so that whoever hands requests out hears of it, and finishes
// what is under way.
func (c *serveCommand) untilTold(ctx context.Context, db *database, answering *http.Server, background *background) error {
	grace, why := stopTime, error(nil)
	select {
	case <-ctx.Done():
		background.leaving.Store(true)
		select {
		case <-time.After(c.Drain):
		case <-db.lost():
		}
	case <-db.lost():
		grace, why = time.Second, db.reason() // no request can be answered without the database
	case why = <-background.broke:
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err := errors.Join(answering.Shutdown(last), answering.Close(), background.stop(last))
	if cause := context.Cause(ctx); why == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		why = cause
	}
	if why != nil {
		return why // what came after it follows from it
	}
	return err
}

// prepare fills what must not be empty: the practices that situations ask for, a demo, or the link of the first administrator.
func (c *serveCommand) prepare(ctx context.Context, con *console, db *database) error {
	if err := db.store.Bulk.EnsurePractices(ctx, match.Practices()); err != nil {
		return err
	}
	if c.Demo {
		filled, err := demo.Seed(ctx, db.pool, time.Now())
		if filled {
			con.say("made the demo organisation")
		}
		if err != nil {
			return err
		}
	}
	org, err := db.store.Gameboard.Organisation(ctx)
	if err != nil {
		return err
	}
	token, hash := server.NewToken()
	first, err := db.store.Door.FirstInvitation(ctx, org.Itself(time.Now()), hash)
	if err != nil || !first {
		return err
	}
	con.hand("Nobody has an account yet. Open this link within a week to become the administrator; it works once",
		"link", strings.TrimSuffix(c.BaseURL, "/")+path.Invitation(token))
	return nil
}

// reachedAt is where a browser on this machine reaches a listener.
func reachedAt(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://" + addr.String()
	}
	if ip, err := netip.ParseAddr(host); err == nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
