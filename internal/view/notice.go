package view

import (
	homedb "skein/internal/postgres/home"
	"skein/web/page"
)

// sinceWords says what came of something that a notice asked for.
var sinceWords = map[string]string{
	"yes": "You said yes.", "no": "You said no.", "confirmed": "You confirmed it.", "returned": "You returned it.",
	"answered": "You answered.", "late": "The time to answer is over.", "granted": "Nothing is asked of you there now.",
	"settled": "It is settled.", "unchecked": "It is settled.", "not_needed": "It is settled.", "void": "It is settled.",
}

// Notices turns notices into what pages show.
func Notices(v Viewer, notices []homedb.Notice) []page.NoticeLine {
	lines := make([]page.NoticeLine, len(notices))
	for i, n := range notices {
		says, link := NoticeSays(n, v.Now.Location())
		lines[i] = page.NoticeLine{Says: says, Since: sinceWords[n.Since], URL: link, At: n.MadeAt, New: !n.Seen}
	}
	return lines
}
