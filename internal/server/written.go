package server

import (
	"bytes"
	"net/http"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"skein/internal/chooser"
	"skein/internal/postgres"
	"skein/internal/recall"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
)

// mostWritten is how many bytes of pages are kept that were newly asked for, and as many again of
// those that were asked for before them.
const mostWritten = 64 << 20

// basis is all that a page was made from beside its address and the time. What it points to never
// changes: when the database does, it is read anew and is another. The zero basis says that a page is
// not to be kept.
type basis struct {
	viewer *postgres.Viewer
	home   *postgres.Home
	chosen chooser.Made
}

// written keeps pages as they were sent, for those they were sent to.
type written struct {
	mu         sync.Mutex
	young, old map[address]*body
	size       int
}

// address is whose page it is, and which.
type address struct {
	person      skein.PersonID
	path, query string
}

type body struct {
	made  basis
	turns *page.Turns
	bytes []byte
}

func (p *written) get(at address) *body {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.young[at]
	if b == nil {
		if b = p.old[at]; b != nil {
			p.keep(at, b)
		}
	}
	return b
}

func (p *written) put(at address, b *body) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keep(at, b)
}

func (p *written) keep(at address, b *body) {
	size := len(b.bytes) + len(at.path) + len(at.query)
	if p.young == nil || p.size+size > mostWritten {
		p.young, p.old, p.size = map[address]*body{}, p.young, 0
	}
	if was := p.young[at]; was != nil {
		p.size -= len(was.bytes) + len(at.path) + len(at.query)
	}
	p.young[at] = b
	p.size += size
}

// keeps tells whether the answer to a request may be a kept page, or be kept: a whole page, of which
// nothing is this request's alone.
func (s *server) keeps(r *http.Request, v *Viewer, made basis) bool {
	if made.viewer == nil || s.memory == nil || !recall.IsCurrent(r.Context()) || v.Demo || byHTMX(r) {
		return false
	}
	for _, cookies := range r.Header["Cookie"] {
		if strings.Contains(cookies, noticeCookie) {
			return false
		}
	}
	return true
}

// again sends a page that was sent to the same person before, when it is made of the very same and
// the clock has turned none of its words. Else it does nothing.
func (s *server) again(w http.ResponseWriter, r *http.Request, made basis) bool {
	v := viewer(r)
	if !s.keeps(r, &v, made) {
		return false
	}
	b := s.written.get(address{v.Person.ID, r.URL.Path, r.URL.RawQuery})
	if b == nil || b.made != made || !b.turns.Hold(v.Now) {
		return false
	}
	send(w, http.StatusOK, b.bytes)
	return true
}

// renderFrom sends a page, and keeps it for the next time that it is asked for. The key of a form
// is good for one time: a page that has one is made anew.
func (s *server) renderFrom(w http.ResponseWriter, r *http.Request, made basis, turns *page.Turns, whole templ.Component) error {
	v := viewer(r)
	if !s.keeps(r, &v, made) {
		return s.render(w, r, http.StatusOK, whole)
	}
	var kept bytes.Buffer
	if err := whole.Render(r.Context(), &kept); err != nil {
		return err
	}
	if !bytes.Contains(kept.Bytes(), []byte(`name="`+component.KeyName+`"`)) {
		s.written.put(address{v.Person.ID, r.URL.Path, r.URL.RawQuery}, &body{made, turns, bytes.Clone(kept.Bytes())})
	}
	send(w, http.StatusOK, kept.Bytes())
	return nil
}
