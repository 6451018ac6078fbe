package exchange

import (
	"archive/zip"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"
)

// style is how a cell shows its number.
type style struct {
	as     shows
	digits int // that it has at least
}

type shows uint8

const (
	asNumber shows = iota
	asDay          // with its time of day, if it has one
	asClock        // a time of day, or how long something takes
)

// readStyles reads how cells show their numbers, by the number of their style; from a part that may not be there.
func (b *book) readStyles(z *zip.Reader, name string) error {
	if name == "" {
		return nil
	}
	codes, cells := map[string]string{}, false
	return walk(part(z, name), maxPart, func(t *tokens, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			codes[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellStyleXfs", "cellStyles", "dxfs":
			cells = false
		case "cellXfs":
			cells = true
		case "xf":
			if cells {
				id := attr(e, "numFmtId")
				code, own := codes[id]
				if n, err := strconv.Atoi(id); err == nil && !own {
					b.styles = append(b.styles, style{as: builtIn(n)})
				} else {
					b.styles = append(b.styles, styleOf(code))
				}
			}
		}
		return nil
	})
}

// builtIn is what a format is that every spreadsheet has.
func builtIn(n int) shows {
	switch {
	case n >= 14 && n <= 17, n == 22, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57 || n == 58:
		return asDay
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n == 55 || n == 56, n >= 45 && n <= 47:
		return asClock
	}
	return asNumber
}

// styleOf reads a format's code: dd/mm/yyyy, #,##0.00, 00000.
func styleOf(code string) style {
	code, _, _ = strings.Cut(code, ";") // of a positive number
	if len(code) > 1 && strings.Trim(code, "0") == "" {
		return style{digits: min(len(code), 15)}
	}
	day, clock := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '\\', '_', '*': // the next character stands as it is
			i++
		case '"', '[':
			closing := map[byte]string{'"': `"`, '[': "]"}[c]
			end := strings.Index(code[i+1:], closing)
			if end < 0 {
				end = len(code) - i - 1
			}
			clock = clock || c == '[' && end > 0 && strings.Trim(strings.ToLower(code[i+1:i+1+end]), "hms") == ""
			i += 1 + end
		case 'y', 'Y', 'd', 'D':
			day = true
		case 'h', 'H', 's', 'S':
			clock = true
		case 'm', 'M':
			day = day || !clock && !strings.ContainsAny(strings.ToLower(code), "hs")
		case 'G', 'g': // General
			if strings.HasPrefix(strings.ToLower(code[i:]), "general") {
				i += len("general") - 1
			}
		}
	}
	switch {
	case day:
		return style{as: asDay}
	case clock:
		return style{as: asClock}
	}
	return style{}
}

// number says what a cell shows that holds a number: a day as 2026-03-31, with its time if it has one; else
// the number itself in digits, without what a spreadsheet's way of counting adds to it in the 16th.
func (b *book) number(text []byte, s int) (string, cellKind, bool) {
	how := style{}
	if s >= 0 && s < len(b.styles) {
		how = b.styles[s]
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return "", cellText, false
	}
	switch how.as {
	case asDay:
		if moment, ok := b.moment(n); ok {
			return moment, cellDay, true
		}
	case asClock:
		if seconds := math.Round(n * 24 * 60 * 60); n >= 0 && seconds < 1<<40 {
			return clock(int(seconds)), cellText, true
		}
	}
	if math.Abs(n) >= 1e21 {
		return strconv.FormatFloat(n, 'g', -1, 64), cellNumber, true
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		return "", cellText, false
	}
	digits := strconv.FormatFloat(rounded, 'f', -1, 64)
	if digits == "-0" {
		digits = "0"
	}
	if how.digits > len(digits) && strings.Trim(digits, "0123456789") == "" {
		digits = strings.Repeat("0", how.digits-len(digits)) + digits
	}
	return digits, cellNumber, true
}

// moment is the day that a number of days stands for, with the time of day where it is not midnight. The 60th of
// 1900 is a 29 February that there was not: Lotus 1-2-3 thought so, and workbooks have kept it.
func (b *book) moment(serial float64) (string, bool) {
	if serial < 0 || serial >= 2958466 { // the year 10000
		return "", false
	}
	days, part := math.Modf(serial)
	seconds := int(math.Round(part * 24 * 60 * 60))
	first := time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	switch {
	case b.from04:
	case days < 1 || days == 60:
		return "", false
	case days < 60:
		first = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	default:
		first = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	}
	at := first.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format(time.DateOnly), true
	}
	return at.Format(time.DateTime), true
}

// clock is how long something takes.
func clock(seconds int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) } //nolint:gosec // digits
	hours := strconv.Itoa(seconds / 3600)
	if len(hours) < 2 {
		hours = "0" + hours
	}
	return hours + ":" + two(seconds/60%60) + ":" + two(seconds%60)
}
