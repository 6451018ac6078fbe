package server

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"

	doordb "skein/internal/postgres/door"
	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
	"skein/web/path"
)

// How long a session lasts: a week at most, and a day and a half untouched. Being used is noted
// once an hour, so that a page does not write.
const (
	sessionLife = 7 * 24 * time.Hour
	sessionIdle = 36 * time.Hour
	sessionNote = time.Hour
)

// What a session holds.
const (
	keyPerson = "person"
	keyEpoch  = "epoch" // of its person's account, which signing out everywhere raises
	keySeen   = "seen"
	keyProved = "proved" // when its person last showed who they are, in seconds
	keySecond = "second" // true: they showed a second step in it
)

// costly is what a guess at a password costs by default: 19 MiB twice over, as OWASP advises.
var costly = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword hashes a password for an account that is made without a page.
func HashPassword(password string) (string, error) { return argon2id.CreateHash(password, costly) }

// nobody is a hash that no password has, as costly to check as any. It stands in for a missing account's,
// so that the time of an answer does not tell whether an address has an account.
func (s *server) nobody() string {
	b := make([]byte, s.Passwords.SaltLength+s.Passwords.KeyLength)
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", s.Passwords.Memory, s.Passwords.Iterations, s.Passwords.Parallelism,
		base64.RawStdEncoding.EncodeToString(b[:s.Passwords.SaltLength]), base64.RawStdEncoding.EncodeToString(b[s.Passwords.SaltLength:]))
}

func (s *server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store = sessionStore{s.db.Door.Sessions()}
	m.Codec = newSessionCodec()
	m.Lifetime = sessionLife
	m.HashTokenInStore = true // whoever reads the table cannot sign in with what is in it
	m.Cookie.Name = "skein"
	if s.secure {
		m.Cookie.Name = "__Host-skein"
	}
	m.Cookie.HttpOnly = true
	m.Cookie.Secure = s.secure
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Path = "/"
	return m
}

// sessionStore is the store's sessions. With a session it finds what its person did last, so that
// this costs no round trip of its own.
type sessionStore struct{ doordb.Sessions }

// lastKey finds what a request knows of its session beside the data: a *last.
type lastKey struct{}

type last struct {
	token string       // as the store has it; empty before there is one
	mark  factsdb.Mark // what was committed when its person last did something
	owned bool         // the store knows whose it is
	ended bool         // somebody else ended it before this request did
	// device is the browser's row; empty where nobody showed in it all that it takes to sign in.
	device string
	owner  doordb.Owner // kept with it when it is next saved
}

func lastOf(ctx context.Context) *last {
	if did, ok := ctx.Value(lastKey{}).(*last); ok {
		return did
	}
	return &last{}
}

// FindCtx returns a session's data, if there is such a session and it has not run out.
func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	kept, found, err := s.FindMarked(ctx, token)
	if found {
		did := lastOf(ctx)
		did.token, did.mark, did.owned, did.device = token, kept.Mark, kept.Owned, kept.Device
	}
	return kept.Data, found, err
}

// CommitCtx keeps a session's data.
func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	did := lastOf(ctx)
	if did.token == token {
		return s.Go(ctx, token, data, expiry, did.owner)
	}
	return s.Begin(ctx, token, data, expiry, did.owner)
}

// DeleteCtx forgets a session, and notes where somebody else was quicker.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	was, err := s.End(ctx, token)
	did := lastOf(ctx)
	did.ended = err == nil && !was && token == did.token
	return err
}

// loadSession finds the session of a request. What changes one saves it (keep) before it answers,
// so that a failure to save is an error like any other.
func (s *server) loadSession(next http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Add("Vary", "Cookie")
		token := ""
		if cookie, err := r.Cookie(s.sessions.Cookie.Name); err == nil {
			token = cookie.Value
		}
		var did last
		ctx, err := s.sessions.Load(context.WithValue(r.Context(), lastKey{}, &did), token)
		if err != nil {
			return err
		}
		next.ServeHTTP(w, r.WithContext(s.chooser.Since(ctx, did.mark)))
		return nil
	})
}

// mark notes in the session that its person did something, so that their next page shows it on
// whichever server they see it. A session that has just begun is marked as it is. What was done stays
// done when this fails: then it may show a moment later.
func (s *server) mark(ctx context.Context) {
	did := lastOf(ctx)
	if did.token == "" {
		return
	}
	if err := s.db.Door.Sessions().Mark(ctx, did.token); err != nil {
		s.Log.WarnContext(ctx, "a session was not marked", "error", err)
	}
}

// sessionPerson is whose session this is; nobody's when it lay idle for too long.
func (s *server) sessionPerson(ctx context.Context, idle time.Duration) skein.PersonID {
	if idle > sessionIdle {
		return ""
	}
	return skein.PersonID(s.sessions.GetString(ctx, keyPerson))
}

