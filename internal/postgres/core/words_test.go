package core_test

import (
	"fmt"
	"testing"
	"unicode"

	"skein/internal/postgres/core"
	"skein/internal/postgres/pgtest"
)

// Whatever is typed into a search is one: to_tsquery refuses an operand of which folded leaves nothing, or several words.
func TestWhateverIsTypedCanBeSearched(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	for typed, want := range map[string]string{
		"": "", "Reed beds": "Reed:* & beds:*", "Zo\u00eb": "Zoe\u0308:*", "\u0301": "", "\u02bb": "", "\u02bc \u0301": "", "a & b | !c:*": "a:* & b:* & c:*",
		"\u02bbOkina": "\u02bbOkina:*", "\ufb01n": "fin:*", "\u037a": "", "x' \\ <->": "x:*", "\xff": "",
	} {
		if got := core.Prefixes(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
	var odd []string
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if unicode.IsLetter(r) && r < 0x3000 || unicode.IsMark(r) || r >= 0xf900 && r < 0x10000 || r < 0x100 || unicode.IsDigit(r) {
			odd = append(odd, core.Prefixes(string(r)), core.Prefixes(fmt.Sprintf("a%c b", r)), core.Prefixes(fmt.Sprintf("%c\u0301 b", r)))
		}
	}
	for _, language := range []string{"simple", "english"} {
		var n int
		if err := pool.QueryRow(t.Context(), `select count(to_tsquery($1::text::regconfig, folded(typed))) from unnest($2::text[]) typed`, language, odd).Scan(&n); err != nil || n != len(odd) {
			t.Error(language, n, err)
		}
	}
}
