package server

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"skein/web/path"
)

// imports brings a folder of files over.
func (h *house) imports(files map[string]string) {
	h.Helper()
	dir := h.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			h.Fatal(err)
		}
	}
	h.importsFolder(dir, wall)
}

// The page of a project that a file led says until when, and from when, and of nothing that it was
// handed over: nobody recorded that.
func TestThePageOfAnImportedLeadSaysWhatTheFileSaid(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	h.imports(map[string]string{
		"people.csv":   "id,name\nana,Ana Lima\nbo,Bo Falk\ncy,Cy Roux\n",
		"projects.csv": "id,title,start_date,requirements\nport,Port,2025-01-01,x:3\nquay,Quay,2025-01-01,x:3\nlock,Lock,2025-01-01,x:3\nmole,Mole,2025-01-01,x:3\n",
		"leads.csv": "project,person,role,from,until,ends_on\n" +
			"port,ana,primary,2025-01-01,2025-12-31,\nport,bo,primary,2025-12-31,2026-11-30,\n" +
			"quay,ana,primary,2026-09-01,,\n" +
			"lock,ana,primary,2025-01-01,2026-08-31,\nlock,cy,primary,2026-09-01,,2027-03-31\n" +
			"mole,cy,primary,2026-01-01,,\n",
	})
	h.exec(`update person set email = 'bo@port.example', welcomed_at = $1, read_how_at = $1 where id = 'bo'`, wall)
	h.exec(`insert into account (person_id, email, made_at) values ('bo', 'bo@port.example', $1)`, wall)
	for project, says := range map[string][]string{
		"port": {"until 30 November"},
		"quay": {"Ana begins on 1 September.", "so there is nothing to claim"},
		"lock": {"Ana leads this.", "Cy Roux begins on 1 September.", "Ana Lima leads until Cy begins on 1 September", "Cy Roux leads from 1 September"},
		"mole": {"Cy Roux, since", "leads until 11 May 2027"},
	} {
		got := strings.ReplaceAll(h.as("bo").get(path.Project(project)).is(http.StatusOK).said("main"), "\u00a0", " ")
		for _, want := range says {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q:\n%s", project, want, got)
			}
		}
		for _, never := range []string{"handed over", "handed it", "read back", "said back", "until taken", "Claims are open"} {
			if strings.Contains(got, never) {
				t.Errorf("%s says %q:\n%s", project, never, got)
			}
		}
		h.as("bo").get(path.Result(project)).is(http.StatusOK)
		h.as("bo").get(path.ClaimProject(project)).is(http.StatusOK)
	}
}
