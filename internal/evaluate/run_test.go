package evaluate

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skein/internal/folder"
	"skein/internal/skein"
)

func TestTheSumsRankAsTheEngineDoes(t *testing.T) {
	t.Parallel()
	p := pastOf(t, org(true))
	p.halfLives["maps"] = 77
	for _, s := range []Settings{DefaultSettings(), {90, 2, .6, 0}, {365, .5, -.4, .3}} {
		for _, o := range p.occasions(p.Projects[40:80]) {
			engine := p.rank(o, s)
			fits, best := o.fits(o.sums(s.HalfLifeDays), s.W0)
			quick := o.orders(fits, best, s)
			for i := range engine {
				if math.Abs(engine[i]-quick[i]) > 1e-12 {
					t.Fatalf("%s, %s: the engine says %v, the sums %v", o.ID, o.people[i], engine[i], quick[i])
				}
			}
		}
	}
}

func TestNothingFromTheStartOnIsLookedAt(t *testing.T) {
	t.Parallel()
	f := org(false)
	cut := f.Projects[100].StartOn
	var known []skein.Evidence
	for e := range f.Evidence {
		if e.ObservedOn.Before(cut) {
			known = append(known, e.Evidence)
		}
	}
	whole, then := pastOf(t, f), pastOf(t, folderOf(f.Projects, f.Leads[:101], known))
	a, b := whole.occasionOf(whole.Projects[100]), then.occasionOf(Project{f.Projects[100], whole.Projects[100].Lead})
	if d := cmp.Diff(a.people, b.people); d != "" {
		t.Fatal(d)
	}
	for _, m := range Methods {
		if d := cmp.Diff(whole.scores(m, a, DefaultSettings()), then.scores(m, b, DefaultSettings())); d != "" {
			t.Errorf("%s looks ahead:\n%s", m, d)
		}
	}
}

func TestTheOrderOfRowsChangesNoFigure(t *testing.T) {
	t.Parallel()
	f := org(true)
	a, b := pastOf(t, f).Run(Options{Calibrate: true}), pastOf(t, turned(f)).Run(Options{Calibrate: true})
	if d := cmp.Diff(a, b); d != "" {
		t.Error(d)
	}
}

func TestTheSplitKeepsTheTestApart(t *testing.T) {
	t.Parallel()
	p := pastOf(t, org(false))
	history, tune, test := p.split()
	if len(history) != 36 || len(tune) != 36 || len(test) != 48 {
		t.Errorf("split into %d, %d, %d", len(history), len(tune), len(test))
	}
	if !history[35].StartOn.Before(tune[0].StartOn) || !tune[35].StartOn.Before(test[0].StartOn) {
		t.Error("the parts do not follow each other")
	}
	var told []Score
	r := p.Run(Options{Scores: func(s Score) { told = append(told, s) }})
	if r.Projects != 48 || r.Tuned != 36 || r.Calibrated || r.Settings != DefaultSettings() {
		t.Errorf("%+v", r)
	}
	seen := map[skein.ProjectID]bool{}
	for _, s := range told {
		seen[s.Project] = true
		if s.Project < test[0].ID {
			t.Fatalf("a score of %s, which is not tested", s.Project)
		}
	}
	if len(seen) != 48 {
		t.Errorf("scores of %d projects", len(seen))
	}
}

func TestSkeinBeatsTheOthersWhereWorkDecides(t *testing.T) {
	t.Parallel()
	for _, turns := range []bool{false, true} {
		r := pastOf(t, org(turns)).Run(Options{Calibrate: true})
		mine := r.Methods[Skein]
		for m, f := range r.Methods {
			if m != Skein && f.MRR >= mine.MRR {
				t.Errorf("turns %v: %s has MRR %v, skein %v", turns, m, f.MRR, mine.MRR)
			}
		}
		if turns && r.Settings.Rotation <= 0 {
			t.Errorf("where turns are taken rotation is %v", r.Settings.Rotation)
		}
		in := r.Intervals[Skein]
		if in.Low.MRR > mine.MRR || in.High.MRR < mine.MRR || in.Low.MRR >= in.High.MRR {
			t.Errorf("MRR %v outside %v", mine.MRR, in)
		}
		ahead := r.Ahead[Count]
		if by := mine.MRR - r.Methods[Count].MRR; ahead.Low.MRR > by || ahead.High.MRR < by || ahead.Low.MRR <= 0 {
			t.Errorf("ahead of the count by %v, in %v", by, ahead)
		}
	}
}

