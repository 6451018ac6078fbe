package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// quoted reads the field in quotes that begins at start, and returns where it ends.
func (r *recordReader) quoted(start int) (value []byte, end int, err error) {
	from, doubled := start+1, false
	for at := from; ; {
		i := bytes.IndexByte(r.rec.raw[at:], '"')
		if i < 0 {
			at = len(r.rec.raw)
			if err := r.nextLine(); errors.Is(err, io.EOF) {
				r.over = true
				return nil, 0, r.flaw(start, "The quote that opens here is never closed.")
			} else if err != nil {
				r.over = true
				return nil, 0, r.tooLong(err, start,
					"The text that opens with a quote here is longer than a megabyte. Is its closing quote missing? Nothing after it is read.")
			}
			continue
		}
		at += i
		if at+1 < len(r.rec.raw) && r.rec.raw[at+1] == '"' {
			doubled, at = true, at+2
			continue
		}
		if rest := r.trimEnd(r.rec.raw[at+1:]); len(rest) > 0 && rest[0] != r.sep {
			line, _ := r.rec.place(start)
			return nil, 0, r.flaw(at+1, fmt.Sprintf("After a closing quote comes a separator or the end of the row, not more text. Is the quote that opens on line %d never closed?", line))
		}
		value, end = r.rec.raw[from:at], at+1
		break
	}
	if doubled {
		from := len(r.scratch)
		for i := 0; i < len(value); i++ {
			r.scratch = append(r.scratch, value[i])
			if value[i] == '"' {
				i++
			}
		}
		value = r.scratch[from:]
	}
	if len(r.trimEnd(r.rec.raw[end:])) == 0 {
		end = len(r.rec.raw)
	}
	return value, end, nil
}
