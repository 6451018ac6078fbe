package evaluate

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skein/internal/folder"
	"skein/internal/skein"
)

func TestTheSumsRankAsTheEngineDoes(t *testing.T) {
	t.Parallel()
	p := pastOf(t, org(true))
	p.halfLives["maps"] = 77
	for _, s := range []Settings{DefaultSettings(), {90, 2, .6}, {365, .5, -.4}} {
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

// A proposal is tried on projects that it was not chosen on; where it turns out worse it says so.
func TestWhereAProposalIsWorseItSaysSo(t *testing.T) {
	t.Parallel()
	p := pastOf(t, org(true))
	_, _, test := p.split()
	all := p.occasions(test)
	s := DefaultSettings()
	s.Rotation = -.4 // the opposite of what this organisation does
	got := p.propose(all, 1, s, p.measure(all, p.scoresOf(Skein, all, s)))
	i := slices.IndexFunc(got.Worse, func(w Worse) bool { return w.Of == All && w.Figure == "mrr" })
	if i < 0 || math.Abs(got.Worse[i].By-(got.Proposed.All.MRR-got.Now.All.MRR)) > 1e-12 || got.Worse[i].Interval[0] >= 0 {
		t.Errorf("%+v", got.Worse)
	}
}

// What began on one day is not parted: each part ends with the first day on which its share is reached.
func TestPartsAreCutAtADay(t *testing.T) {
	t.Parallel()
	f := org(false)
	for i := 34; i < 40; i++ {
		f.Projects[i].StartOn = f.Projects[34].StartOn
	}
	for i := 71; i < 80; i++ {
		f.Projects[i].StartOn = f.Projects[71].StartOn
	}
	history, tune, test := pastOf(t, f).split()
	if len(history) != 40 || len(tune) != 40 || len(test) != 40 {
		t.Errorf("split into %d, %d, %d", len(history), len(tune), len(test))
	}
	for i := range f.Projects {
		f.Projects[i].StartOn = start
	}
	if _, err := NewPast(f); err == nil || !strings.Contains(err.Error(), "nothing is left to test") {
		t.Errorf("all on one day: %v", err)
	}
}

// On the list of those who never led, nobody who did stands before anybody.
func TestTheListOfThoseWhoNeverLedIsMeasuredByItself(t *testing.T) {
	t.Parallel()
	o := &occasion{led: []bool{true, false, true, false, false}, lead: 3, first: true, Project: Project{Lead: "d"}, tenure: make([]float64, 5)}
	if got := o.onList([]float64{9, 5, 8, 4, 4}); got[0] != 1 || math.Abs(got[1]-(1/2.+1/3.)/2) > 1e-12 {
		t.Errorf("%v", got)
	}
	away := &occasion{led: []bool{true, false}, lead: -1, first: true, Project: Project{Lead: "z"}, tenure: make([]float64, 2)}
	led := &occasion{led: []bool{true, false}, lead: 0, Project: Project{Lead: "a"}, tenure: make([]float64, 2)}
	m := (&Past{}).measure([]*occasion{o, away, led}, [][]float64{{9, 5, 8, 4, 4}, {1, 2}, {1, 2}})
	if got := m.listed(); got.Candidates != 1 || got.Recall != 1 || len(m.first) != 2 || len(m.each) != 3 {
		t.Errorf("%+v of %d first leads", got, len(m.first))
	}
}

func TestStrongBaselines(t *testing.T) {
	t.Parallel()
	saw := func(who int, skill skein.SkillID, level, ago int) skein.Evidence {
		return skein.Evidence{Person: person(who), Skill: skill, Kind: skein.Outcome, Level: level, ObservedOn: later(4000 - ago), Source: fmt.Sprint(who, ago)}
	}
	f := org(false)
	at := len(f.Projects) - 1
	f.Projects[at].StartOn, f.Projects[at].Requirements = later(4000), []skein.Requirement{{Skill: "kites", Importance: 5, Level: 3}, {Skill: "maps", Importance: 1, Level: 3}}
	f.Leads[at].From = later(4000)
	f.Projects[at-1].StartOn, f.Projects[at-1].Requirements = later(3900), []skein.Requirement{{Skill: "kites", Importance: 5, Level: 3}}
	f.Leads[at-1].Person, f.Leads[at-1].From = person(3), later(3900)
	p := pastOf(t, folderOf(f.Projects, f.Leads, []skein.Evidence{
		saw(1, "kites", 4, 180), saw(1, "kites", 2, 1), saw(2, "kites", 5, 10), saw(2, "kites", 5, 0), saw(3, "maps", 5, 1),
	}))
	o := p.occasionOf(p.Projects[at])
	days := func(n int) float64 { return float64(later(n).Unix()) / oneDay }
	for method, want := range map[string][]float64{
		AreaNewest:  {float64(later(3999).Unix()), float64(later(3990).Unix()), math.Inf(-1)},
		AreaSum:     {2 + 2*math.Exp2(-1./180), 5 * math.Exp2(-10./180), 0},
		LastLedHere: {math.Inf(-1), math.Inf(-1), float64(later(3900).Unix())},
		NewestSum:   {days(3999) + (2+2*math.Exp2(-1./180))/secondKey, days(3990) + 5*math.Exp2(-10./180)/secondKey, math.Inf(-1)},
		LastNewest:  {days(3999) / secondKey, days(3990) / secondKey, days(3900)},
	} {
		if d := cmp.Diff(want, p.scores(method, o, DefaultSettings()), cmpopts.EquateApprox(0, 1e-12)); d != "" {
			t.Errorf("%s:\n%s", method, d)
		}
	}
}

func TestSkeinBeatsTheOthersWhereWorkDecides(t *testing.T) {
	t.Parallel()
	for _, turns := range []bool{false, true} {
		r := pastOf(t, org(turns)).Run(Options{Calibrate: true})
		mine := r.Methods[Skein]
		for m, f := range r.Methods {
			// These people lead because they did the work last, and much of it: no fit can be ahead of just that.
			if m != Skein && m != AreaNewest && m != NewestSum && f.MRR >= mine.MRR {
				t.Errorf("turns %v: %s has MRR %v, skein %v", turns, m, f.MRR, mine.MRR)
			}
		}
		if turns && r.Settings.Rotation <= 0 {
			t.Errorf("where turns are taken rotation is %v", r.Settings.Rotation)
		}
		in := mine.Intervals.Wider(MRR)
		if in[0] > mine.MRR || in[1] < mine.MRR || in.width() <= 0 {
			t.Errorf("MRR %v outside %v", mine.MRR, in)
		}
		ahead := r.Ahead[Count].Wider(MRR)
		if by := mine.MRR - r.Methods[Count].MRR; ahead[0] > by || ahead[1] < by || ahead[0] <= 0 {
			t.Errorf("ahead of the count by %v, in %v", by, ahead)
		}
	}
}

func TestAProposalSaysWhatItDoesToFirstTimeLeads(t *testing.T) {
	t.Parallel()
	p := pastOf(t, org(true)).Propose(untold)
	if p.Now.Settings != DefaultSettings() || p.Now.FirstTime.Top != nil || p.Proposed.Settings.Rotation <= 0 || p.Projects != 48 {
		t.Errorf("%+v", p)
	}
	if p.Proposed.All.MRR <= p.Now.All.MRR || p.Difference.All.Wider(MRR)[1] <= 0 {
		t.Errorf("proposed %v, now %v, %v", p.Proposed.All.MRR, p.Now.All.MRR, p.Difference.All)
	}
	for _, w := range p.Worse {
		if w.By >= 0 || w.Of == All && w.Figure == "mrr" {
			t.Errorf("said to be worse: %+v", w)
		}
	}
	if r := p.Proposed.Settings.Rotation; r < -.4 || r > .6 {
		t.Errorf("proposes a rotation of %v", r)
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
		Projects         int                       `json:"projects"`
		CandidatesMedian float64                   `json:"candidates_median"`
		Ceiling          float64                   `json:"ceiling"`
		Methods          map[string]map[string]any `json:"methods"`
		FirstTime        map[string]any            `json:"first_time"`
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
			in, _ := got.Methods[m]["intervals"].(map[string]any)
			if pair, ok := in[figure].([]any); !ok || len(pair) != 2 {
				t.Errorf("no interval of %s of %s", figure, m)
			}
		}
		for object, fields := range map[string][]string{
			"first_list": {"recall@10", "mrr", "candidates"},
			"top":        {"tenure_percentile_first", "tenure_percentile_10", "led_before_first", "led_before_10"},
		} {
			of, _ := got.Methods[m][object].(map[string]any)
			for _, field := range fields {
				if _, ok := of[field].(float64); !ok {
					t.Errorf("no %s in %s of %s", field, object, m)
				}
			}
		}
	}
	for _, field := range append([]string{"projects", "methods", "ahead"}, names[:]...) {
		if _, ok := got.FirstTime[field]; !ok {
			t.Errorf("first_time has no %s", field)
		}
	}
}
