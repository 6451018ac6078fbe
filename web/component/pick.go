package component

import "fmt"

// PickFigure is how a lead was decided: the chosen one, those in the same step,
// and how many others claimed.
type PickFigure struct {
	Chosen string   // "you", or a first name
	Equals []string // labels of those in the same step: "you", "in the same step"
	Others int
}

const (
	pickStep  = 40.5 // between two abreast
	pickClose = 24   // between more than two
	pickBack  = 29.5
	pickDown  = 17
	pickPairs = 4 // pairs of others that are drawn; more are said in words
)

func (p PickFigure) pairs() int { return min((p.Others+1)/2, pickPairs) }

// left is the hairline's place: the others stand behind it.
func (p PickFigure) left() float64 { return 7 + pickBack*float64(max(p.pairs(), 2)) }

func (p PickFigure) gap() float64 {
	if len(p.Equals) > 1 {
		return pickClose
	}
	return pickStep
}

// span is half the hairline.
func (p PickFigure) span() float64 { return p.gap()*float64(len(p.Equals))/2 + 22 }

func (p PickFigure) half() float64 {
	if pairs := p.pairs(); pairs > 0 {
		return max(p.span(), p.otherDown(pairs-1)) + 8
	}
	return p.span() + 8
}

// at is the height of place i on the hairline; the chosen one's is the first.
func (p PickFigure) at(i int) float64 {
	return p.gap() * (float64(i) - float64(len(p.Equals))/2)
}

// ahead is where the chosen one has stepped to: half a place lower, clear of the rest.
func (p PickFigure) ahead() float64 {
	if len(p.Equals) == 0 {
		return 0
	}
	return p.at(0) + 20
}

func (p PickFigure) otherX(i int) float64    { return p.left() - 31 - pickBack*float64(i/2) }
func (p PickFigure) otherDown(j int) float64 { return p.span() - 3 + pickDown*float64(j) }

func (p PickFigure) otherY(i int) float64 {
	if i%2 == 0 {
		return -p.otherDown(i / 2)
	}
	return p.otherDown(i / 2)
}

func (p PickFigure) drawn() int { return min(p.Others, 2*pickPairs) }

func (p PickFigure) width() float64 { return p.left() + 180 }

func (p PickFigure) viewBox() string {
	return fmt.Sprintf("0 %s %s %s", num(-p.half()), num(p.width()), num(2*p.half()))
}

// words says what the figure shows.
func (p PickFigure) words() string {
	words := "Chosen: " + p.Chosen + "."
	switch n := len(p.Equals); {
	case n == 1:
		words += " One other was in the same step."
	case n > 1:
		words += fmt.Sprintf(" %d others were in the same step.", n)
	}
	if p.Others > 0 {
		words += fmt.Sprintf(" %d more claimed.", p.Others)
	}
	return words
}
