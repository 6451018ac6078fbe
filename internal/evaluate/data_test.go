package evaluate

import (
	"os"
	"path/filepath"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// The figures that the data's README gives for other rankings are there to be beaten, on the
// newest 40 % of the projects, with settings chosen on the middle part only.
func TestOnRealOrganisations(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		projects              int
		recall, mrr           float64
		ceiling, countsRecall float64
	}{
		"k8s-release": {98, .90, .46, .97, .329},
		"k8s-kep":     {250, .33, .15, .61, .204},
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
			for m, f := range r.Methods {
				if m != Skein && (f.Recall[2] >= mine.Recall[2] || f.MRR >= mine.MRR || f.NDCG >= mine.NDCG) {
					t.Errorf("%s is as good: %+v", m, f)
				}
			}
			for m, ahead := range r.Ahead {
				if ahead.Low.MRR <= 0 {
					t.Errorf("ahead of %s in MRR by %.3f to %.3f", m, ahead.Low.MRR, ahead.High.MRR)
				}
			}
			first, counted := r.FirstTime.Methods[Skein], r.FirstTime.Methods[Count]
			if first.Recall[2] < 1.3*counted.Recall[2] || first.MRR < 1.5*counted.MRR {
				t.Errorf("first-time leads: recall@10 %.3f, MRR %.3f; by the count of skills %.3f, %.3f",
					first.Recall[2], first.MRR, counted.Recall[2], counted.MRR)
			}
			if r.TenureCorrelation > .1 {
				t.Errorf("the order follows tenure by %.2f", r.TenureCorrelation)
			}
			if got := r.Methods[Count].Recall[2]; got < want.countsRecall-.05 || got > want.countsRecall+.05 {
				t.Errorf("counting skills has recall@10 %.3f, the README %.3f", got, want.countsRecall)
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