// idle is how long ago a session was last noted to be in use.
func (s *server) idle(ctx context.Context) time.Duration {
	return s.Now().Sub(time.Unix(s.sessions.GetInt64(ctx, keySeen), 0))
}

// sessionEnds is when a session ends if nobody uses it again.
func (s *server) sessionEnds(ctx context.Context) time.Time {
	idle := time.Unix(s.sessions.GetInt64(ctx, keySeen), 0).Add(sessionIdle)
	if ends := s.sessions.Deadline(ctx); ends.Before(idle) {
		return ends
	}
	return idle
}

// touch notes that a session is in use, and whose it is when the version before began it.
func (s *server) touch(w http.ResponseWriter, r *http.Request, idle time.Duration, owner doordb.Owner) error {
	did := lastOf(r.Context())
	if idle < sessionNote && did.owned {
		return nil
	}
	did.owner = owner
	s.sessions.Put(r.Context(), keySeen, s.Now().Unix())
	return s.keep(w, r)
}

// ownerOf is whose session a request has or is about to have.
func (s *server) ownerOf(r *http.Request, person skein.PersonID, epoch int) doordb.Owner {
	return doordb.Owner{Person: person, Epoch: epoch, Agent: agent(r), At: s.Now()}
}

// keep saves the session and tells the browser its token.
func (s *server) keep(w http.ResponseWriter, r *http.Request) error {
	token, expiry, err := s.sessions.Commit(r.Context())
	if err != nil {
		return err
	}
	s.sessions.WriteSessionCookie(r.Context(), w, token, expiry)
	return nil
}

// opened is a session to be opened.
type opened struct {
	Person skein.PersonID
	Epoch  int       // of their account
	Device string    // the browser's row in the store; empty where they did not show all that it takes to sign in
	Second bool      // they showed a second step
	At     time.Time // when they showed who they are; zero: they did not
}

// open signs a person in: a new token, so that one planted before is worth nothing.
func (s *server) open(w http.ResponseWriter, r *http.Request, o opened) error {
	ctx := r.Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	owner := s.ownerOf(r, o.Person, o.Epoch)
	owner.Device = o.Device
	lastOf(ctx).owner = owner
	s.sessions.Put(ctx, keyPerson, string(o.Person))
	s.sessions.Put(ctx, keyEpoch, o.Epoch)
	s.sessions.Put(ctx, keySeen, s.Now().Unix())
	s.sessions.Put(ctx, keySecond, o.Second)
	s.sessions.Put(ctx, keyProved, max(o.At.Unix(), 0))
	return s.keep(w, r)
}

// renew gives the session of a viewer another token, when more opens to it from now on: a copy of the one before, or one
// that was planted, opens nothing. One that was ended meanwhile stays so.
func (s *server) renew(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	did := lastOf(ctx)
	if did.ended {
		return errors.Join(errSignIn, s.shut(w, r))
	}
	did.owner = s.ownerOf(r, viewer(r).Person.ID, s.sessions.GetInt(ctx, keyEpoch))
	did.owner.Device = did.device
	return s.keep(w, r)
}

// shut ends a session, here and in the browser.
func (s *server) shut(w http.ResponseWriter, r *http.Request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	s.sessions.WriteSessionCookie(r.Context(), w, "", time.Time{})
	return nil
}

// toSignIn sends somebody to the door, and back afterwards to the page they asked for.
func (s *server) toSignIn(w http.ResponseWriter, r *http.Request) { s.by(w, r, path.SignIn) }

// by sends somebody elsewhere first, and back afterwards to the page they asked for.
func (s *server) by(w http.ResponseWriter, r *http.Request, to string) {
	if r.Header.Get("X-Autosave") == "yes" { // the script says so; the page is still there
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	next := r.URL.RequestURI()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if next = localPath(r.Referer()); s.keepForm(w, r) {
			next = path.Kept
		}
	}
	if next != path.Home {
		to = path.With(to, url.Values{"next": {next}})
	}
	w.Header().Set("Cache-Control", "no-store")
	if byHTMX(r) {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// localPath reduces an address to a path of ours that one may be led to; "" when that cannot be done
// without doubt.
func localPath(address string) string {
	u, err := url.Parse(address)
	if err != nil || doubtful(address) {
		return ""
	}
	if local := ownAddress(u); !strings.HasPrefix(local, "/sign-") {
		return local
	}
	return ""
}

// ownAddress is an address without its host; "" where a browser would read what is left as another
// site's: "//host", "/\\host", control characters.
func ownAddress(u *url.URL) string {
	local := u.EscapedPath()
	if u.RawQuery != "" {
		local += "?" + u.RawQuery
	}
	if !strings.HasPrefix(local, "/") || strings.HasPrefix(local, "//") || doubtful(local) {
		return ""
	}
	return local
}

func doubtful(address string) bool {
	return strings.ContainsFunc(address, func(c rune) bool { return c < ' ' || c == '\\' || c == 0x7f })
}
