package exchange

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"skein/internal/folder"
)

// blank tells whether a cell holds nothing that can be seen.
func (f field) blank() bool { return f.is <= cellNumber && len(bytes.TrimSpace(f.value)) == 0 }

// cell reads a cell, and puts empty ones before it where the sheet leaves them out.
func (r *sheetReader) cell(e xml.StartElement) error {
	column := len(r.rec.fields) + 1
	if said := attr(e, "r"); said != "" {
		place, ok := cellPlace(said)
		if !ok || place.Column < column {
			return damagedFlaw()
		}
		column = place.Column
	}
	if column > maxColumns {
		return damagedFlaw()
	}
	for len(r.rec.fields) < column-1 {
		r.put(nil, cellText)
	}
	value, formula, err := r.value()
	if err != nil {
		return err
	}
	text, is, ok := r.means(value, formula, attr(e, "t"), attr(e, "s"))
	if !ok {
		return damagedFlaw()
	}
	r.put(text, is)
	return nil
}

// value reads what a cell holds, and whether a formula came to it.
func (r *sheetReader) value() (value []byte, formula bool, err error) {
	for {
		token, err := r.tokens.within()
		if err != nil {
			return nil, false, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "v":
				value, err = r.tokens.plain(nil, "v", 0)
			case "is":
				value, err = r.tokens.rich(nil, "is")
			case "f":
				formula = true
			}
			if err != nil {
				return nil, false, err
			}
		case xml.EndElement:
			if e.Name.Local == "c" {
				return value, formula, nil
			}
		}
	}
}

// means is what a cell shows, by its type and style.
func (r *sheetReader) means(value []byte, formula bool, kind, s string) (text []byte, is cellKind, ok bool) {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(string(value)))
		if err != nil {
			return nil, cellText, len(value) == 0
		}
		text, ok = r.book.strings.text(n)
		return text, cellText, ok
	case "str", "inlineStr":
		return value, cellText, true
	case "b":
		return []byte(map[bool]string{true: "TRUE", false: "FALSE"}[truth(strings.TrimSpace(string(value)))]), cellText, true
	case "e":
		return value, cellFault, true
	case "d":
		for _, form := range []string{time.DateOnly, "2006-01-02T15:04:05", time.RFC3339, "2006-01-02T15:04:05.999999999"} {
			if at, err := time.Parse(form, string(value)); err == nil {
				return []byte(strings.TrimSuffix(at.Format(time.DateTime), " 00:00:00")), cellDay, true
			}
		}
		return value, cellText, true
	case "", "n":
	default:
		return nil, cellText, false
	}
	switch {
	case len(bytes.TrimSpace(value)) == 0 && formula:
		return nil, cellUncomputed, true
	case len(bytes.TrimSpace(value)) == 0:
		return nil, cellText, true
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		n = 0
	}
	said, is, ok := r.book.number(value, n)
	return []byte(said), is, ok
}

// cellPlace reads B7, or $B$7.
func cellPlace(ref string) (folder.Place, bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	column, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ ('a' - 'A')
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	line, err := strconv.Atoi(ref[i:])
	return folder.Place{Line: line, Column: column}, err == nil && line > 0 && column > 0
}
