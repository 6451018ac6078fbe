package factsdb

import (
	"slices"
	"strconv"
	"strings"
)

// Mark tells what was committed at a moment: in which life of the database (see database_life), and a
// snapshot of its transactions as Postgres writes it, with a slash between. The empty mark is before
// everything. A mark without a life is one that the version before wrote.
type Mark string

// MarkNow is the SQL of a mark of what is committed now.
const MarkNow = `database_life() || '/' || pg_current_snapshot()::text`

// Life is the life of the database in which it was made.
func (m Mark) Life() string {
	life, _, both := strings.Cut(string(m), "/")
	if !both {
		return ""
	}
	return life
}

// snapshot is the mark without the life.
func (m Mark) snapshot() string {
	if life, snapshot, both := strings.Cut(string(m), "/"); both && life != "" {
		return snapshot
	}
	return strings.TrimPrefix(string(m), "/")
}

// SameLife tells whether two marks can be compared: transactions of another life had other numbers.
func (m Mark) SameLife(other Mark) bool {
	return m.Life() == other.Life() || m.Life() == "" || other.Life() == ""
}

// Covers tells whether all that was committed at an earlier mark is seen at this one, too: whatever
// was still under way here must have been so then, or have begun later. Nothing is known of what was
// committed in another life.
func (m Mark) Covers(earlier Mark) bool {
	if earlier == "" {
		return true
	}
	_, ends, running := m.parts()
	_, began, then := earlier.parts()
	return m.SameLife(earlier) && ends >= began && !slices.ContainsFunc(running, func(xid uint64) bool {
		return xid < began && !slices.Contains(then, xid)
	})
}

// parts reads xmin:xmax:xip,xip: all before the first have ended, none from the second on had begun,
// and the others were running.
func (m Mark) parts() (first, next uint64, running []uint64) {
	parts := strings.SplitN(m.snapshot(), ":", 3)
	if len(parts) < 3 {
		return 0, 0, nil
	}
	number := func(text string) uint64 {
		n, _ := strconv.ParseUint(text, 10, 64) // Postgres wrote it
		return n
	}
	for xid := range strings.SplitSeq(parts[2], ",") {
		if xid != "" {
			running = append(running, number(xid))
		}
	}
	return number(parts[0]), number(parts[1]), running
}
