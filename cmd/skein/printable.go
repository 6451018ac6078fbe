package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"unicode/utf8"

	"skein/internal/skein"
)

// printable writes text for a terminal. What comes from data could hold a character that a terminal
// obeys, or one that turns round the rest of the line: it is written as \u001b, which JSON reads back
// as the character itself. Bytes that are no text are written as \ufffd.
type printable struct {
	to   io.Writer
	mu   sync.Mutex
	rest []byte // the beginning of a character whose end has not come yet
}

func (p *printable) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := append(p.rest, text...)
	p.rest = nil
	plain := make([]byte, 0, len(all))
	for len(all) > 0 {
		if !utf8.FullRune(all) {
			p.rest = append(p.rest, all...)
			break
		}
		r, size := utf8.DecodeRune(all)
		switch {
		case r == utf8.RuneError && size == 1:
			plain = append(plain, `\ufffd`...)
		case r != '\n' && r != '\t' && skein.Unprintable(r):
			plain = fmt.Appendf(plain, `\u%04x`, r)
		default:
			plain = append(plain, all[:size]...)
		}
		all = all[size:]
	}
	if _, err := p.to.Write(plain); err != nil {
		return 0, err //nolint:wrapcheck // a writer hands on what its own says
	}
	return len(text), nil
}

// screen is the file that errors go to, for what draws there itself; nil where they go to none.
func (c *console) screen() *os.File {
	to := c.err
	if p, ok := to.(*printable); ok {
		to = p.to
	}
	file, _ := to.(*os.File)
	return file
}
