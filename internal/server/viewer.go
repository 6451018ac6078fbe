package server

import (
	"context"
	"net/http"
	"slices"

	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/internal/words"
	"skein/web/path"
)

type viewerKey struct{}

// lapsedKey finds whose session a request had that lay idle for too long: a skein.PersonID.
type lapsedKey struct{}

// viewer returns who made this request.
func viewer(r *http.Request) view.Viewer {
	if v, ok := r.Context().Value(viewerKey{}).(*view.Viewer); ok {
		return *v
	}
	return view.Viewer{}
}

// loadViewer finds out who looks, in one query. A session whose account is gone, whose person left,
// or that was signed out everywhere is nobody's, and ends here.
func (s *server) loadViewer(next http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		idle := s.idle(ctx)
		person := s.sessionPerson(ctx, idle)
		found, err := s.db.Door.Viewer(ctx, person)
		if err != nil {
			return err
		}
		if person != "" && s.sessions.GetInt(ctx, keyEpoch) != found.Epoch {
			found = doordb.Viewer{Organisation: found.Organisation}
		}
		v := s.viewerOf(found)
		v.Owes = s.owes(ctx, v, found)
		if person == "" {
			ctx = context.WithValue(ctx, lapsedKey{}, skein.PersonID(s.sessions.GetString(ctx, keyPerson)))
		}
		switch {
		case !v.SignedIn() && s.sessions.Exists(ctx, keyPerson):
			err = s.shut(w, r)
		case v.SignedIn():
			// Whatever page it is, it shows who looks: a copy of it would show that to whoever comes next.
			w.Header().Set("Cache-Control", "no-store")
			err = s.touch(w, r, idle, s.ownerOf(r, person, found.Epoch))
		}
		if err != nil {
			return err
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, viewerKey{}, &v)))
		return nil
	})
}

func (s *server) viewerOf(found doordb.Viewer) view.Viewer {
	v := view.Viewer{Org: found.Organisation, Now: s.Now(), Demo: s.Demo && found.Organisation.Demo}
	if v.Demo {
		v.Now = v.Now.Add(v.Org.ClockOffset)
	}
	v.Now = v.Now.In(v.Org.Location())
	if found.Account && found.Person.ActiveOn(v.Today()) {
		v.Person, v.Hats, v.Stewards, v.Unread = found.Person, found.Hats, found.Stewards, found.Unread
	}
	return v
}

// owes is what is demanded of a viewer before they do anything else. Where there can be no passkeys, it cannot be. Who
// has passkeys shows one of them, or a code, also where none answers here any more; only then they add another.
func (s *server) owes(ctx context.Context, v view.Viewer, found doordb.Viewer) view.Owes {
	switch {
	case !v.SignedIn() || !found.Demanded || v.Demo || s.keys == nil:
		return view.OwesNothing
	case !found.Passkey:
		return view.OwesPasskey
	case !s.sessions.GetBool(ctx, keySecond):
		return view.OwesStep
	case !slices.Contains(found.PasskeyHosts, s.keys.Host):
		return view.OwesPasskey
	}
	return view.OwesNothing
}

// owing are the pages on which somebody does what is demanded of them.
var owing = map[view.Owes][]string{
	view.OwesPasskey: {path.AddPasskey, path.ShowAgain},
	view.OwesStep:    {path.ShowAgain},
}

// signedIn lets nobody in who is not signed in, and has who owes a second step do that first.
func (s *server) signedIn(next http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if !viewer(r).SignedIn() {
			return errSignIn
		}
		if pages := owing[viewer(r).Owes]; len(pages) > 0 && !slices.Contains(pages, r.URL.Path) {
			s.by(w, r, pages[0])
			return nil
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

// only lets in those with a hat.
func (s *server) only(kind skein.HatKind) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return s.handle(func(w http.ResponseWriter, r *http.Request) error {
			if v := viewer(r); !v.Is(kind) {
				who := "An administrator can give you that role."
				if v.Is(skein.Administrator) {
					who = "You can give yourself that role on Access."
				}
				return skein.Refused{Why: "Only " + words.Plural(2, kind.Words()) + " may come here.", Who: who}
			}
			next.ServeHTTP(w, r)
			return nil
		})
	}
}
