package exchange

import (
	"bytes"
	"slices"
	"strings"
)

// separators are what may stand between the values of a row; the first is the usual one.
var separators = [...]byte{',', ';', '\t'}

// separates tells whether a byte may stand between values.
func separates(c byte) bool { return bytes.IndexByte(separators[:], c) >= 0 }

// settle finds out from the beginning of the file how its lines end and what parts its values, and
// passes over a first line that says so (sep=;), as spreadsheets write it. The columns are those that
// the header may have. The error is a *flaw.
func (r *recordReader) settle(columns []string) error {
	start, _ := r.src.Peek(r.src.Size())
	if end := lineEnd(start); end >= 0 && start[end] == '\r' && end+1 < len(start) && start[end+1] != '\n' {
		r.end = '\r'
	}
	line, said := r.firstLine(start), byte(0)
	if sep, is := separatorLine(line); is {
		switch {
		case len(sep) == 1 && separates(sep[0]):
			said = sep[0]
		case len(sep) > 0:
			return &flaw{line: 1, column: len("sep=") + 1, why: "Values are separated by a comma, a semicolon or a tab, not by " + shown(sep) + "."}
		}
		_, _ = r.src.Discard(min(len(line)+1, len(start)))
		r.next++
		start = start[min(len(line)+1, len(start)):]
	}
	for len(start) > 0 {
		if line = r.firstLine(start); !nothing(line) {
			break
		}
		start = start[min(len(line)+1, len(start)):]
	}
	r.separate(likeliest(line, columns, said))
	return nil
}

// firstLine is the first row of a text, without its line end.
func (r *recordReader) firstLine(text []byte) []byte {
	quoted := false
	for i, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if c == r.end && !quoted {
			return text[:i]
		}
	}
	return text
}

// lineEnd is where the first line of a text ends that no quotes go around; -1 where it does not.
func lineEnd(text []byte) int {
	quoted := false
	return slices.IndexFunc(text, func(c byte) bool {
		if c == '"' {
			quoted = !quoted
		}
		return !quoted && (c == '\n' || c == '\r')
	})
}

// separatorLine tells whether a line only says what separates the values, and what it says: "" is
// nothing. A program that knew nothing of it may have put quotes around it, and separators behind it.
func separatorLine(line []byte) (sep []byte, is bool) {
	line = bytes.TrimSuffix(line, []byte{'\r'})
	if unquoted, found := bytes.CutPrefix(line, []byte{'"'}); found {
		end := bytes.IndexByte(unquoted, '"')
		if end < 0 || !nothing(unquoted[end+1:]) {
			return nil, false
		}
		line = unquoted[:end]
	}
	if len(line) < len("sep=") || !strings.EqualFold(string(line[:len("sep=")]), "sep=") {
		return nil, false
	}
	if sep = line[len("sep="):]; len(sep) > 1 && nothing(sep) {
		sep = sep[:1]
	}
	return sep, true
}

// likeliest is the separator by which a header has the most of the columns; of several the one that was
// said, then the one that parts it into more values, then the usual one.
func likeliest(header []byte, columns []string, said byte) byte {
	best, most := separators[0], -1
	for _, sep := range separators {
		known, parts := 0, 0
		for name := range names(header, sep) {
			parts++
			if slices.Contains(columns, strings.ToLower(name)) {
				known++
			}
		}
		score := known<<16 + min(parts, 1<<10)
		if sep == said {
			score += 1 << 12
		}
		if score > most {
			best, most = sep, score
		}
	}
	return best
}

// names parts a header, without a look at whether its quotes are right.
func names(header []byte, sep byte) func(func(string) bool) {
	return func(yield func(string) bool) {
		quoted, from := false, 0
		for i := 0; i <= len(header); i++ {
			if i < len(header) && header[i] == '"' {
				quoted = !quoted
			}
			if i < len(header) && (header[i] != sep || quoted) {
				continue
			}
			if !yield(strings.Trim(string(header[from:i]), "\" \r")) {
				return
			}
			from = i + 1
		}
	}
}

// nothing tells whether a line has nothing but separators and spaces.
func nothing(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\r' && !separates(c) {
			return false
		}
	}
	return true
}
