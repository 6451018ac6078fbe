package match

import (
	"fmt"
	"slices"
	"time"

	"skein/internal/skein"
)

// Lens is the published table from what it is like now to what a lead is asked for. The fields
// beside the rows hold where no row says anything.
type Lens struct {
	Rows          []LensRow     `json:"rows"`
	Band          float64       `json:"band"`           // people this close to the best are equally placed
	ReadyShare    float64       `json:"ready_share"`    // of the importance shown
	StretchShare  float64       `json:"stretch_share"`  // of the importance at least near or claimed
	PracticeShare float64       `json:"practice_share"` // at most this much of a phase's importance
	WindowHours   int           `json:"window_hours"`
	OpenHours     int           `json:"open_hours"` // the clock that a first claim starts on trust
	CheckInDays   int           `json:"check_in_days"`
	Remit         []skein.Remit `json:"remit"`
}

// LensRow is what one value of one dimension adds. A zero field adds nothing.
type LensRow struct {
	Dimension    skein.Dimension     `json:"dimension"`
	Value        int                 `json:"value"` // 1 to 5; for uncertainty its rank
	Practices    []skein.Requirement `json:"practices,omitempty"`
	Band         float64             `json:"band,omitempty"`
	StretchShare float64             `json:"stretch_share,omitempty"`
	Floor        skein.Trust         `json:"floor,omitempty"`
	WindowHours  int                 `json:"window_hours,omitempty"`
	OpenHours    int                 `json:"open_hours,omitempty"`
	CheckInDays  int                 `json:"check_in_days,omitempty"`
	Needs        []skein.NeedKind    `json:"needs,omitempty"`
	Remit        []skein.Remit       `json:"remit,omitempty"`
	Reason       string              `json:"reason"`
}

// Setting is what the lens says of one situation. Where rows disagree the more careful one holds:
// the narrower band, the higher floor, the shorter clock, the narrower remit.
type Setting struct {
	Practices    []skein.Requirement // by importance, then skill
	Band         float64
	ReadyShare   float64
	StretchShare float64
	Floor        skein.Trust
	Window       time.Duration
	OpenClock    time.Duration
	CheckInDays  int
	Needs        []skein.NeedKind
	Remit        []skein.Remit
	Reasons      []LensReason
}

// LensReason is why one value of one dimension matters, in one line.
type LensReason struct {
	Dimension skein.Dimension
	Value     int
	Why       string
}

// Settle reads the lens for one situation. A dimension that is not stated adds nothing.
func (l Lens) Settle(s skein.Situation) Setting {
	out := Setting{ReadyShare: l.ReadyShare, Floor: skein.Open, Remit: slices.Clone(l.Remit)}
	var window, open int
	for _, d := range skein.Dimensions {
		row, ok := l.row(d, s.Value(d))
		if !ok {
			continue
		}
		out.Reasons = append(out.Reasons, LensReason{d, row.Value, row.Reason})
		out.Practices = addPractices(out.Practices, row.Practices)
		out.Needs = addNeeds(out.Needs, row.Needs)
		out.Remit = tighten(out.Remit, row.Remit)
		out.Band = lower(out.Band, row.Band)
		out.StretchShare = max(out.StretchShare, row.StretchShare)
		out.CheckInDays = lower(out.CheckInDays, row.CheckInDays)
		window, open = lower(window, row.WindowHours), lower(open, row.OpenHours)
		if row.Floor.Above(out.Floor) {
			out.Floor = row.Floor
		}
	}
	out.Band = orElse(out.Band, l.Band)
	out.StretchShare = orElse(out.StretchShare, l.StretchShare)
	out.CheckInDays = orElse(out.CheckInDays, l.CheckInDays)
	out.Window = time.Duration(orElse(window, l.WindowHours)) * time.Hour
	out.OpenClock = time.Duration(orElse(open, l.OpenHours)) * time.Hour
	slices.SortFunc(out.Practices, byImportance)
	return out
}

