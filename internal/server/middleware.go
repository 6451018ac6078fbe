package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"
)

// pageTime is the longest that a page may take before its database calls are given up. An act may
// take three times as long: when a thousand come at once, a late answer beats none.
const pageTime = 5 * time.Second

type requestKey struct{}

// requestID is the number by which a request is found in the log.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// number gives each request a number of ours; what a client sends is not believed.
func number(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()[:12]
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, id)))
	})
}

// recovered turns a panic into the page for what broke on our side.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			what := recover()
			if what == nil {
				return
			}
			if err, ok := what.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(what)
			}
			s.fail(w, r, fmt.Errorf("panic: %v\n%s", what, debug.Stack()))
		}()
		next.ServeHTTP(w, r)
	})
}

// readable refuses addresses that hold what the database cannot keep.
func (s *server) readable(next http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		bad := !speakable(r.URL.Path)
		for name, values := range queryOf(r) {
			for _, value := range append(values, name) {
				bad = bad || !speakable(value)
			}
		}
		if bad {
			return badRequest{"This address is not whole. Follow the link again."}
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

// queryOf is what an address asks; most ask nothing.
func queryOf(r *http.Request) url.Values {
	if r.URL.RawQuery == "" {
		return nil
	}
	return r.URL.Query()
}

// within bounds how long a page may take; what streams is routed outside of it.
func within(page time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			limit := page
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				limit = 3 * page
			}
			ctx, cancel := context.WithTimeout(r.Context(), limit)
			defer cancel()
			next.ServeHTTP(w, r.WithContext(ctx))
		})
	}
}

// securityHeaders lists the headers of every page, by their canonical names: the same few words are sent with
// each.
var securityHeaders = []struct {
	name string
	says []string
}{
	{"Content-Security-Policy", []string{"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"X-Frame-Options", []string{"DENY"}},
	{"Referrer-Policy", []string{"same-origin"}},
	{"Permissions-Policy", []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=()"}},
	{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
}

// guarded sets the headers that tell browsers what pages of ours never do.
func (s *server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, one := range securityHeaders {
			h[one.name] = one.says
		}
		if s.secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}
