package words

import (
	"strings"
	"unicode"
)

// The marks around a text whose direction is that of its own first letter (Unicode's First Strong
// Isolate, and its end): what stands beside it keeps its place.
const (
	isolate = "\u2068"
	release = "\u2069"
)

// Name is a name as it stands in a sentence. One that is written from right to left is held apart from
// the words beside it, so that its own "!" and digits stay with it; any other stays as it is.
func Name(name string) string {
	if !RightToLeft(name) || strings.HasPrefix(name, isolate) {
		return name
	}
	return isolate + name + release
}

// Names are names as they stand in a sentence.
func Names(names []string) []string {
	marked := make([]string, len(names))
	for i, name := range names {
		marked[i] = Name(name)
	}
	return marked
}

// Bare is a text without the marks of Name: for what is sent back, and compared.
func Bare(text string) string {
	return strings.NewReplacer(isolate, "", release, "").Replace(text)
}

// rightToLeft are the scripts that are written from right to left.
var rightToLeft = []*unicode.RangeTable{
	unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic,
	unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Mende_Kikakui, unicode.Imperial_Aramaic, unicode.Phoenician, unicode.Avestan,
}

// RightToLeft tells whether a text has a letter that is written from right to left.
func RightToLeft(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x590 && unicode.IsOneOf(rightToLeft, r) })
}
