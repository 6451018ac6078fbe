package server

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"skein/internal/skein"
	"skein/web/component"
)

// maxForm is the most bytes that a form has.
const maxForm = 128 << 10

// form is a form as it was sent, and what is wrong with it so far.
type form struct {
	values url.Values
	Bad    skein.Invalid
	Meant  map[string][]component.Meant // by field: what is asked about skills that are typed there
}

// parse reads a form. What no page of ours sends is a bad request.
func parse(w http.ResponseWriter, r *http.Request) (*form, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, err
		}
		return nil, badRequest{"The form could not be read. Go back and send it again."}
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); r.ContentLength != 0 && kind != "application/x-www-form-urlencoded" {
		return nil, badRequest{"That was not sent by a form of Skein. Go back and send it from there."}
	}
	for name, values := range r.PostForm {
		for _, value := range append(values, name) {
			if !speakable(value) {
				return nil, badRequest{"Something in the form is not text. Take out what you pasted, and send it again."}
			}
		}
	}
	return &form{values: r.PostForm, Meant: map[string][]component.Meant{}}, nil
}

// posted makes a handler of a form fit for a route: it gets the form as it was read.
func (s *server) posted(h func(w http.ResponseWriter, r *http.Request, f *form) error) http.HandlerFunc {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		f, err := parse(w, r)
		if err != nil {
			return err
		}
		if err := h(w, r, f); err != nil {
			return err
		}
		s.used(r, f)
		return nil
	})
}

// Try does what a form asks for, unless something is wrong with the form.
func (f *form) Try(do func() error) error {
	if err := f.Bad.Err(); err != nil {
		return err
	}
	return do()
}

// speakable tells whether the database can keep a text: Postgres takes valid UTF-8 without zero bytes.
func speakable(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// Text is one field as somebody typed it, without the space around it; lines end as they do here, and
// what looks the same is the same.
func (f *form) Text(name string) string { return asTyped(f.values.Get(name)) }

// Name is one field that holds a name, in which doubled spaces are one.
func (f *form) Name(name string) string { return skein.OneSpace(f.Text(name)) }

func asTyped(typed string) string { return strings.TrimSpace(skein.Composed(lineEnds.Replace(typed))) }

// lineEnds are the ways in which browsers and what is pasted end a line.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// ID is one field that holds an id, which stays as it is: two may differ where texts are the same.
func (f *form) ID(name string) string { return strings.TrimSpace(f.values.Get(name)) }

// IDs are all values of a field that holds ids, which stay as they are, without empty ones.
func (f *form) IDs(name string) []string {
	var ids []string
	for _, value := range f.values[name] {
		if value = strings.TrimSpace(value); value != "" {
			ids = append(ids, value)
		}
	}
	return ids
}

// Exact is one field as it was typed: a password's spaces count.
func (f *form) Exact(name string) string { return f.values.Get(name) }

// Texts are all values of a field, without empty ones.
func (f *form) Texts(name string) []string {
	var texts []string
	for _, value := range f.values[name] {
		if value = asTyped(value); value != "" {
			texts = append(texts, value)
		}
	}
	return texts
}

// Has tells whether a field was sent at all, as a checked box or a pressed button is.
func (f *form) Has(name string) bool { return f.values.Has(name) }

// YesOrNo is which of two buttons was pressed: no page of ours sends anything else.
func (f *form) YesOrNo(name string) (yes bool, err error) {
	switch f.Text(name) {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, badRequest{"Press one of the two answers."}
}

// Int is a whole number; 0 when nothing was typed. Anything else is refused with the message.
func (f *form) Int(name, message string) int {
	typed := f.Text(name)
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(typed)
	f.Bad.Add(err != nil || n > math.MaxInt32 || n < math.MinInt32, name, message)
	if err != nil {
		return 0
	}
	return n
}

// Number is a number that is no money; nil when nothing was typed. What can be read in two ways is refused with how to
// write it, anything else that is no number with the message.
func (f *form) Number(name, message string) *float64 { return f.Figure(name, message, skein.Measure) }

// Figure is a number of what it counts; nil when nothing was typed, and refused as Number says.
func (f *form) Figure(name, message string, of skein.Figure) *float64 {
	return f.figure(f.Text(name), name, message, of)
}

// figure reads a number of a field that was typed in whatever way.
func (f *form) figure(typed, name, message string, of skein.Figure) *float64 {
	if typed == "" {
		return nil
	}
	n, bothWays, ok := skein.ReadFigure(typed, of)
	if bothWays {
		message = skein.BothWays
	}
	f.Bad.Add(!ok, name, message)
	if !ok {
		return nil
	}
	return &n
}

// Choice is a number that was chosen among several, as the page wrote it; nil when none was.
func (f *form) Choice(name, message string) *float64 {
	typed := f.Text(name)
	if typed == "" {
		return nil
	}
	n, err := strconv.ParseFloat(typed, 64)
	if err != nil || math.IsNaN(n) || math.Abs(n) > skein.MaxFigure {
		f.Bad.Add(true, name, message)
		return nil
	}
	return &n
}

// The years that days lie in: no plan of an organisation reaches further, and a slip such as 9999 is told.
const (
	firstYear = 1900
	lastYear  = 2200
)

// dayOutside is said of a day outside of those years.
var dayOutside = fmt.Sprintf("Choose a day from %d to %d.", firstYear, lastYear)

// Day is a day as browsers send it; zero when nothing was typed.
func (f *form) Day(name, message string) skein.Date {
	typed := f.Text(name)
	if typed == "" {
		return skein.Date{}
	}
	day, err := time.Parse(time.DateOnly, typed)
	outside := err == nil && (day.Year() < firstYear || day.Year() > lastYear)
	f.Bad.Add(err != nil, name, message)
	f.Bad.Add(outside, name, dayOutside)
	if err != nil || outside {
		return skein.Date{}
	}
	return day
}

// Version is the version of what the form changes, as its page showed it.
func (f *form) Version() string { return f.Text(component.VersionName) }

// Key is the form's idempotency key, a UUID; "" when it has none.
func (f *form) Key() string {
	key := strings.ToLower(f.Text(component.KeyName))
	if !skein.IsUUID(key) {
		return ""
	}
	return key
}

// newKey makes an idempotency key for a form that is about to be shown.
func newKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&15|0x40, b[8]&63|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// param is a part of the route, as it was before it was escaped: ids come from imported files.
func param(r *http.Request, name string) string {
	part := chi.URLParam(r, name)
	if r.URL.RawPath != "" { // chi then routes by the escaped path
		if whole, err := url.PathUnescape(part); err == nil {
			return whole
		}
	}
	return part
}
