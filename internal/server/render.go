package server

import (
	"bytes"
	"net/http"
	"net/url"
	"sync"

	"github.com/a-h/templ"

	"skein/web/component"
	pages "skein/web/page"
)

// bodies are buffers that pages are written into, kept because making room for a page anew takes
// longer than writing it.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render sends a page whole or not at all. To htmx it sends the fragment that is to be replaced,
// when the page has one of that name (templ.Fragment), else the page's main part (frame.Fragment).
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	ctx := r.Context()
	ctx = component.For(ctx, string(viewer(r).Person.ID))
	if refusedForm(status) {
		ctx = pages.Refused(ctx)
	}
	if target := fragment(r); target != "" {
		if err := templ.RenderFragments(ctx, body, page, target); err != nil {
			return err
		}
	}
	if body.Len() == 0 {
		if err := page.Render(ctx, body); err != nil {
			return err
		}
		s.forget(w, r)
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Add("Vary", "HX-Request, HX-Target")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser may have gone
	return nil
}

// refusedForm tells whether a page answers a form in which something is wrong.
func refusedForm(status int) bool {
	return status == http.StatusUnprocessableEntity || status == http.StatusTooManyRequests
}

// partial tells whether only a part of a page is wanted.
func partial(r *http.Request) bool {
	return byHTMX(r) && r.Header.Get("HX-Boosted") != "true" && r.Header.Get("HX-History-Restore-Request") != "true"
}

// fragment names the element that htmx is about to replace, when it is not the whole main part.
func fragment(r *http.Request) string {
	if !partial(r) {
		return ""
	}
	target := r.Header.Get("HX-Target")
	if target == "main" {
		return ""
	}
	return target
}

func byHTMX(r *http.Request) bool {
	says := r.Header["Hx-Request"] // its canonical name, which Get would work out anew for each request
	return len(says) > 0 && says[0] == "true"
}

// done answers an act that was carried out: 303 to the page that shows it, for certain. htmx stays on its page
// when that is the page, and goes there as a browser would when it is another.
func (s *server) done(w http.ResponseWriter, r *http.Request, to string) error {
	s.mark(r.Context())
	if byHTMX(r) && !samePage(r.Header.Get("HX-Current-URL"), to) {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// finish answers an act that may have failed: with err, or with the page that shows what was done. That
// page begins with a sentence about it, and with a way to undo it when there is one.
func (s *server) finish(w http.ResponseWriter, r *http.Request, err error, to, says string, undo ...component.Button) error {
	if err != nil {
		return err
	}
	s.tell(w, r, says, undo...)
	return s.done(w, r, to)
}

func samePage(current, to string) bool {
	a, err := url.Parse(current)
	if err != nil {
		return false
	}
	b, err := url.Parse(to)
	return err == nil && a.Path == b.Path
}
