package exchange

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"skein/internal/skein"
)

// The most that values may have. Ids and sources are bounded in bytes: they stand in an index.
const (
	maxID     = skein.MaxID
	maxSource = 1000
	maxName   = 300    // characters
	maxText   = 100000 // characters
)

// raw returns the present row's value in column c, nil when the file has no such column.
func (t *table) raw(c int) []byte {
	if t.at[c] < 0 {
		return nil
	}
	return t.rec.fields[t.at[c]].value
}

// kind is what the present row's cell in column c holds, where that is a sheet's; else a text.
func (t *table) kind(c int) cellKind {
	if t.at[c] < 0 {
		return cellText
	}
	return t.rec.fields[t.at[c]].is
}

// trimmed is raw without white space around it. Values that are not free text are read so.
func (t *table) trimmed(c int) []byte {
	value := t.raw(c)
	if n := len(value); n == 0 || ink(value[0]) && ink(value[n-1]) {
		return value
	}
	return bytes.TrimSpace(value)
}

// ink tells of a byte that surely begins or ends no white space.
func ink(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

// id reads an id that must be there.
func (t *table) id(c int) string {
	value := t.maybeID(c)
	if value == "" && !t.bad {
		t.ofValue(c, "is blank.")
	}
	return value
}

// maybeID reads an id that may be blank.
func (t *table) maybeID(c int) string {
	value := t.trimmed(c)
	if len(value) == 0 {
		return ""
	}
	seen := &t.ids[slotOf(value)]
	if *seen == string(value) {
		return *seen
	}
	id := t.checkID(c, value)
	if id != "" {
		*seen = id
	}
	return id
}

// checkID returns an id, or reports why it can be none and returns "".
func (t *table) checkID(c int, value []byte) string {
	switch {
	case len(value) > maxID:
		t.problem(c, "An id has at most %d bytes; this one has %d.", maxID, len(value))
	case bytes.ContainsFunc(value, unicode.IsControl):
		t.problem(c, "An id has no line ends or other control characters.")
	case skein.ReservedID(string(value)):
		t.problem(c, "%s cannot be an id: in an address it leads to another page. Choose another id.", shown(value))
	case skein.CheckID(string(value)) != nil:
		t.problem(c, "An id has no characters that cannot be seen; this one is %s.", shown(value))
	default:
		return string(value)
	}
	return ""
}

// recent remembers ids that were found right: most come again and again. What is put into a slot
// takes the place of what was there.
type recent[T any] [1 << 12]T

// slotOf is where a value is remembered, if it is.
func slotOf(value []byte) uint32 {
	const offset, prime = 2166136261, 16777619 // of FNV-1a
	sum := uint32(offset)
	for _, c := range value {
		sum = (sum ^ uint32(c)) * prime
	}
	return (sum ^ sum>>16) % (1 << 12)
}

// name reads a short text that must be there, without the space around it and with one space between words, as a form
// does: programs that pad their columns would set each mark behind a name apart from it.
func (t *table) name(c int) string {
	value := skein.OneSpace(strings.TrimSpace(t.text(c, maxName)))
	if value == "" && !t.bad {
		t.ofValue(c, "is blank.")
	}
	return value
}

// text reads free text as it stands, but for how its lines end and how its letters are composed.
// What may not be in it, the noun's own check says.
func (t *table) text(c, most int) string {
	value := t.raw(c)
	if n := utf8.RuneCount(value); n > most {
		t.ofValue(c, "has at most %d characters; this one has %d.", most, n)
		return ""
	}
	return skein.Composed(lineEnds.Replace(string(value)))
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// email reads an e-mail address.
func (t *table) email(c int) string {
	value := t.trimmed(c)
	if len(value) == 0 {
		return ""
	}
	if skein.CheckEmail(string(value)) != nil {
		t.problem(c, "%s is not an e-mail address.", shown(value))
		return ""
	}
	return string(value)
}

// whole reads a whole number between least and most; 0 when it is blank.
func (t *table) whole(c, least, most int) int {
	value := t.trimmed(c)
	if len(value) == 0 {
		return 0
	}
	n, ok := parseWhole(value)
	if !ok || n < least || n > most {
		t.ofValue(c, "is a whole number from %d to %d; this says %s.", least, most, shown(value))
		return 0
	}
	return n
}

// parseWhole reads digits and nothing else.
func parseWhole(value []byte) (int, bool) {
	if len(value) == 0 || len(value) > 9 {
		return 0, false
	}
	n := 0
	for _, digit := range value {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		n = n*10 + int(digit-'0')
	}
	return n, true
}

// decimal reads a number between least and most, rounded to so many places; nil when it is blank. Its
// decimals come after a point, or after a comma where commas do not separate values.
func (t *table) decimal(c int, least, most float64, places int) *float64 {
	value := t.trimmed(c)
	if len(value) == 0 {
		return nil
	}
	how, number := "a point", string(value)
	if !t.rows.commas() {
		how, number = "a point or a comma", strings.Replace(number, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || strings.ContainsFunc(number, notInDecimal) || n < least || n > most {
		t.ofValue(c, "is a number from %v to %v, with %s for its decimals; this says %s.", least, most, how, shown(value))
		return nil
	}
	scale := math.Pow10(places)
	n = math.Round(n*scale) / scale
	return &n
}

func notInDecimal(r rune) bool { return (r < '0' || r > '9') && r != '.' }

// choice reads one of the words; "" when it is blank.
func choice[T ~string](t *table, c int, words ...T) T {
	value := t.trimmed(c)
	if len(value) == 0 {
		return ""
	}
	for _, w := range words {
		if string(value) == string(w) {
			return w
		}
	}
	for _, w := range words {
		if len(value) == len(w) && strings.EqualFold(string(value), string(w)) {
			return w
		}
	}
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	t.ofValue(c, "is one of %s; this says %s.", strings.Join(list, ", "), shown(value))
	return ""
}

// shown quotes a value for a sentence, cut where it is long.
func shown(value []byte) string {
	const most = 40
	text := string(value)
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "..."
	}
	return strconv.Quote(text)
}