func (l Lens) row(d skein.Dimension, value int) (LensRow, bool) {
	for _, r := range l.Rows {
		if r.Dimension == d && r.Value == value && value != 0 {
			return r, true
		}
	}
	return LensRow{}, false
}

// addPractices joins two lists; where both ask for a skill the higher level and importance hold.
func addPractices(have, more []skein.Requirement) []skein.Requirement {
	for _, m := range more {
		i := slices.IndexFunc(have, func(h skein.Requirement) bool { return h.Skill == m.Skill })
		if i < 0 {
			have = append(have, m)
			continue
		}
		have[i].Level = max(have[i].Level, m.Level)
		have[i].Importance = max(have[i].Importance, m.Importance)
		have[i].Must = have[i].Must || m.Must
	}
	return have
}

func addNeeds(have, more []skein.NeedKind) []skein.NeedKind {
	for _, n := range more {
		if !slices.Contains(have, n) {
			have = append(have, n)
		}
	}
	return have
}

// remitOrder lists how far a lead decides, from the widest.
var remitOrder = []skein.RemitLevel{skein.DecideAlone, skein.AfterAdvice, skein.ByAgreement, skein.ProposeAbove}

// tighten joins two remits; in an area that both name, the narrower holds.
func tighten(have, more []skein.Remit) []skein.Remit {
	for _, m := range more {
		i := slices.IndexFunc(have, func(h skein.Remit) bool { return h.Area == m.Area })
		switch {
		case i < 0:
			have = append(have, m)
		case slices.Index(remitOrder, m.Level) > slices.Index(remitOrder, have[i].Level):
			have[i] = m
		}
	}
	return have
}

// lower returns the smaller of two numbers, where zero says nothing.
func lower[N int | float64](a, b N) N {
	if a == 0 || (b != 0 && b < a) {
		return b
	}
	return a
}

func orElse[N int | float64](n, otherwise N) N {
	if n == 0 {
		return otherwise
	}
	return n
}

func byImportance(a, b skein.Requirement) int {
	if a.Importance != b.Importance {
		return b.Importance - a.Importance
	}
	return compareText(string(a.Skill), string(b.Skill))
}

func (l Lens) check(bad *skein.Invalid) {
	share := func(n float64, field string) {
		bad.Add(!(n > 0 && n <= 1), field, "Say a share above 0 and up to 1.")
	}
	share(l.Band, "lens.band")
	share(l.ReadyShare, "lens.ready_share")
	share(l.StretchShare, "lens.stretch_share")
	bad.Add(!(l.PracticeShare >= 0 && l.PracticeShare < 1), "lens.practice_share", "Say a share from 0 up to, but not, 1.")
	bad.Add(l.WindowHours < 1, "lens.window_hours", "A claim window is open for an hour at least.")
	bad.Add(l.OpenHours < 1, "lens.open_hours", "The clock runs for an hour at least.")
	bad.Add(l.CheckInDays < 1, "lens.check_in_days", "Check-ins are a day apart at least.")
	for i, r := range l.Rows {
		r.check(bad, fmt.Sprintf("lens.rows.%d", i))
	}
}

func (r LensRow) check(bad *skein.Invalid, field string) {
	bad.Add(!slices.Contains(skein.Dimensions, r.Dimension), field, "Choose one of the seven questions.")
	bad.Add(r.Value < 1 || r.Value > 5, field, "A value is a number from 1 to 5.")
	bad.Add(r.Reason == "", field, "Say in one line why.")
	bad.Add(r.Band < 0 || r.Band > 1 || r.StretchShare < 0 || r.StretchShare > 1, field, "A share lies between 0 and 1.")
	bad.Add(r.WindowHours < 0 || r.OpenHours < 0 || r.CheckInDays < 0, field, "A clock cannot run backwards.")
	bad.Add(r.Floor != "" && r.Floor.Notch() < 0, field, "Choose one of the trust levels.")
	for _, p := range r.Practices {
		if err := p.Check(); err != nil {
			bad.Add(true, field, err.Error())
		}
	}
}
