package component

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Spoke is one dimension of a situation, 1 to 5; 0 is not stated.
type Spoke struct {
	Label  string
	Now    int
	Chosen int // what the lead was chosen for; 0 when that is not compared
}

// The seven labels, clockwise from the top.
var spokeLabels = [7]string{"unknown", "stakes", "urgency", "many heads", "agreement", "reach", "readiness"}

// Situation makes the seven spokes in their order: uncertainty (see Unknown),
// stakes, urgency, expertise, commitment, reach, readiness. Chosen may be all zero.
func Situation(now, chosen [7]int) []Spoke {
	spokes := make([]Spoke, len(spokeLabels))
	for i, label := range spokeLabels {
		spokes[i] = Spoke{Label: label, Now: now[i], Chosen: chosen[i]}
	}
	return spokes
}

// Unknown places the five kinds of uncertainty on the scale of the first spoke.
func Unknown(kind string) int {
	switch kind {
	case "clear":
		return 1
	case "complicated":
		return 2
	case "complex":
		return 4
	case "chaotic", "unclear":
		return 5
	}
	return 0
}

func (s Spoke) moved() bool { return s.Chosen != 0 && s.Chosen != s.Now }

// The rose's radii: the middle stays empty so that spokes do not run together.
const (
	roseInner = 8.5
	roseStep  = 9.5
	roseLabel = 67
)

func reach(value int) float64 { return roseInner + roseStep*float64(value) }

// spokeAt is one spoke, ready to draw.
type spokeAt struct {
	Spoke
	angle float64
}

func spokesAt(spokes []Spoke) []spokeAt {
	placed := make([]spokeAt, len(spokes))
	for i, spoke := range spokes {
		placed[i] = spokeAt{spoke, 2 * math.Pi * float64(i) / float64(len(spokes))}
	}
	return placed
}

func (s spokeAt) x(r float64) string { return num(r * math.Sin(s.angle)) }
func (s spokeAt) y(r float64) string { return num(-r * math.Cos(s.angle)) }

// labelY sets the label's baseline so that its middle lies on the circle of labels.
func (s spokeAt) labelY() string { return num(4 - roseLabel*math.Cos(s.angle)) }

func (s spokeAt) anchor() string {
	switch side := math.Sin(s.angle); {
	case side > .1:
		return "start"
	case side < -.1:
		return "end"
	}
	return "middle"
}

// roseWords is the figure as a sentence.
func roseWords(spokes []Spoke) string {
	var words []string
	for _, spoke := range spokes {
		switch {
		case spoke.Now == 0:
			words = append(words, spoke.Label+" not stated")
		case spoke.moved():
			words = append(words, fmt.Sprintf("%s %d of 5, was %d", spoke.Label, spoke.Now, spoke.Chosen))
		default:
			words = append(words, fmt.Sprintf("%s %d of 5", spoke.Label, spoke.Now))
		}
	}
	return "What it is like: " + strings.Join(words, "; ") + "."
}

// num writes a coordinate with at most one decimal.
func num(v float64) string {
	rounded := math.Round(v*10) / 10
	if rounded == 0 {
		rounded = 0 // no minus zero
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
