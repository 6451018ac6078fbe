package server

import (
	"cmp"
	"encoding/hex"
	"errors"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/go-chi/chi/v5"

	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// mostAgain is how many fields are kept on a page to be sent again.
const mostAgain = 1000

// secretFields are the fields that are never written on a page, as they are asked for once more.
var secretFields = map[string]component.Field{
	"password": {Name: "password", Label: "Password", Type: "password", Autocomplete: "off", Hint: "It is not kept: type it again.", Required: true},
	"old":      {Name: "old", Label: "Password now", Type: "password", Autocomplete: "current-password", Hint: "It is not kept: type it again.", Required: true},
	"code":     {Name: "code", Label: "Code", Autocomplete: "one-time-code", Hint: "It is not kept: type it again.", Required: true},
}

// secretWords mark the names of fields, and of parts of addresses, that hold what opens a door.
var secretWords = []string{"password", "passkey", "code", "token", "secret", "otp"}

func soundsSecret(name string) bool {
	return slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(strings.ToLower(name), word) })
}

// unavailable is the page for a request that cannot be answered now. What a form of ours sent is kept on
// it, to be sent again.
func (s *server) unavailable(w http.ResponseWriter, r *http.Request, err error) page.Problem {
	number, why := requestID(r.Context()), page.TooBusy
	if errors.Is(err, errStarting) {
		why = page.Starting
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		if partial(r) {
			w.Header().Set("HX-Reswap", "none") // the part of the page that was to be replaced still says what is so
		}
		return page.Unavailable(why, cmp.Or(ownAddress(r.URL), path.Home), number)
	}
	if partial(r) { // the problem is a page, whichever part was to be replaced
		w.Header().Set("HX-Retarget", "#main")
		w.Header().Set("HX-Reselect", "#main")
		w.Header().Set("HX-Reswap", "outerHTML")
	}
	return page.NotSent(why, s.again(w, r), number)
}

// again is the form that a request brought, to be sent again; nil where that cannot be: it came from
// another site, is no form (a file, say), is too large, or its address opens a door.
func (s *server) again(w http.ResponseWriter, r *http.Request) *page.Again {
	address := ownAddress(r.URL)
	if address == "" || http.NewCrossOriginProtection().Check(r) != nil || addressIsSecret(r) {
		return nil
	}
	f, err := parse(w, r)
	if err != nil {
		return nil
	}
	again := &page.Again{Action: address}
	for _, name := range slices.Sorted(maps.Keys(f.values)) {
		if name == component.KeptForName { // the page says it anew, of whoever looks at it
			continue
		}
		ask, known := secretFields[name]
		switch {
		case known:
			again.Ask = append(again.Ask, ask)
			continue
		case soundsSecret(name):
			return nil
		}
		for _, value := range f.values[name] {
			again.Fields = append(again.Fields, component.Hidden{Name: name, Value: value})
		}
	}
	if len(again.Fields) > mostAgain {
		return nil
	}
	return again
}

// typed are the words that a form brought which could not be done, so that its page shows them: whoever wrote a page
// of text while it moved on elsewhere would otherwise write it again.
func (s *server) typed(w http.ResponseWriter, r *http.Request) []string {
	if r.Method != http.MethodPost {
		return nil
	}
	sent := s.again(w, r)
	if sent == nil || len(sent.Ask) > 0 {
		return nil
	}
	var texts []string
	for _, field := range sent.Fields {
		text := strings.TrimSpace(field.Value)
		if field.Name != component.VersionName && field.Name != component.KeyName && isText(text) && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// longWord is how many letters a word may have that a page chose itself: the name of a choice, an id, a day.
const longWord = 40

// idLike is how ids are made of names.
var idLike = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`)

// isText tells what somebody typed from what a page put into its form by itself. Many languages are written without
// blanks, and so are addresses of the web: a blank alone would have their text lost. A short word of ASCII letters is
// taken for a choice.
func isText(value string) bool {
	switch {
	case strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII || unicode.IsSpace(r) }), strings.Contains(value, "://"):
		return true
	case len(value) <= longWord || idLike.MatchString(value):
		return false
	}
	_, err := hex.DecodeString(value) // a key, or a version
	return err != nil
}

// addressIsSecret tells whether a part of the address opens a door, as an invitation's does.
func addressIsSecret(r *http.Request) bool {
	route := chi.RouteContext(r.Context())
	return route != nil && slices.ContainsFunc(route.URLParams.Keys, soundsSecret)
}
