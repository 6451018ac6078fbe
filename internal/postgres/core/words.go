package core

import (
	"strings"
	"unicode"
)

// Prefixes turns typed words into a search for names that begin with them. A letter that is typed as a
// base and its accent stays whole.
func Prefixes(typed string) string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	for i, word := range words {
		words[i] = word + ":*"
	}
	return strings.Join(words, " & ")
}
