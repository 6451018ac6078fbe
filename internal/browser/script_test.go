package browser_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"

	"skein/internal/browser"
	"skein/web"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// desk is a page with one form, and what reached the server from it.
type desk struct {
	mu     sync.Mutex
	sent   []string
	drafts []string
	hold   chan struct{} // an answer waits until this is closed
	once   sync.Once
}

func (d *desk) release() { d.once.Do(func() { close(d.hold) }) }

func (d *desk) serve(t *testing.T) string {
	t.Helper()
	form := templ.Join(
		component.TextArea(component.Field{Name: "why", Label: "Why you"}),
		component.Press(component.Button{Label: "Send", Name: "step", Value: "send"}),
	)
	mux := http.NewServeMux()
	mux.Handle(path.StaticPrefix, web.Default())
	mux.HandleFunc("GET /form", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		body := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			return component.Form(component.FormParts{Action: "/send", Autosave: "/draft", Key: "k1"}).Render(templ.WithChildren(ctx, form), w)
		})
		if err := page.Page(page.Frame{Title: "A form"}, body).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("POST /send", func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.sent = append(d.sent, fmt.Sprint(r.FormValue("why"), " ", r.FormValue("step"), " ", r.FormValue(component.KeyName)))
		d.mu.Unlock()
		<-d.hold
		http.Redirect(w, r, "/form", http.StatusSeeOther)
	})
	mux.HandleFunc("POST /draft", func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.drafts = append(d.drafts, r.FormValue("why"))
		w.WriteHeader(http.StatusNoContent)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(d.release) // a server does not close while an answer waits
	return server.URL + "/form"
}

func TestAFormSaysThatItIsSentAndIsSentOnce(t *testing.T) {
	t.Parallel()
	d := &desk{hold: make(chan struct{})}
	p := browser.Open(t, d.serve(t), browser.Look{})
	p.Field("Why you").Type("I know the valves.")
	// While an answer is awaited the browser cannot be asked, so the page notes
	// what it says and presses again.
	browser.Eval[bool](p, `(() => {
		const send = document.querySelector("button.button");
		new MutationObserver(() => {
			sessionStorage.setItem("said", send.textContent + " " + send.getAttribute("aria-busy"));
			send.click();
		}).observe(send, { attributes: true });
		setTimeout(() => { send.click(); send.click(); }, 0);
		return true;
	})()`)
	time.Sleep(300 * time.Millisecond)
	d.release()
	p.Button("Send")
	if said := browser.Eval[string](p, `sessionStorage.getItem("said") || ""`); said != "Sending true" {
		t.Errorf("while it waited the button said %q", said)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.sent) != 1 || d.sent[0] != "I know the valves. send k1" {
		t.Errorf("the server got %q", d.sent)
	}
}

func TestADraftIsKeptWhileOneTypes(t *testing.T) {
	t.Parallel()
	d := &desk{hold: make(chan struct{})}
	d.release()
	p := browser.Open(t, d.serve(t), browser.Look{})
	p.Field("Why you").Type("Half a sent")
	p.Says("Nothing is sent yet.")
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.drafts) != 1 || d.drafts[0] != "Half a sent" || len(d.sent) != 0 {
		t.Errorf("kept %q, sent %q", d.drafts, d.sent)
	}
}
