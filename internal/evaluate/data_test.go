package evaluate

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// The figures are of the newest 40 % of the projects, with settings chosen on the middle part only.
// The README prints them all, and a test of the command holds it to them.
func TestOnRealOrganisations(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		projects             int
		recall, mrr, ceiling float64
		within               []string // rankings that Skein is not ahead of in recall@10
	}{
		"k8s-release": {91, .90, .49, .97, []string{AreaNewest, NewestSum}},
		"k8s-kep":     {249, .34, .15, .60, []string{LastLedHere, LastNewest}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := realData(t, name)
			f, report := exchange.Read(dir, folder.Known{}, nil)
			if !report.OK() {
				t.Fatal(report)
			}
			r := pastOf(t, f).Run(Options{Calibrate: true})
			mine := r.Methods[Skein]
			if r.Projects != want.projects || r.Ceiling < want.ceiling {
				t.Errorf("%d projects, ceiling %v", r.Projects, r.Ceiling)
			}
			if mine.Recall[2] < want.recall || mine.MRR < want.mrr {
				t.Errorf("recall@10 %.3f, MRR %.3f; want %.2f, %.2f", mine.Recall[2], mine.MRR, want.recall, want.mrr)
			}
			for _, m := range Methods[1:] {
				ahead := r.Ahead[m].Wider(Recall10)
				if clear := ahead[0] > 0; clear == slices.Contains(want.within, m) {
					t.Errorf("ahead of %s in recall@10 by %.3f to %.3f", m, ahead[0], ahead[1])
				}
			}
			if r := r.Settings.Rotation; r < -.4 || r > .6 {
				t.Errorf("a rotation of %v is chosen", r)
			}
			if counted := r.Methods[Count].FirstList; mine.FirstList.Recall < counted.Recall+.2 {
				t.Errorf("of those who never led, recall@10 is %.3f; by the count of skills %.3f", mine.FirstList.Recall, counted.Recall)
			}
		})
	}
}

// realData finds the folder beside the checkout, or skips.
func realData(t *testing.T, folder string) string {
	t.Helper()
	for _, base := range []string{os.Getenv("SKEIN_DATA"), "../../../shared/data"} {
		dir := filepath.Join(base, folder)
		if _, err := os.Stat(filepath.Join(dir, exchange.ProjectsFile)); base != "" && err == nil {
			return dir
		}
	}
	t.Skipf("%s is not beside this checkout (../shared/data, or $SKEIN_DATA)", folder)
	return ""
}
