package server

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"runtime"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/go-chi/httprate"

	"skein/internal/password"
	doordb "skein/internal/postgres/door"
)

// try notes that somebody tries to sign in. Whether they are heard, what comes back says.
func (s *server) try(r *http.Request, email string) (doordb.Tried, error) {
	tried, err := s.db.Door.Try(r.Context(), doordb.Try{
		Email: email, Device: deviceHash(r), Network: network(r), At: s.Now(), Key: s.tally,
	})
	if err == nil && tried.Wait > 0 {
		s.logRefused(r, tried.Key(), "too soon")
	}
	return tried, err
}

// refused notes that a try was heard and not right.
func (s *server) refused(r *http.Request, tried doordb.Tried) error {
	s.logRefused(r, tried.Key(), "not right")
	return s.db.Door.Refused(r.Context(), tried)
}

// logRefused writes down a try that led nowhere: from which network, and a hash by which tries at one account are
// found without naming it.
func (s *server) logRefused(r *http.Request, account []byte, why string) {
	s.Log.InfoContext(r.Context(), "sign-in refused", "request", requestID(r.Context()), "reason", why,
		"network", network(r), "account", hex.EncodeToString(account))
}

// tally is the keyed hash under which tries at something are counted: without the secret nobody can tell
// which address it is of.
func (s *server) tally(what, name string) []byte {
	mac := hmac.New(sha256.New, s.tries)
	mac.Write([]byte(what + "\x00" + name))
	return mac.Sum(nil)
}

// triesKey is what tries are hashed with.
func triesKey(secret []byte) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, "sign-in tries", sha256.Size)
	if err != nil {
		panic(err) // asks for more bytes than there are: a constant of ours
	}
	return key
}

// comeBack tells a browser when it is worth trying again.
func comeBack(w http.ResponseWriter, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	w.Header().Set("Retry-After", strconv.Itoa(max(1, seconds)))
}

// hurried tells whether one address sends more than it may, so that a flood of them costs nothing. A browser
// that is known is not held up by whoever else has its address.
func (s *server) hurried(w http.ResponseWriter, r *http.Request, pace *httprate.RateLimiter) (bool, error) {
	if !pace.OnLimit(w, r, place(r)) {
		return false, nil
	}
	if hash := deviceHash(r); hash != nil {
		known, err := s.db.Door.DeviceKnown(r.Context(), hash, s.Now())
		if known || err != nil {
			w.Header().Del("Retry-After")
			return false, err
		}
	}
	return true, nil
}

func newPace(aMinute int) *httprate.RateLimiter {
	return httprate.NewRateLimiter(aMinute, time.Minute, httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
}

// hashing bounds how many passwords are worked on at once: each takes 19 MiB.
var hashing = make(chan struct{}, max(2, runtime.NumCPU()))

// same tells whether a password is the one of a hash, and gives a new hash when the old one costs
// less than today's. Without a hash it does the same work in vain.
func (s *server) same(ctx context.Context, typed, hash string) (bool, string, error) {
	if hash == "" || len(typed) > utf8.UTFMax*password.Longest {
		typed, hash = "", s.nobody()
	}
	done, err := s.atWork(ctx)
	if err != nil {
		return false, "", err
	}
	defer done()
	same, params, err := argon2id.CheckHash(typed, hash)
	if err != nil || !same || typed == "" {
		return false, "", err
	}
	if params.Memory >= s.Passwords.Memory && params.Iterations >= s.Passwords.Iterations {
		return true, "", nil
	}
	hash, err = argon2id.CreateHash(typed, s.Passwords)
	return true, hash, err
}

// newHash hashes a new password.
func (s *server) newHash(ctx context.Context, password string) (string, error) {
	done, err := s.atWork(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(password, s.Passwords)
}

// atWork waits until a password may be worked on; done lets the next in.
func (s *server) atWork(ctx context.Context) (done func(), err error) {
	select {
	case hashing <- struct{}{}:
		return func() { <-hashing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
