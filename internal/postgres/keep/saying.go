package keepdb

import (
	"encoding/json"
	"strings"
	"unicode"
)

// saying is a pattern of Postgres for texts that say one of these words, whole: a name within a longer word is somebody
// else's. What is before and after it is looked at, and not how it begins, because names may end with a dot or a bracket.
func saying(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quote(word)
	}
	return `(?<![[:alnum:]])(?:` + strings.Join(quoted, "|") + `)(?![[:alnum:]])`
}

// quote has each sign of a word stand for itself.
func quote(word string) string {
	var b strings.Builder
	for _, c := range word {
		if c <= unicode.MaxASCII && (unicode.IsPunct(c) || unicode.IsSymbol(c)) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// written are words as they stand in JSON.
func written(words []string) []string {
	all := make([]string, len(words))
	for i, word := range words {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		_ = e.Encode(word) // a text always is
		all[i] = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(b.String(), "\n"), `"`), `"`)
	}
	return all
}
