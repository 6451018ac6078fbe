package component

import (
	"fmt"
	"time"
)

// weaving is the woven figure, ready to draw: the front line above, the team's
// lanes below it, an axis of months at the foot.
type weaving struct {
	stretches []stretch
	team      []string // paths of people in the team, rising and dropping back
	ticks     []wovenTick
	lanes     int
	rise      float64
	axis      float64
	height    float64
	today     float64 // 0 when it is outside
}

type wovenTick struct {
	x, labelX float64
	label     string
}

const (
	wovenLanes = 4
	wovenBend  = 15.0 // half the width of a rise or fall
	laneStep   = 12.0
	laneFirst  = 70.0
)

// weave places everything. Leads without a word about their time in the team
// have no line there.
func weave(f TermsFigure) weaving {
	w := weaving{stretches: f.stretches()}
	w.rise = f.rise(w.stretches)
	for i := range w.stretches {
		s := &w.stretches[i]
		if s.Open {
			continue
		}
		lane := laneFirst + laneStep*float64(w.lanes%wovenLanes)
		path := s.before(f, lane) + s.after(f, lane)
		if path != "" {
			w.team = append(w.team, path)
			w.lanes++
		}
	}
	w.lanes = min(w.lanes, wovenLanes)
	w.axis = laneFirst + laneStep*float64(max(w.lanes-1, 0)) + 18
	w.height = w.axis + 26
	w.ticks = f.wovenTicks()
	if from, to := f.bounds(); f.Now.After(from) && f.Now.Before(to) {
		w.today = f.at(f.Now)
	}
	return w
}

// before is the way from the team to the front.
func (s stretch) before(f TermsFigure, lane float64) string {
	if s.Joined.IsZero() || !s.Joined.Before(s.From) {
		return ""
	}
	from, start := f.at(s.Joined), max(0, s.x0-2*wovenBend)
	return fmt.Sprintf("M%s %sH%sC%s %s %s 31 %s 31", num(min(from, start)), num(lane), num(start), num(start+wovenBend), num(lane), num(s.x0-wovenBend/2), num(s.x0))
}

// after is the way back into the team.
func (s stretch) after(f TermsFigure, lane float64) string {
	if s.Left.IsZero() || !s.Left.After(s.To) {
		return ""
	}
	foot := min(termsWidth, s.x1+2*wovenBend)
	return fmt.Sprintf("M%s 31C%s 31 %s %s %s %sH%s", num(s.x1), num(s.x1+wovenBend), num(foot-wovenBend), num(lane), num(foot), num(lane), num(max(foot, f.at(s.Left))))
}

// hatched is where the hatching of an open stretch ends and its dots begin: today.
func (w weaving) hatched(s stretch) float64 {
	if w.today > s.x0 && w.today < s.x1 {
		return w.today
	}
	return min(s.x1, s.x0+46)
}

// hatch draws slanting lines over a stretch that nobody leads.
func hatch(from, to float64) string {
	path := ""
	for x := from; x <= to-4; x += 6 {
		path += fmt.Sprintf("M%s 37l10-12", num(x))
	}
	return path
}

func (f TermsFigure) wovenTicks() []wovenTick {
	months := f.ticks()
	_, to := f.bounds()
	every := (len(months) + 13) / 14
	var ticks []wovenTick
	for i, month := range months {
		tick := wovenTick{x: f.at(month)}
		next := to
		if i+1 < len(months) {
			next = months[i+1]
		}
		if width := f.at(next) - tick.x; i%max(every, 1) == 0 && (width > 20 || every > 1) {
			tick.labelX, tick.label = tick.x+width/2, tickWords(months, month)
		}
		ticks = append(ticks, tick)
	}
	return ticks
}

// tickWords names years where the ticks are years.
func tickWords(months []time.Time, month time.Time) string {
	if len(months) > 1 && months[1].Sub(months[0]) > 100*24*time.Hour {
		return month.Format("2006")
	}
	return month.Format("Jan")
}
