package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"runtime/debug"

	"skein/internal/postgres"
	"skein/internal/server"
)

// Set by make build (-ldflags -X).
var (
	version string // of the release that the commit is, "" between releases
	commit  string
)

// built is which program this is.
func built() (server.Build, error) {
	step, err := postgres.LatestStep()
	b := server.Build{Version: version, Commit: commit, Schema: step}
	if info, ok := debug.ReadBuildInfo(); ok && commit == "" { // built without make
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				b.Commit = s.Value
			}
		}
	}
	b.Version = cmp.Or(b.Version, "dev")
	return b, err
}

// versionCommand says which program this is.
type versionCommand struct {
	JSON bool `help:"One object, as GET /version answers."`
}

// Run needs no database.
func (c *versionCommand) Run(con *console) error {
	b, err := built()
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(con.out).Encode(b)
	}
	_, err = fmt.Fprintf(con.out, "skein %s\ncommit %s\nschema at step %d\n", b.Version, cmp.Or(b.Commit, "not known"), b.Schema)
	return err
}
