package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"

	"github.com/jackc/pgx/v5/pgxpool"

	"skein/internal/server"
	"skein/internal/watch"
)

// watchFlags say who may watch.
type watchFlags struct {
	Addr string `name:"metrics-addr" env:"SKEIN_METRICS_ADDR" placeholder:"HOST:PORT" help:"Where Prometheus finds /metrics, an address of its own; without one there are none."`
}

// check says what is wrong, beside the address that pages have.
func (f *watchFlags) check(pages string) error {
	if f.Addr != "" {
		if _, _, err := net.SplitHostPort(f.Addr); err != nil {
			return fmt.Errorf("--metrics-addr must be HOST:PORT: %w", err)
		}
		if _, port, _ := net.SplitHostPort(f.Addr); f.Addr == pages && port != "0" {
			return fmt.Errorf("--metrics-addr must be another address than --addr, not %s too", f.Addr)
		}
	}
	if to := os.Getenv(watch.TraceEnv); to != "" {
		return watch.CheckTraceURL(to) //nolint:wrapcheck // it is a sentence
	}
	return nil
}

// watching is what tells operators of a server.
type watching struct {
	build    server.Build
	metrics  *watch.Metrics
	listener *http.Server  // nil: nobody looks
	traces   *watch.Traces // nil: nobody asked for them
}

// listen opens an address; what is wrong with it is said under the setting's name.
func listen(setting, addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s: %s is taken by another program", setting, addr)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("%s: this machine has no address %s", setting, addr)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", setting, err)
	}
	return listener, nil
}

// watch begins to watch. stop is called when the numbers cannot be served any more.
func (f *watchFlags) watch(ctx context.Context, log *slog.Logger, stop context.CancelCauseFunc) (*watching, error) {
	build, err := built()
	if err != nil {
		return nil, err
	}
	w := &watching{build: build}
	if f.Addr != "" {
		listener, err := listen("SKEIN_METRICS_ADDR", f.Addr)
		if err != nil {
			return nil, err
		}
		w.metrics = watch.NewMetrics(build.Version, build.Commit, build.Schema)
		w.listener = answer(listener, w.metrics.Handler(log), log, stop)
		log.Info("metrics are served", "at", "http://"+listener.Addr().String()+watch.Path)
	}
	if os.Getenv(watch.TraceEnv) != "" {
		if w.traces, err = watch.NewTraces(ctx, log, build.Version); err != nil {
			return nil, errors.Join(err, w.close(ctx))
		}
		log.Info("traces are sent", "to", watch.TraceEnv)
	}
	return w, nil
}

// seen is what the server tells of requests; nil where nobody looks.
func (w *watching) seen() func(server.Seen) {
	if w.metrics == nil {
		return nil
	}
	return func(s server.Seen) { w.metrics.Seen(s.Route, s.Status, s.Took) }
}

// traced is what traces requests; nil where nobody does.
func (w *watching) traced() func(http.Handler) http.Handler {
	if w.traces == nil {
		return nil
	}
	return w.traces.Middleware
}

// pools are what connections are opened with.
func (w *watching) pools() []func(*pgxpool.Config) {
	if w.traces == nil {
		return nil
	}
	return []func(*pgxpool.Config){w.traces.Pool}
}

// open lets the numbers be looked up.
func (w *watching) open(db *database, b *background) {
	if w.metrics == nil {
		return
	}
	w.metrics.Open(watch.Sources{
		Figures: db.store.Figures, Pools: db.conns.ByName(), Size: b.follower.Size, Lag: b.follower.Lag,
	})
}

// close ends watching and sends what is left, as long as ctx allows. What a collector does not take is lost, which is no fault of
// the server's.
func (w *watching) close(ctx context.Context) error {
	if w.traces != nil {
		_ = w.traces.Close(ctx) // said in the log
	}
	if w.listener != nil {
		return w.listener.Close()
	}
	return nil
}
