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
	stopTime  = 10 * time.Second
)

// serveCommand is the web server.
type serveCommand struct {
	Addr    string   `env:"SKEIN_ADDR" default:"localhost:8080" placeholder:"HOST:PORT" help:"Where to listen (default ${default})."`
	BaseURL string   `name:"base-url" env:"SKEIN_BASE_URL" placeholder:"URL" help:"Where browsers reach Skein, when it is not there; https makes cookies secure."`
	Proxy   []string `name:"trusted-proxy" env:"SKEIN_TRUSTED_PROXY" placeholder:"NETWORK" help:"Network of a reverse proxy whose X-Forwarded-For is believed, as 10.0.0.0/8."`
	Secret  string   `env:"SKEIN_SECRET" placeholder:"BASE64" help:"32 bytes in base64, the same on all servers; without one it is made once and kept."`
	File    string   `name:"secret-file" env:"SKEIN_SECRET_FILE" type:"path" placeholder:"FILE" help:"A file with that secret in it."`
	Demo    bool     `help:"A demo organisation that anybody may look around in. It is made when the database is empty."`
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
	for _, network := range c.Proxy {
		if _, err := netip.ParsePrefix(network); err != nil {
			return fmt.Errorf("--trusted-proxy must be a network such as 10.0.0.0/8, not %q", network)
		}
	}
	return nil
}

// Run serves until it is told to stop, or until the private Postgres ends.
func (c *serveCommand) Run(ctx context.Context, con *console, cfg *config) (err error) {
	listener, err := net.Listen("tcp", c.Addr) // before the database: a port in use is the commoner mistake
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // closed already, unless the way here failed
	secret, err := givenSecret(c.Secret, c.File)
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, cfg, con, "serve", toServe)
	if err != nil {
		return err
	}
	defer func() {
		if closing := db.close(ctx); err == nil {
			err = closing // else it only follows from what went wrong first
		}
	}()
	if c.BaseURL == "" {
		c.BaseURL = reachedAt(listener.Addr())
	}
	log := slog.New(slog.NewTextHandler(con.err, nil))
	if missing := web.VendorMissing(); len(missing) > 0 {
		log.Warn("pages are plainer: files that make fetches from npm are not built in", "missing", len(missing))
	}
	if err := c.prepare(ctx, con, db); err != nil {
		return err
	}
	if secret == nil {
		if secret, err = keptSecret(ctx, cfg, db, log); err != nil {
			return err
		}
	}
	return c.serve(ctx, con, db, listener, log, secret)
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
	fmt.Fprintf(con.out, "Nobody has an account yet. Open this link within a week to become the administrator; it works once:\n%s\n",
		strings.TrimSuffix(c.BaseURL, "/")+path.Invitation(token))
	return nil
}

// serve answers requests and does what is due, side by side.
func (c *serveCommand) serve(ctx context.Context, con *console, db *database, listener net.Listener, log *slog.Logger, secret []byte) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	background, err := startBackground(ctx, db, log, c.Demo)
	if err != nil {
		return err
	}
	handler := server.New(server.Config{
		DB: db.store, Log: log, Now: time.Now, BaseURL: c.BaseURL, Demo: c.Demo, Proxies: c.Proxy, Secret: secret,
		Tick: background.clock.Tick, Chooser: background.chooser, Board: background.board, Ready: background.follower.Ready,
	})
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
	con.say("open " + c.BaseURL)
	grace := stopTime
	select {
	case <-ctx.Done():
	case <-db.lost():
		grace = time.Second // no request can be answered without the database
		stop(db.reason())
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err = errors.Join(answering.Shutdown(last), background.stop(last))
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause // what came after it follows from it
	}
	return err
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
