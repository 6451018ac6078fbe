package password_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"skein/internal/password"
	"skein/internal/skein"
)

// known is what others know of whoever chooses a password.
var known = []string{"Ines Calder", "ines.calder@corriemere.example", "Corriemere Water"}

func TestPasswordsThatAreSoonGuessedWillNotDo(t *testing.T) {
	t.Parallel()
	for typed, says := range map[string]string{
		"Summer2026!!":                     "",
		"football1234":                     "guessed first",
		"P@ssw0rd1234":                     "Signs in place of letters",
		"letmein12345":                     "guessed first",
		"administrator2026":                "guessed first",
		"Welcome2026!!":                    "guessed first",
		"iloveyou1234":                     "guessed first",
		"Password123456!":                  "",
		"Liverpool2026":                    "",
		"princess2026!":                    "guessed first",
		"trustno1trustno1":                 "again and again",
		"passwordpassword":                 "again and again",
		"zaq12wsxcde3":                     "guessed first",
		"qwertyuiop12":                     "guessed first",
		"abcdefghijklmnop":                 "alphabet",
		"121212121212121":                  "again and again",
		"aaaaaaaaaaaaaaaa":                 "again and again",
		"19871205198712":                   "date",
		"correcthorsebatterystaple":        "guessed first",
		"Correct Horse Battery Staple":     "guessed first",
		"InesCalder12":                     "name that others know",
		"calder.ines.12":                   "name that others know",
		"corriemere2026!":                  "name that others know",
		"corriemerecorriemere":             "name that others know",
		"skein-skein-skein":                "",
		"Corriemere Water":                 "name that others know",
		"correct horse":                    "guessed first",
		"парольпароль":                     "again and again",
		strings.Repeat("静", 20):            "again and again",
		strings.Repeat("ой", 12):           "again and again",
		"elevenchars":                      "at least 12 characters",
		"":                                 "at least 12 characters",
		"静かな川と白い橋":                         "at least 12 characters",
		strings.Repeat("goose! wait ", 17): "at most 200 characters",
		"three unrelated g\xffeese":        "are text",
	} {
		err := password.Check(typed, known...)
		var bad skein.Invalid
		if !errors.As(err, &bad) || len(bad) != 1 || bad[0].Field != "password" {
			t.Errorf("%q will do: %v", typed, err)
			continue
		}
		if !strings.Contains(bad[0].Message, says) {
			t.Errorf("%q: %q, want %q", typed, bad[0].Message, says)
		}
	}
}

func TestLongPasswordsThatNobodyGuessesDo(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"three unrelated geese", "four other unrelated geese", "ines likes unrelated geese", "nine herons walk home",
		"quay-and-cranes-7", "x7#Lq!9vPz2m", "mot de passe bleu tram", "ægir vøtn blåbær", "тихий берег и лодка",
		"ώρα για βόλτα στη λίμνη", "سفينة في البحر الهادئ", "静かな川と白い橋を渡る人々", "kaffee tasse fahrrad mond",
		strings.Repeat("ab cd ef ghost ", 13), "        geese and a tram",
	} {
		if err := password.Check(typed, known...); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// The dearest texts are those of which every sign may stand for several letters.
func TestNoTextTakesLongToCheck(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		strings.Repeat("4@8({[<369&#!1/|0$5+7%2", 9)[:password.Longest],
		strings.Repeat("a", password.Longest-1) + "b", strings.Repeat("静", password.Longest-1) + "川",
		strings.Repeat("1987", 49) + "x", strings.Repeat("p@ssw0rd", 24) + "x", strings.Repeat("x", 100_000),
	} {
		began := time.Now()
		_ = password.Check(typed, known...)
		if took := time.Since(began); took > 3*time.Second { // a tenth of it on a quiet machine
			t.Errorf("%.20q takes %s", typed, took)
		}
	}
}

// Whatever is typed is answered, and what is said of it never holds it.
func TestAnyTextIsAnswered(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 7))
	signs := []rune("aA1@ \u0301é静ßİ🦢\u200d19-./qwert$0")
	for range 500 {
		var b strings.Builder
		for range 12 + rng.IntN(24) {
			b.WriteRune(signs[rng.IntN(len(signs))])
		}
		typed := b.String()
		if rng.IntN(4) == 0 {
			typed = typed[1:] // may begin in the middle of a character
		}
		err := password.Check(typed, typed[:len(typed)/2])
		if err != nil && strings.Contains(err.Error(), typed) || err == nil && !utf8.ValidString(typed) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
