package skein

import (
	"time"
)

// Vision is what the organisation is for, in the executives' words.
type Vision struct {
	Organisation string
	Vision       string // one line
	Purpose      string // a paragraph
	ChangedAt    time.Time
}

// Check reports what is wrong with a vision.
func (v Vision) Check() error {
	var bad Invalid
	bad.Name("organisation", v.Organisation, "Say what the organisation is called.")
	bad.Add(len([]rune(v.Organisation)) > 80, "organisation", "A name has at most 80 characters.")
	bad.Short("vision", v.Vision)
	bad.Long("purpose", v.Purpose)
	bad.Add(len([]rune(v.Vision)) > 160, "vision", "Say it in 160 characters or fewer, so that people can remember it.")
	bad.Add(len([]rune(v.Purpose)) > 1200, "purpose", "Say it in 1,200 characters or fewer.")
	return bad.Err()
}

// Weights are how much a priority may count: half, once, twice or three times.
var Weights = []float64{0.5, 1, 2, 3}

// Check reports what is wrong with a priority.
func (p Priority) Check() error {
	var bad Invalid
	bad.Name("title", p.Title, "Say it in a few words.")
	bad.Add(len([]rune(p.Title)) > 80, "title", "Say it in 80 characters or fewer.")
	bad.Short("measure", p.Measure)
	bad.Short("horizon", p.Horizon)
	bad.Add(p.Weight <= 0 || p.Weight > 100, "weight", "Choose how much it counts.")
	bad.Add(len([]rune(p.Measure)) > 300, "measure", "Say it in 300 characters or fewer.")
	bad.Add(len([]rune(p.Horizon)) > 60, "horizon", "Say until when in 60 characters or fewer.")
	return bad.Err()
}
