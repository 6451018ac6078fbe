package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	bulkdb "skein/internal/postgres/bulk"
)

// meter shows how far a long import has come, on a terminal and nowhere else. Files are read while
// the database works.
type meter struct {
	file *os.File // nil: nobody watches

	mu    sync.Mutex
	last  time.Time
	shown bool
}

func newMeter(con *console) *meter {
	m := &meter{last: time.Now()}
	if file := con.screen(); file != nil && term.IsTerminal(int(file.Fd())) {
		m.file = file
	}
	return m
}

// read is told how far a file has been read.
func (m *meter) read(file string, done, total int64) {
	if total > 0 {
		m.show(fmt.Sprintf("reading %s: %d %%", file, done*100/total), false)
	}
}

// step is told what the database does.
func (m *meter) step(s bulkdb.ImportStep) {
	m.show(sentence(s), s.Done == 0 || s.Doing != bulkdb.Sending)
}

// bar is told how much of something is done; of nothing: it is over.
func (m *meter) bar(what string, done, total int) {
	if total == 0 {
		m.clear()
		return
	}
	const width = 30
	full := min(width, width*done/total)
	m.show(fmt.Sprintf("%s [%s%s] %d %%", what, strings.Repeat("#", full), strings.Repeat(".", width-full), 100*done/total), false)
}

// tables says what the tables hold that an import may take for itself.
var tables = map[string]string{"person": "people or evidence", "evidence": "evidence"}

// sentence says in words what the database does.
func sentence(s bulkdb.ImportStep) string {
	rows := map[string]string{"person": "people", "evidence": "rows of evidence"}[s.Table]
	switch s.Doing {
	case bulkdb.Shutting:
		return "waiting until nobody else uses " + tables[s.Table]
	case bulkdb.Comparing:
		return fmt.Sprintf("comparing %d %s with what is there", s.Rows, rows)
	case bulkdb.Indexing:
		return fmt.Sprintf("indexing %d %s: %d of %d", s.Rows, rows, s.Done, s.Total)
	}
	if s.Done == 0 {
		return fmt.Sprintf("sending %d %s", s.Rows, rows)
	}
	return fmt.Sprintf("sending %d of %d %s", s.Done, s.Rows, rows)
}

// show puts a line in the place of the one before: at once when it begins something that may take
// long, else five times a second at most.
func (m *meter) show(line string, atOnce bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.file == nil || !atOnce && time.Since(m.last) < 200*time.Millisecond {
		return
	}
	m.last, m.shown = time.Now(), true
	fmt.Fprintf(m.file, "\r\x1b[K%s", line)
}

// clear takes the line away.
func (m *meter) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shown {
		fmt.Fprint(m.file, "\r\x1b[K")
		m.shown = false
	}
}
