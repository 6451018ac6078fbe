package exchange

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// sharedTexts are the texts that a workbook keeps once and cells name by their number, one behind the other.
type sharedTexts struct {
	all  []byte
	ends []int
}

// read reads the part that holds them; "" where there is none.
func (s *sharedTexts) read(z *zip.Reader, name string) error {
	if name == "" {
		return nil
	}
	return walk(part(z, name), maxShared, func(t *tokens, e xml.StartElement) (err error) {
		if e.Name.Local != "si" {
			return nil
		}
		if s.all, err = t.rich(s.all, "si"); err == nil {
			s.ends = append(s.ends, len(s.all))
		}
		return err
	})
}

// text is the one of a number.
func (s *sharedTexts) text(n int) ([]byte, bool) {
	if n < 0 || n >= len(s.ends) {
		return nil, false
	}
	from := 0
	if n > 0 {
		from = s.ends[n-1]
	}
	return s.all[from:s.ends[n]], true
}

// rich appends the text up to the end of an element: what its runs say, without how it is pronounced.
func (t *tokens) rich(into []byte, until string) ([]byte, error) {
	from, spoken := len(into), false
	for {
		token, err := t.within()
		if err != nil {
			return into, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch {
			case e.Name.Local == "rPh":
				spoken = true
			case e.Name.Local == "t" && !spoken:
				if into, err = t.plain(into, "t", from); err != nil {
					return into, err
				}
			}
		case xml.EndElement:
			if e.Name.Local == "rPh" {
				spoken = false
			}
			if e.Name.Local == until {
				return into, nil
			}
		}
	}
}

// plain appends the text up to the end of an element. Of a value that is longer than a row may be, it keeps what
// shows that; the value begins at from.
func (t *tokens) plain(into []byte, until string, from int) ([]byte, error) {
	start := len(into)
	for {
		token, err := t.within()
		if err != nil {
			return into, err
		}
		switch e := token.(type) {
		case xml.CharData:
			if len(into)-from <= maxRecord {
				into = append(into, e...)
			}
		case xml.EndElement:
			if e.Name.Local == until {
				return append(into[:start], unescaped(into[start:])...), nil
			}
		}
	}
}

// within is a token of an element that has begun: the text does not end before it does.
func (t *tokens) within() (xml.Token, error) {
	token, err := t.next()
	if errors.Is(err, io.EOF) {
		err = damagedFlaw()
	}
	return token, err
}

// unescaped turns _x000D_, by which workbooks write characters that XML does not have, into what it stands for.
func unescaped(text []byte) []byte {
	if !bytes.Contains(text, []byte("_x")) {
		return text
	}
	plain := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if i+7 <= len(text) && text[i] == '_' && text[i+1] == 'x' && text[i+6] == '_' {
			if n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16); err == nil {
				plain = utf8.AppendRune(plain, rune(n)) //nolint:gosec // 16 bits
				i += 6
				continue
			}
		}
		plain = append(plain, text[i])
	}
	return plain
}
