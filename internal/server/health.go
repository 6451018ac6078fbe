package server

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// healthz says that the process answers.
func healthz(w http.ResponseWriter, _ *http.Request) {
	answerPlainly(w, http.StatusOK, "ok\n")
}

func answerPlainly(w http.ResponseWriter, status int, says string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(says)) // whoever asked may have gone
}

// readiness is what /readyz answers.
type readiness struct {
	Ready bool `json:"ready"`
	// LastTick is the age of the last look at the clocks, in seconds; null: none yet, or not known.
	LastTick *float64 `json:"last_tick_age_seconds"`
}

// readyz says whether requests can be answered: the database is there, and what else must be. The
// clocks' standing still is told and fails nothing: pages are answered all the same.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	err := s.db.Ready(ctx)
	if err == nil && s.Ready != nil {
		err = s.Ready(ctx)
	}
	status, answer := http.StatusOK, readiness{Ready: err == nil}
	if err != nil {
		s.Log.WarnContext(ctx, "not ready", "error", err)
		status = http.StatusServiceUnavailable
	} else if age, ticked, err := s.db.SinceTick(ctx); err == nil && ticked {
		seconds := age.Seconds()
		answer.LastTick = &seconds
	}
	answerReady(w, status, answer)
}

func answerReady(w http.ResponseWriter, status int, answer readiness) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer) // whoever asked may have gone
}
