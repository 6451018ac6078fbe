package words_test

import (
	"testing"

	"skein/internal/words"
)

func TestAVerbGoesWithItsNumber(t *testing.T) {
	t.Parallel()
	for many, one := range map[string]string{
		"are": "is", "were": "was", "have": "has", "do without it": "does without it", "go on": "goes on", "lie": "lies", "take": "takes", "are in": "is in",
	} {
		check(t, words.Verb(1, many), one)
		check(t, words.Verb(0, many)+", "+words.Verb(2, many), many+", "+many)
	}
}
