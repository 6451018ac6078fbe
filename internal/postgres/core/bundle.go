package core

import (
	"strings"

	"skein/internal/skein"
)

// NoticeBundle is what notices to one person share that are one: see skein.Bundled. Any other is alone,
// and so is one from before notices were data, whose sentence is kept.
var NoticeBundle = `case
    when (notice.kind, notice.code) in (` + pairsOf(skein.Bundled) + `) and notice.says is null
    then notice.kind || ' ' || notice.code || ' ' || (notice.made_at at time zone 'UTC')::date || ' ' || (notice.seen_at is null)
    else notice.id::text
end`

func pairsOf(notices []skein.NoticeOf) string {
	var pairs []string
	for _, b := range notices {
		pairs = append(pairs, "('"+string(b.Kind)+"', '"+string(b.Code)+"')")
	}
	return strings.Join(pairs, ", ")
}

// UnseenNotices counts the notices of a person that they have not seen, a bundle as one.
func UnseenNotices(person string) string {
	return `(select count(distinct ` + NoticeBundle + `) from notice where person_id = ` + person + ` and seen_at is null)`
}

// AtOnce lists as SQL the notices by which somebody waits: pairs of kind and code.
var AtOnce = pairsOf(skein.AtOnce)
