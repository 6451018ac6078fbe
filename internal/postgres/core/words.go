package core

import (
	"strings"
	"unicode"
)

// Prefixes turns typed words into a search for names that begin with them.
func Prefixes(typed string) string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		words[i] = word + ":*"
	}
	return strings.Join(words, " & ")
}
