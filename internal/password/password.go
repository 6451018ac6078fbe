// Package password says whether a password will do: long, and not soon guessed by whoever knows whose
// it is. How soon is estimated as Wheeler does in "zxcvbn: Low-Budget Password Strength Estimation"
// (USENIX Security 2016).
package password

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"
	"github.com/trustelem/zxcvbn/match"

	"skein/internal/skein"
)

// The lengths of a password, in characters. The longest bounds what checking one costs.
const (
	Shortest = 12
	Longest  = 200
)

const (
	// guesses is how many a guesser must need, at least.
	guesses = 1e10
	// weighed is how many characters are looked at. Whoever guesses all guesses these too, so that what
	// stands behind them only adds; the estimate takes seconds for a long text made to be slow.
	weighed = 64
)

// better ends every sentence about a password that will not do.
const better = " Three or four unrelated words do well."

// mostlyName is said of a password of which too little is left without the names.
const mostlyName = "That is mostly a name that others know."

// phrases are passwords that the estimate's own lists lack, and that everybody tries.
var phrases = []string{"correcthorsebatterystaple", "correct horse battery staple", "thequickbrownfox", "the quick brown fox"}

// Check reports, at the field "password", why a password will not do for somebody of whom these names
// are known: their own, their e-mail address, their organisation's.
func Check(password string, names ...string) error {
	var bad skein.Invalid
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password):
		bad.Add(true, "password", "Use letters, digits and signs that are text."+better)
	case length < Shortest:
		bad.Add(true, "password", fmt.Sprintf("Use at least %d characters.", Shortest)+better)
	case length > Longest:
		bad.Add(true, "password", fmt.Sprintf("Use at most %d characters. It need not be longer to be safe.", Longest))
	default:
		why := weakness(password, words(names))
		bad.Add(why != "", "password", why+better)
	}
	return bad.Err()
}

// weakness says why a password is soon guessed; "" when it is not.
func weakness(password string, names []string) string {
	unit, times := once(firstRunes(password, weighed))
	if leftWithout(password, names) < 6 {
		return mostlyName
	}
	found := zxcvbn.PasswordStrength(unit, append(names, phrases...))
	if found.Guesses*float64(times) >= guesses && distinct(unit) > 4 {
		return ""
	}
	if times > 1 {
		return "It says the same again and again."
	}
	why := reason(longest(found.Sequence), names)
	for _, m := range found.Sequence {
		if m.L33t {
			return why + " Signs in place of letters do not help."
		}
	}
	return why
}

// reason says of the part that is soonest guessed what it is.
func reason(m match.Match, names []string) string {
	switch m.Pattern {
	case "dictionary":
		for _, name := range names {
			if m.DictionaryName == "user_inputs" && m.MatchedWord == name {
				return mostlyName
			}
		}
		return "It is made of words that are guessed first."
	case "spatial":
		return "Its characters lie beside one another on a keyboard."
	case "repeat":
		return "It says the same again and again."
	case "sequence":
		return "It counts, or follows the alphabet."
	case "date", "regex":
		return "A date or a year is guessed soon."
	}
	return "It is too short for how it is made, and soon guessed."
}

// longest is the longest part that was recognised; the zero Match when none was.
func longest(parts []*match.Match) (best match.Match) {
	for _, m := range parts {
		if m.Pattern != "bruteforce" && len(m.Token) > len(best.Token) {
			best = *m
		}
	}
	return best
}

// words are what names are made of, in small letters: each name, and the words in it.
func words(names []string) []string {
	all := []string{"skein"}
	for _, name := range names {
		parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for _, part := range append(parts, strings.Join(parts, "")) {
			if utf8.RuneCountInString(part) > 2 {
				all = append(all, part)
			}
		}
	}
	return all
}

// leftWithout counts the characters that are left of a text without these names, which it holds; of one that holds
// none of them it counts all. The estimate takes what stands between two names for chance.
func leftWithout(text string, names []string) int {
	rest := strings.ToLower(text)
	for _, name := range names {
		rest = strings.ReplaceAll(rest, name, "")
	}
	return utf8.RuneCountInString(rest)
}

// once is the shortest text of which a text is made by saying it so many times: "ab", 3 of "ababab". The
// estimate itself sees repeats in ASCII alone.
func once(text string) (unit string, times int) {
	for size := range text {
		if size > 0 && len(text)%size == 0 && strings.Repeat(text[:size], len(text)/size) == text {
			return text[:size], len(text) / size
		}
	}
	return text, 1
}

func firstRunes(text string, most int) string {
	n := 0
	for i := range text {
		if n == most {
			return text[:i]
		}
		n++
	}
	return text
}

// distinct counts the characters of a text, each once.
func distinct(text string) int {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[unicode.ToLower(r)] = true
	}
	return len(seen)
}
