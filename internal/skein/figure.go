package skein

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Figure is what a typed number counts: it says how a mark before three digits is read.
type Figure int

// What numbers count.
const (
	Measure Figure = iota // hours, people: a mark before three digits may be either, and is asked about
	Money                 // such a mark separates thousands, and a currency may stand beside the number
)

// MaxFigure is the most that a typed number may be, in either direction.
const MaxFigure = 1e9

// BothWays is said of a number that is read as one thing here and as another there.
const BothWays = "It can be read in two ways: with a mark before three digits, some mean thousands and some decimals. " +
	"Write it without that mark, or with one or two decimals, such as 3.5 or 3,5."

// ReadFigure reads a number as people type it, with a decimal comma or a decimal point, and with spaces,
// apostrophes, points or commas between thousands. It fails where it is no number, and bothWays tells that it
// would be two.
func ReadFigure(typed string, of Figure) (n float64, bothWays, ok bool) {
	text := strings.NewReplacer("\u2212", "-", "\u2019", "'", "\u00a0", " ", "\u202f", " ", "\u2009", " ").Replace(strings.TrimSpace(typed))
	minus := strings.HasPrefix(text, "-")
	text = strings.TrimSpace(strings.TrimPrefix(text, "-"))
	if of == Money {
		text = withoutCurrency(text)
	}
	if text, bothWays, ok = plainFigure(text, of); !ok {
		return 0, bothWays, false
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n > MaxFigure {
		return 0, false, false
	}
	if minus {
		n = math.Copysign(n, -1)
	}
	return n, false, true
}

// withCurrency is a number with the sign or the letters of a currency, before or behind it, and with the dash that
// stands for no cents.
var withCurrency = regexp.MustCompile(`^(?:[\p{Sc}\p{L}]+\.? *)?([^\p{Sc}\p{L}]*?)(?:[.,][-–—])?(?: *[\p{Sc}\p{L}]+\.?)?$`)

func withoutCurrency(text string) string {
	if bare := withCurrency.FindStringSubmatch(text); bare != nil {
		return bare[1]
	}
	return text
}

var (
	onlyDigits = regexp.MustCompile(`^\d+$`)
	grouped    = regexp.MustCompile(`^\d{1,3}(?:[ ']\d{3})+$|^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$`)
	unsure     = regexp.MustCompile(`^[1-9]\d{0,2}[.,]\d{3}$`)
	decimals   = regexp.MustCompile(`^([\d .,']*)[.,](\d+)$`)
)

// plainFigure is a number in digits with a point before its decimals.
func plainFigure(text string, of Figure) (plain string, bothWays, ok bool) {
	ungrouped := strings.NewReplacer(" ", "", "'", "", ".", "", ",", "")
	switch {
	case onlyDigits.MatchString(text):
		return text, false, true
	case of != Money && unsure.MatchString(text):
		return "", true, false
	case grouped.MatchString(text) && !strings.HasPrefix(text, "0"):
		return ungrouped.Replace(text), false, true
	}
	parts := decimals.FindStringSubmatch(text)
	if parts == nil {
		return "", false, false
	}
	whole, mark := parts[1], text[len(parts[1])]
	switch {
	case whole == "" || onlyDigits.MatchString(whole):
	case !grouped.MatchString(whole), strings.IndexByte(whole, mark) >= 0:
		return "", false, false
	}
	return ungrouped.Replace(whole) + "." + parts[2], false, true
}
