package skein

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// littleWords are the words of two letters that are not initials.
var littleWords = map[string]bool{
	"as": true, "at": true, "be": true, "by": true, "do": true, "go": true, "in": true, "is": true,
	"it": true, "my": true, "no": true, "of": true, "on": true, "or": true, "so": true, "to": true,
	"up": true, "us": true, "we": true,
}

// ReadableID is an id as people would write it, for what a file names by its id alone:
// "release-team" is "Release team", "ci-signal" is "CI signal". What has capitals, spaces or an
// address in it was written by a person, and stays.
func ReadableID(id string) string {
	if strings.ContainsFunc(id, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsSpace(r) || r == '/' || r == '@' }) {
		return id
	}
	words := strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' })
	if len(words) == 0 {
		return id
	}
	for i, word := range words {
		if initials(word) {
			words[i] = strings.ToUpper(word)
		}
	}
	first, size := utf8.DecodeRuneInString(words[0])
	if len(words[0]) > 1 && !strings.ContainsFunc(words[0], unicode.IsDigit) {
		words[0] = string(unicode.ToUpper(first)) + words[0][size:]
	}
	return strings.Join(words, " ")
}

// initials guesses whether a word is one that people write in capitals: two letters, or up to four
// that nobody could pronounce.
func initials(word string) bool {
	if strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) || littleWords[word] {
		return false
	}
	return len(word) == 2 || len(word) <= 4 && len(word) > 2 && !strings.ContainsAny(word, "aeiouy")
}
