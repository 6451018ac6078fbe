package server

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"

	"github.com/a-h/templ"
)

// trouble is what a page of an error says.
type trouble struct {
	title  string
	says   []string
	number string // of the request, so that it can be found in the log
}

// showTrouble is the page of an error. It needs no database.
func (s *server) showTrouble(_ *http.Request, p trouble) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><title>%s</title><main><h1>%[1]s</h1>", html.EscapeString(p.title))
		for _, sentence := range p.says {
			if err == nil {
				_, err = fmt.Fprintf(w, "<p>%s</p>", html.EscapeString(sentence))
			}
		}
		return err
	})
}
