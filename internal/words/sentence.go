package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// UpperFirst makes a phrase the beginning of a sentence: "two days" -> "Two days".
func UpperFirst(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	if size == 0 {
		return phrase
	}
	return string(unicode.ToUpper(first)) + phrase[size:]
}

// LowerFirst sets a phrase of Skein's own into a sentence: "In steps" -> "in steps". It is not for names
// or what somebody typed: "Excel" in small letters is another word. What begins as an acronym or a sign
// does ("GIS", "B2B", "C++", "R") stays.
func LowerFirst(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	second, _ := utf8.DecodeRuneInString(phrase[size:])
	article := strings.HasPrefix(phrase, "A ")
	if unicode.IsUpper(second) || !unicode.IsLetter(second) && !article {
		return phrase
	}
	return string(unicode.ToLower(first)) + phrase[size:]
}

// EndSentence closes a sentence that somebody typed with or without a full stop.
func EndSentence(words string) string {
	words = strings.TrimSpace(words)
	said := Bare(words)
	if said == "" || strings.ContainsAny(said[len(said)-1:], ".!?") || strings.HasSuffix(said, "…") {
		return Name(words)
	}
	return Name(words) + "."
}

// Quoted sets a title that has a colon or a comma of its own into a sentence.
func Quoted(title string) string {
	if strings.ContainsAny(title, ":,;") {
		return "“" + Name(title) + "”"
	}
	return Name(title)
}