func TestAProposalSaysWhatItDoesToFirstTimeLeads(t *testing.T) {
	t.Parallel()
	p := pastOf(t, org(true)).Propose(untold)
	if p.Now.Settings != DefaultSettings() || p.Proposed.Settings.Rotation <= 0 || p.Projects != 48 {
		t.Errorf("%+v", p)
	}
	if p.Proposed.All.MRR <= p.Now.All.MRR {
		t.Errorf("proposed %v, now %v", p.Proposed.All.MRR, p.Now.All.MRR)
	}
}

func TestCandidatesHadEvidenceInTheTwoYearsBefore(t *testing.T) {
	t.Parallel()
	f := org(false)
	p := pastOf(t, f)
	p.people = append(p.people, "old", "edge", "new")
	p.seen["old"] = []skein.Date{later(1000 - 731)}
	p.seen["edge"] = []skein.Date{later(1000 - 730)}
	p.seen["new"] = []skein.Date{later(1000)}
	got := map[skein.PersonID]bool{}
	for _, c := range p.candidates(later(1000)) {
		got[c] = true
	}
	if got["old"] || !got["edge"] || got["new"] {
		t.Errorf("candidates %v", got)
	}
}

func TestTheFirstPrimaryLeadIsTheOneLookedFor(t *testing.T) {
	t.Parallel()
	f := org(false)
	id := f.Projects[50].ID
	was := f.Leads[50].Person
	f.Leads = append(f.Leads,
		folder.LeadRow{Project: id, Person: "z", Role: skein.Primary, From: f.Projects[50].StartOn.AddDate(0, 1, 0)},
		folder.LeadRow{Project: id, Person: "co", Role: skein.CoLead, From: f.Projects[50].StartOn.AddDate(0, -1, 0)},
		folder.LeadRow{Project: id, Person: "undated", Role: skein.Primary})
	p := pastOf(t, f)
	if got := p.Projects[50]; got.ID != id || got.Lead != was {
		t.Errorf("%s is led by %s, want %s", got.ID, got.Lead, was)
	}
}

func TestTooLittleOfAPastIsRefused(t *testing.T) {
	t.Parallel()
	f := org(false)
	if _, err := NewPast(folderOf(f.Projects[:9], f.Leads[:9], []skein.Evidence{{Person: "a", Skill: "s", Level: 1, ObservedOn: start}})); err == nil || !strings.Contains(err.Error(), "needs ten") {
		t.Errorf("nine projects: %v", err)
	}
	if _, err := NewPast(folderOf(f.Projects, f.Leads, nil)); err == nil || !strings.Contains(err.Error(), "no evidence") {
		t.Errorf("no evidence: %v", err)
	}
	broken := errors.New("the disk is gone")
	f.Evidence = func(yield func(folder.EvidenceRow, error) bool) { yield(folder.EvidenceRow{}, broken) }
	if _, err := NewPast(f); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestTheResultHasTheFieldsOfTheContract(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(pastOf(t, org(true)).Run(Options{}))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Projects         int                           `json:"projects"`
		CandidatesMedian float64                       `json:"candidates_median"`
		Ceiling          float64                       `json:"ceiling"`
		Methods          map[string]map[string]float64 `json:"methods"`
		FirstTime        map[string]any                `json:"first_time"`
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if got.Projects != 48 || got.CandidatesMedian < 1 || got.Ceiling <= 0 {
		t.Errorf("%+v", got)
	}
	for _, m := range Methods {
		for _, figure := range names {
			if _, ok := got.Methods[m][figure]; !ok {
				t.Errorf("no %s of %s", figure, m)
			}
		}
	}
	for _, field := range append([]string{"projects", "methods", "ahead"}, names[:]...) {
		if _, ok := got.FirstTime[field]; !ok {
			t.Errorf("first_time has no %s", field)
		}
	}
}
