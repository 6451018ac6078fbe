package server

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"skein/internal/calendar"
	"skein/internal/mail"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/path"
)

// makeCalendar gives one's calendar an address, and shows it this once: only its hash is kept, so that whoever gets at
// the tables reads nobody's dates.
func (s *server) makeCalendar(w http.ResponseWriter, r *http.Request) error {
	token, hash := NewToken()
	if err := s.db.Door.SetCalendar(r.Context(), viewer(r).By(), hash, s.Now()); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.renderSettings(w, r, http.StatusOK, nil, nil, strings.TrimSuffix(s.BaseURL, "/")+path.Calendar(token))
}

func (s *server) stopCalendar(w http.ResponseWriter, r *http.Request) error {
	err := s.db.Door.SetCalendar(r.Context(), viewer(r).By(), nil, s.Now())
	return s.finish(w, r, err, path.Settings+"#calendar", "Your calendar is switched off: its address shows nothing any more.")
}

// showCalendar is somebody's dates, for whoever has the address: who is signed in in this browser says nothing.
func (s *server) showCalendar(w http.ResponseWriter, r *http.Request) error {
	person, err := s.db.Door.CalendarOwner(r.Context(), hashToken(param(r, "token")))
	if err != nil {
		return err
	}
	found, err := s.db.Door.Viewer(r.Context(), person)
	if err != nil {
		return err
	}
	v := s.viewerOf(found)
	if !v.SignedIn() {
		return skein.ErrNotFound
	}
	events, err := s.dates(r, v)
	if err != nil {
		return err
	}
	body := calendar.Write("Skein at "+v.Org.Name, mail.HostOf(s.BaseURL), events)
	sum := sha256.Sum256(body)
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:18])+`"`)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(string(body)))
	return nil
}

// dates are somebody's dates, with how often each was moved.
func (s *server) dates(r *http.Request, v view.Viewer) ([]calendar.Event, error) {
	d, err := s.db.Home.Dates(r.Context(), homedb.HomeQuery{Person: v.Person.ID, Circles: v.Stewards, Now: v.Now, Today: v.Today()})
	if err != nil {
		return nil, err
	}
	events := view.Calendar(v, d, strings.TrimSuffix(s.BaseURL, "/"))
	uids, starts := make([]string, len(events)), make([]time.Time, len(events))
	for i, e := range events {
		uids[i], starts[i] = e.UID, e.Starts()
	}
	entries, err := s.db.Home.Entries(r.Context(), s.Now(), uids, starts)
	for i, e := range events {
		entry, known := entries[e.UID]
		if !known { // another server notes it at this moment
			entry.ChangedAt = s.Now()
		}
		events[i].Sequence, events[i].Changed = entry.Sequence, entry.ChangedAt
	}
	return events, err
}
