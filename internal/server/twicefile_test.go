package server

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"skein/internal/exchange"
	"skein/internal/folder"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// brings imports files and returns all that is said of it.
func (h retold) brings(dry bool, name, text string) string {
	h.Helper()
	dir := h.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		h.Fatal(err)
	}
	return h.bringsFolder(dry, dir)
}

func (h retold) bringsFolder(dry bool, dir string) string {
	h.Helper()
	by := skein.Itself(*h.now.Load(), time.UTC)
	known, err := h.db.Bulk.Known(h.Context(), by.Day)
	if err != nil {
		h.Fatal(err)
	}
	f, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		return fmt.Sprint("refused ", report, report.Notes)
	}
	loaded, err := h.db.Bulk.Import(h.Context(), by, f, bulkdb.ImportOptions{DryRun: dry})
	return fmt.Sprintf("loaded %+v %v %v", loaded, err, report.Notes)
}

// takesOut exports everything, and returns the folder.
func (h retold) takesOut() string {
	h.Helper()
	dir := h.TempDir()
	if err := h.db.Bulk.Export(h.Context(), func(f *folder.Folder) error {
		_, err := exchange.Write(dir, f)
		return err
	}); err != nil {
		h.Fatal(err)
	}
	return dir
}

// byFile is what an operator does with files while claims gather, and what is to be heard of it.
var byFile = []struct {
	does  func(retold) string
	hears string
}{
	{func(h retold) string {
		h.hers(func(b *browser) { b.post(claimPath, "why", "Mine.").goesTo(claimPath) })
		return h.bringsFolder(false, h.takesOut())
	}, "Projects:{New:0 Changed:0 Same:1}"},
	{func(h retold) string {
		return h.brings(true, "projects.csv", "id,title,stakes,hours_per_week\nsensors,Leak Sensors,4,5\n")
	}, "Restarted:1"},
	{func(h retold) string {
		return h.brings(false, "projects.csv", "id,title,stakes,hours_per_week\nsensors,Leak Sensors,4,5\n")
	}, "Restarted:1"},
	{func(h retold) string { return h.bringsFolder(false, h.takesOut()) }, "Restarted:0"},
	{func(h retold) string {
		return h.brings(false, "projects.csv", "id,title,requirements\nsensors,Leak Sensors,valves:5\n")
	}, "Restarted:1"},
	{func(h retold) string {
		return h.brings(false, "projects.csv", "id,title,trust\nsensors,Leak Sensors,zero\n")
	}, "refused projects.csv:2:22: trust: Claims have started again twice"},
	{func(h retold) string {
		return h.brings(false, "projects.csv", "id,title,purpose\nsensors,Leak Sensors,To hear it\n")
	}, "Projects:{New:0 Changed:1 Same:0}"},
	{func(h retold) string { return h.brings(false, "leads.csv", "project,person\nsensors,hamish-orde\n") }, "refused leads.csv:2:9: person: Claims are open"},
	{func(h retold) string {
		return h.brings(false, "leads.csv", "project,person,from,until\nsensors,hamish-orde,2024-01-01,2024-12-31\n")
	}, "refused leads.csv:2:9: person: Claims are open"},
	{func(h retold) string {
		return h.brings(false, "leads.csv", "project,person,role\nsensors,hamish-orde,co\n")
	}, "Leads:{New:1 Changed:0 Same:0}"},
	{func(h retold) string {
		return h.brings(false, "people.csv", "id,name,active_until\nhamish-orde,Hamish Orde,2026-05-12\n")
	}, "People:{New:0 Changed:1 Same:0}"},
	{func(h retold) string { h.tick(2 * 24 * time.Hour); return h.bringsFolder(false, h.takesOut()) }, "loaded"},
}

// What an import says, what an export writes, and what every page says after either, is the same to the
// letter whether or not somebody claimed while claims gather.
func TestNoFileTellsWhetherSomebodyClaimed(t *testing.T) {
	t.Parallel()
	var seen [2][]map[string]string // step by step, without the claim and with it
	for i, how := range []string{"without", "with"} {
		t.Run(how, func(t *testing.T) {
			h := retold{openLead(t), i == 1}
			h.able("Ines Calder", 4)
			h.able("Hamish Orde", 3)
			h.person("Eve Adams", executive)
			h.person("Adam Bell", administrator)
			for _, step := range byFile {
				said := step.does(h)
				if !strings.Contains(said, step.hears) {
					t.Errorf("not %q: %s", step.hears, said)
				}
				at := h.seen()
				at["the import"] = said
				maps.Copy(at, h.files())
				seen[i] = append(seen[i], at)
			}
			if told := h.count(`select count(*) from notice where kind = 'restarted' and person_id = 'ines-calder'`); told != 2*i {
				t.Errorf("Ines was told %d times that claims began again", told)
			}
		})
	}
	if t.Failed() {
		return
	}
	for step, without := range seen[0] {
		for at, says := range without {
			if with := seen[1][step][at]; with != says {
				t.Errorf("step %d: %s tells of the claim%s", step+1, at, differs(says, with))
			}
		}
	}
}

// files are the files of an export.
func (h retold) files() map[string]string {
	h.Helper()
	dir, files := h.takesOut(), map[string]string{}
	for _, name := range exchange.FileNames {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			h.Fatal(err)
		}
		files[name] = string(text)
	}
	return files
}
