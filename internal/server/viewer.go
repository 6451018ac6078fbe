package server

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"skein/internal/postgres"
	"skein/internal/skein"
)

// Viewer is who looks. Every handler has one; the zero Person is somebody not signed in.
type Viewer struct {
	Person skein.Person
	Hats   []skein.Hat
	Org    skein.Organisation
	// Now is the time that all pages and moves of this request go by: the clock on the wall, and in
	// a demo what it was moved ahead, said in the organisation's zone.
	Now time.Time
	// Demo is true where anybody may be one of the invented people.
	Demo bool
	// Unread counts the notices that the viewer has not seen.
	Unread   int
	stewards []skein.CircleID
}

// SignedIn tells whether somebody is signed in.
func (v Viewer) SignedIn() bool { return v.Person.ID != "" }

// By is the viewer as the actor of a write, now.
func (v Viewer) By() skein.By { return skein.NewBy(v.Person.ID, v.Now, v.Org.Location()) }

// Today is the day it is where the organisation is.
func (v Viewer) Today() skein.Date { return skein.Day(v.Now) }

// Is tells whether the viewer has a hat of that kind. Everybody signed in is staff.
func (v Viewer) Is(kind skein.HatKind) bool {
	if kind == skein.Staff {
		return v.SignedIn()
	}
	return slices.ContainsFunc(v.Hats, func(h skein.Hat) bool { return h.Kind == kind })
}

// StewardOf tells whether the viewer is a steward of that circle, or of one that it lies in.
func (v Viewer) StewardOf(circle skein.CircleID) bool {
	return circle != "" && slices.Contains(v.stewards, circle)
}

// StewardCircles lists every circle that the viewer is a steward of, those within them included.
func (v Viewer) StewardCircles() []skein.CircleID { return slices.Clone(v.stewards) }

type viewerKey struct{}

// viewer returns who made this request.
func viewer(r *http.Request) Viewer {
	if v, ok := r.Context().Value(viewerKey{}).(*Viewer); ok {
		return *v
	}
	return Viewer{}
}

// loadViewer finds out who looks, in one query. A session whose account is gone, whose person left,
// or that was signed out everywhere is nobody's, and ends here.
func (s *server) loadViewer(next http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		idle := s.idle(ctx)
		person := s.sessionPerson(ctx, idle)
		found, err := s.db.Viewer(ctx, person)
		if err != nil {
			return err
		}
		if person != "" && s.revoked(ctx, found) {
			found = postgres.Viewer{Organisation: found.Organisation}
		}
		v := s.viewerOf(found)
		switch {
		case !v.SignedIn() && s.sessions.Exists(ctx, keyPerson):
			err = s.shut(w, r)
		case v.SignedIn():
			err = s.touch(w, r, idle)
		}
		if err != nil {
			return err
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, viewerKey{}, &v)))
		return nil
	})
}

func (s *server) viewerOf(found postgres.Viewer) Viewer {
	v := Viewer{Org: found.Organisation, Now: s.Now(), Demo: s.Demo && found.Organisation.Demo}
	if v.Demo {
		v.Now = v.Now.Add(v.Org.ClockOffset)
	}
	v.Now = v.Now.In(v.Org.Location())
	if found.Account && found.Person.ActiveOn(v.Today()) {
		v.Person, v.Hats, v.stewards, v.Unread = found.Person, found.Hats, found.Stewards, found.Unread
	}
	return v
}

// signedIn lets nobody in who is not signed in.
func (s *server) signedIn(next http.Handler) http.Handler {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if !viewer(r).SignedIn() {
			return errSignIn
		}
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
		return nil
	})
}

// only lets in those with one of these hats.
func (s *server) only(kinds ...skein.HatKind) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return s.handle(func(w http.ResponseWriter, r *http.Request) error {
			if !slices.ContainsFunc(kinds, viewer(r).Is) {
				return skein.Refused{Why: "Only " + hatWords(kinds) + " may come here.", Who: "An administrator can give you that role."}
			}
			next.ServeHTTP(w, r)
			return nil
		})
	}
}

// hatList says what hats somebody wears: "executive, steward of Network".
func hatList(hats []postgres.NamedHat) string {
	words := make([]string, len(hats))
	for i, hat := range hats {
		words[i] = hat.Kind.Words()
		if hat.Name != "" {
			words[i] += " of " + hat.Name
		}
	}
	return strings.Join(words, ", ")
}

// hatWords says hats as people say them.
func hatWords(kinds []skein.HatKind) string {
	words := ""
	for i, kind := range kinds {
		if i > 0 {
			words += " or "
		}
		switch kind {
		case skein.Executive:
			words += "executives"
		case skein.Administrator:
			words += "administrators"
		case skein.Steward:
			words += "stewards"
		default:
			words += "staff"
		}
	}
	return words
}
