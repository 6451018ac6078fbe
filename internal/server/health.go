package server

import (
	"context"
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

// readyz says whether requests can be answered: the database is there, and what else must be.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	err := s.db.Ready(ctx)
	if err == nil && s.Ready != nil {
		err = s.Ready(ctx)
	}
	if err != nil {
		s.Log.WarnContext(ctx, "not ready", "error", err)
		answerPlainly(w, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	answerPlainly(w, http.StatusOK, "ready\n")
}
