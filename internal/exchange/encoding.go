package exchange

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is how a file is encoded that does not say so itself.
type charset struct {
	name   string
	decode encoding.Encoding // nil: UTF-8
}

// charsets are those that may be said. Programs that say ISO 8859-1 mean Windows-1252, as browsers know.
var charsets = []charset{
	{"utf-8", nil},
	{"windows-1250", charmap.Windows1250},
	{"windows-1251", charmap.Windows1251},
	{"windows-1252", charmap.Windows1252},
	{"windows-1253", charmap.Windows1253},
	{"windows-1254", charmap.Windows1254},
	{"windows-1257", charmap.Windows1257},
	{"iso-8859-1", charmap.Windows1252},
	{"iso-8859-2", charmap.ISO8859_2},
	{"iso-8859-15", charmap.ISO8859_15},
	{"macintosh", charmap.Macintosh},
}

// Encodings lists the names that Encoded takes.
func Encodings() []string {
	names := make([]string, len(charsets))
	for i, c := range charsets {
		names[i] = c.name
	}
	return names
}

// Option changes how a folder is read.
type Option func(*files)

// Encoded says how files are encoded that have no byte-order mark and are not UTF-16: by one of
// Encodings, in any case; "" is UTF-8. The error is a sentence for whoever typed the name.
func Encoded(name string) (Option, error) {
	if name == "" {
		return func(*files) {}, nil
	}
	at := slices.IndexFunc(charsets, func(c charset) bool { return strings.EqualFold(c.name, name) })
	if at < 0 {
		return nil, fmt.Errorf("%q is none of the encodings that are read: %s; UTF-16 is found out without being said",
			name, strings.Join(Encodings(), ", "))
	}
	return func(f *files) { f.charset = charsets[at] }, nil
}

// text is a file's text in UTF-8 from behind its byte-order mark on. UTF-16 is told by its mark or, as
// a header begins with letters of ASCII, by every second byte being nought. What could not be converted
// is U+FFFD in a text that was. The error is a *flaw.
func (c charset) text(src io.Reader, asking bool) (text io.Reader, converted bool, err error) {
	const sample = 1 << 16
	in := bufio.NewReaderSize(src, sample)
	start, _ := in.Peek(4)
	utf16 := func(order unicode.Endianness) io.Reader {
		return transform.NewReader(in, unicode.UTF16(order, unicode.UseBOM).NewDecoder())
	}
	zero := func(at ...int) bool {
		return len(start) == 4 && !slices.ContainsFunc([]int{0, 1, 2, 3}, func(i int) bool {
			return (start[i] == 0) != slices.Contains(at, i)
		})
	}
	switch {
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, err = in.Discard(3)
		return in, false, err //nolint:wrapcheck // an io.Reader's own
	case bytes.HasPrefix(start, []byte("\xff\xfe")) || zero(1, 3):
		return utf16(unicode.LittleEndian), true, nil
	case bytes.HasPrefix(start, []byte("\xfe\xff")) || zero(0, 2):
		return utf16(unicode.BigEndian), true, nil
	case c.decode == nil:
		return in, false, nil
	}
	start, _ = in.Peek(sample)
	if at := beyondASCII(start); at >= 0 && wellFormed(start) {
		line, column := (&record{raw: start, line: 1, end: '\n'}).place(at)
		instead := "Import it without saying how it is encoded"
		if asking {
			instead = "Choose UTF-8 below"
		}
		return nil, false, &flaw{line: line, column: column, why: "This is UTF-8 text, not " + c.name + ". " + instead + ", or save all files in the same way."}
	}
	return transform.NewReader(in, c.decode.NewDecoder()), true, nil
}

// beyondASCII is where the first byte beyond ASCII stands; -1 where there is none.
func beyondASCII(text []byte) int {
	return slices.IndexFunc(text, func(c byte) bool { return c >= utf8.RuneSelf })
}

// wellFormed tells whether the beginning of a text is UTF-8, whose last character may be cut.
func wellFormed(text []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(text); cut++ {
		if head, tail := text[:len(text)-cut], text[len(text)-cut:]; utf8.Valid(head) {
			return cut == 0 || !utf8.FullRune(tail)
		}
	}
	return false
}
