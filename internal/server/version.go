package server

import (
	"encoding/json"
	"net/http"
)

// Build is which program this is: what /version answers, and `skein version --json` prints.
type Build struct {
	Version string `json:"version"` // the release, "dev" between releases
	Commit  string `json:"commit"`  // "" where it is not known
	Schema  int    `json:"schema"`  // the last step of the schema that it knows
}

// showVersion says which program answers.
func (s *server) showVersion(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(s.Build) // whoever asked may have gone
}
