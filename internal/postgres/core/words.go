package core

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Prefixes turns typed words into a search for names that begin with them. A letter that is typed as a
// base and its accent stays whole. Words are taken apart as SQL's folded leaves them: one sign may become several words,
// and of an accent alone nothing is left, which no search can be read from.
func Prefixes(typed string) string {
	words := strings.FieldsFunc(norm.NFKD.String(typed), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	words = slices.DeleteFunc(words, func(word string) bool { return !strings.ContainsFunc(word, searched) })
	for i, word := range words {
		words[i] = word + ":*"
	}
	return strings.Join(words, " & ")
}

// searched tells whether a rune is one to search by: folded takes out the two letters that are written as an apostrophe.
func searched(r rune) bool {
	return r != '\u02bb' && r != '\u02bc' && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
