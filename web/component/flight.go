package component

// Flier is one of a flight: who flies, or a place that is open.
type Flier struct {
	Place Place
	Rose  bool // where whoever leads now flew before
	Name  string
	URL   string
	Does  string
	step  int
}

// FlightFigure is the skein in words: whoever leads in front, and one or two arms that step back behind them.
type FlightFigure struct {
	Label    string // what the figure is, for screen readers
	Above    []Flier
	Front    Flier
	Below    []Flier
	DropBack bool // the last below led until now
}

// The measures of the figure at its full width, in px; the sheet has them too.
const (
	flightFront = 581
	flightBack  = 80
	flightRow   = 38
	flightTop   = 8
	mostSteps   = 7 // further back than that the arm would leave the column
)

// fliers are all of them, from the top.
func (f FlightFigure) fliers() []Flier {
	var all []Flier
	for i, one := range f.Above {
		one.step = min(len(f.Above)-i, mostSteps)
		all = append(all, one)
	}
	all = append(all, f.Front)
	for i, one := range f.Below {
		one.step = min(i+1, mostSteps)
		all = append(all, one)
	}
	return all
}

func (f Flier) class() string {
	class := "step-" + num(float64(f.step))
	if f.step == 0 {
		class += " front"
	}
	if f.Rose {
		class += " rose-from"
	}
	return class
}

// at is the middle of a line's dot.
func (f FlightFigure) at(line, step int) (x, y float64) {
	return float64(flightFront - flightBack*step), float64(flightTop + flightRow*line + flightRow/2)
}

// rose is the way from where whoever leads now flew before; "": from nowhere.
func (f FlightFigure) rose() string {
	for i, one := range f.Below {
		if one.Rose {
			fx, fy := f.at(len(f.Above), 0)
			x, y := f.at(len(f.Above)+i+1, min(i+1, mostSteps))
			return "M" + num(x+9) + " " + num(y-4) + "L" + num(fx-16) + " " + num(fy+8)
		}
	}
	return ""
}

// dropped is the way of whoever drops back, and the head of its arrow; "": nobody does.
func (f FlightFigure) dropped() (way, head string) {
	n := len(f.Below)
	if !f.DropBack || n == 0 {
		return "", ""
	}
	fx, fy := f.at(len(f.Above), 0)
	x, y := f.at(len(f.Above)+n, min(n, mostSteps))
	y -= 12
	way = "M" + num(fx-19) + " " + num(fy-7) + "C" + num(fx-19-(fx-x)*.4) + " " + num(fy-18) + " " + num(x+24) + " " + num(fy+(y-fy)*.3) + " " + num(x+1) + " " + num(y)
	head = "M" + num(x-3) + " " + num(y-8) + "L" + num(x+1) + " " + num(y) + "L" + num(x+8) + " " + num(y-5)
	return way, head
}
