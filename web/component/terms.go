package component

import (
	"slices"
	"strings"
	"time"
)

// Term is one stretch of a project's history: somebody's time in the lead, or a
// stretch that nobody leads.
type Term struct {
	Who        string    // "Kwame Boateng"; for an open stretch "open"
	From, To   time.Time // To is the planned end where it has not come yet
	Open       bool
	HandedOver bool   // handed over at its end
	StandsIn   bool   // in the place of whoever leads
	SaidBack   bool   // and said back by whoever led next, or said back after it had ended
	Start, End string // in words: "October", "30 September"

	// For the woven figure: when the lead was in the team before and after.
	Joined, Left time.Time
}

// TermsFigure is who has led, one after the other.
type TermsFigure struct {
	Terms []Term
	Now   time.Time
}

// The figure is as wide as the text column.
const (
	termsWidth = 544.0
	termsLine  = 31.0 // height of the line below the first row of names
	handover   = 8.0  // from the moment of a handover to each of its bars
	letter     = 6.9  // about how wide a letter is at 13 px
)

func (f TermsFigure) bounds() (from, to time.Time) {
	for i, term := range f.Terms {
		if i == 0 || term.From.Before(from) {
			from = term.From
		}
		if term.To.After(to) {
			to = term.To
		}
	}
	if !to.After(from) {
		to = from.Add(time.Hour)
	}
	return from, to
}

// at is a moment's place on the line.
func (f TermsFigure) at(t time.Time) float64 {
	from, to := f.bounds()
	share := float64(t.Sub(from)) / float64(to.Sub(from))
	return min(max(share, 0), 1) * termsWidth
}

// stretch is one term, ready to draw.
type stretch struct {
	Term
	x0, x1     float64
	barBefore  bool
	nameX      float64
	nameAnchor string
	level      int // rows above the line that names had to move up
	below      string
	belowX     float64
}

// stretches places the terms. Names that would touch move up a row; words below
// that would touch are left out, since the list says them too.
func (f TermsFigure) stretches() []stretch {
	placed := make([]stretch, len(f.Terms))
	var ends []float64 // where the names of each row end
	belowEnd := -1.0
	if n := len(f.Terms); n == 0 {
		return nil
	}
	lastWords := f.lastEnd()
	lastStart := termsWidth - letter*float64(len([]rune(lastWords))) - 12
	for i, term := range f.Terms {
		s := stretch{Term: term, x0: f.at(term.From), x1: f.at(term.To), nameAnchor: "start"}
		s.barBefore = i > 0 && f.Terms[i-1].HandedOver
		if s.barBefore {
			s.x0 += handover
		} else if i > 0 {
			s.x0 = min(s.x0+12, s.x1)
		}
		if term.HandedOver {
			s.x1 -= handover
		}
		s.x1 = max(s.x1, s.x0)
		s.place(&ends)
		s.below, s.belowX = term.Start, s.nameX
		if s.barBefore {
			s.below, s.belowX = "handed over", max(0, s.x0-2*handover-8)
			if f.Terms[i-1].SaidBack {
				s.below = "said back"
			}
		}
		width := letter * float64(len([]rune(s.below)))
		if s.nameAnchor == "end" || s.belowX < belowEnd || s.belowX+width > lastStart {
			s.below = ""
		} else {
			belowEnd = s.belowX + width + 12
		}
		placed[i] = s
	}
	return placed
}

// place finds a row where the name has room.
func (s *stretch) place(ends *[]float64) {
	width := letter * float64(len([]rune(s.Who)))
	s.nameX = s.x0
	if s.x0+width > termsWidth {
		s.nameX, s.nameAnchor = termsWidth, "end"
	}
	left := s.nameX
	if s.nameAnchor == "end" {
		left -= width
	}
	s.level = slices.IndexFunc(*ends, func(end float64) bool { return end <= left })
	if s.level < 0 {
		s.level = len(*ends)
		*ends = append(*ends, 0)
	}
	(*ends)[s.level] = left + width + 12
}

func (f TermsFigure) rise(stretches []stretch) float64 {
	level := 0
	for _, s := range stretches {
		level = max(level, s.level)
	}
	return 18 * float64(level)
}

func (f TermsFigure) lastEnd() string {
	if len(f.Terms) == 0 {
		return ""
	}
	last := f.Terms[len(f.Terms)-1]
	if last.SaidBack {
		return last.End + ", said back"
	}
	return last.End
}

// ticks are the months, unless there are too many to tell apart.
func (f TermsFigure) ticks() []time.Time {
	from, to := f.bounds()
	step := 1
	for months := int(to.Sub(from).Hours() / 730); months/step > 24; step *= 12 {
	}
	var ticks []time.Time
	month := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, from.Location())
	if step > 1 {
		month = time.Date(from.Year(), 1, 1, 0, 0, 0, 0, from.Location())
	}
	for ; !month.After(to); month = month.AddDate(0, step, 0) {
		if !month.Before(from) {
			ticks = append(ticks, month)
		}
	}
	return ticks
}

// Sentence is the term as a line of the list.
func (t Term) Sentence() string {
	var parts []string
	switch {
	case t.Start != "" && t.End != "":
		parts = append(parts, t.Start+" to "+t.End)
	case t.Start != "":
		parts = append(parts, "from "+t.Start)
	case t.End != "":
		parts = append(parts, "until "+t.End)
	}
	if t.StandsIn {
		parts = append(parts, "standing in")
	}
	if t.HandedOver {
		parts = append(parts, "handed over")
	}
	if t.SaidBack {
		parts = append(parts, "said back")
	}
	if len(parts) == 0 {
		return t.Who
	}
	return t.Who + ": " + strings.Join(parts, ", ")
}
