package browser

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Element is something on the page that a person could point at.
type Element struct {
	page *Page
	node cdp.BackendNodeID
	what string
}

var fieldRoles = []string{"textbox", "searchbox", "spinbutton", "combobox", "checkbox", "radio", "Date", "listbox", "switch", "slider"}

// Role finds the first element with this role and accessible name, and waits
// for it. Spaces that do not break count as spaces.
func (p *Page) Role(role, name string) *Element {
	p.t.Helper()
	return p.wait(fmt.Sprintf("%s %q", role, name), func() []*Element { return p.All(role, name) })
}

// Link, Button and Heading are the roles that tests name most.
func (p *Page) Link(name string) *Element { p.t.Helper(); return p.Role("link", name) }

// Button finds a button by its name.
func (p *Page) Button(name string) *Element { p.t.Helper(); return p.Role("button", name) }

// Heading finds a heading by its words.
func (p *Page) Heading(name string) *Element { p.t.Helper(); return p.Role("heading", name) }

// Field finds a field by its label.
func (p *Page) Field(label string) *Element {
	p.t.Helper()
	return p.wait(fmt.Sprintf("field %q", label), func() []*Element {
		return p.query(func(role, name string) bool { return slices.Contains(fieldRoles, role) && name == plain(label) })
	})
}

// All lists the elements with this role and name that are there now.
func (p *Page) All(role, name string) []*Element {
	p.t.Helper()
	return p.query(func(r, n string) bool { return r == role && n == plain(name) })
}

// Has tells whether such an element is there now.
func (p *Page) Has(role, name string) bool { p.t.Helper(); return len(p.All(role, name)) > 0 }

func (p *Page) wait(what string, look func() []*Element) *Element {
	p.t.Helper()
	var found []*Element
	p.until(what, func() bool {
		found = look()
		return len(found) > 0
	})
	found[0].what = what
	return found[0]
}

// query walks the accessibility tree: what is hidden from a screen reader is
// not found.
func (p *Page) query(match func(role, name string) bool) []*Element {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	document, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: "document"})
	if err != nil {
		return nil // the page is just going; the caller asks again
	}
	tree, err := chromedp.Call(ctx, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{ObjectID: document.Result.ObjectID})
	if err != nil {
		return nil
	}
	var found []*Element
	for _, node := range tree.Nodes {
		if !node.Ignored && node.BackendDOMNodeID != 0 && match(said(node.Role), plain(said(node.Name))) {
			found = append(found, &Element{page: p, node: node.BackendDOMNodeID, what: said(node.Role) + " " + said(node.Name)})
		}
	}
	return found
}

func said(value *accessibility.Value) string {
	if value == nil {
		return ""
	}
	var words string
	if err := json.Unmarshal(value.Value, &words); err != nil {
		return ""
	}
	return words
}

// plain makes all white space single spaces.
func plain(words string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(words, "\u00a0", " ")), " ")
}

// call runs a function with the element as this and returns what it returns.
func (e *Element) call(function string, arguments ...any) json.RawMessage {
	e.page.t.Helper()
	object := call(e.page, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: e.node})
	params := runtime.CallFunctionOnParams{FunctionDeclaration: function, ObjectID: object.Object.ObjectID, ReturnByValue: new(true), AwaitPromise: new(true)}
	for _, argument := range arguments {
		encoded, err := json.Marshal(argument)
		if err != nil {
			e.page.t.Fatal(err)
		}
		params.Arguments = append(params.Arguments, &runtime.CallArgument{Value: encoded})
	}
	result := call(e.page, runtime.CallFunctionOn, params)
	if result.ExceptionDetails != nil {
		e.page.t.Fatalf("%s: %s", e.what, exception(result.ExceptionDetails))
	}
	return json.RawMessage(result.Result.Value)
}

func (e *Element) words(function string) string {
	e.page.t.Helper()
	var words string
	if err := json.Unmarshal(e.call(function), &words); err != nil {
		e.page.t.Fatalf("%s: %v", e.what, err)
	}
	return words
}

// Value is what is in a field.
func (e *Element) Value() string {
	e.page.t.Helper()
	return e.words("function() { return this.value }")
}

// Click clicks in the middle of the element, as a mouse does, and waits for what
// follows.
func (e *Element) Click() {
	e.page.t.Helper()
	call(e.page, dom.ScrollIntoViewIfNeeded, dom.ScrollIntoViewIfNeededParams{BackendNodeID: e.node})
	quads := call(e.page, dom.GetContentQuads, dom.GetContentQuadsParams{BackendNodeID: e.node})
	if len(quads.Quads) == 0 || len(quads.Quads[0]) < 8 {
		e.page.t.Fatalf("%s cannot be seen", e.what)
	}
	q := quads.Quads[0]
	x, y := (q[0]+q[2]+q[4]+q[6])/4, (q[1]+q[3]+q[5]+q[7])/4
	e.page.moving(func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.MouseClickXY(x, y)) })
}

// Type replaces what is in a field by typing.
func (e *Element) Type(words string) {
	e.page.t.Helper()
	e.call("function() { this.focus(); if (this.select) this.select(); }")
	if words == "" {
		e.page.Press("\b")
		return
	}
	call(e.page, input.InsertText, input.InsertTextParams{Text: words})
}

// Fill sets a field that is not typed into letter by letter, such as a day.
func (e *Element) Fill(value string) {
	e.page.t.Helper()
	e.page.moving(func(context.Context) error {
		e.call("function(value) { this.value = value; for (const kind of ['input', 'change']) this.dispatchEvent(new Event(kind, {bubbles: true})); }", value)
		return nil
	})
}

// Select chooses an option of a list by its words.
func (e *Element) Select(words string) {
	e.page.t.Helper()
	var found bool
	e.page.moving(func(context.Context) error {
		found = string(e.call(`function(words) {
			const plain = (s) => s.replace(/\s+/g, " ").trim();
			const option = [...this.options].find((o) => plain(o.text) === words);
			if (!option) return false;
			this.value = option.value;
			for (const kind of ["input", "change"]) this.dispatchEvent(new Event(kind, {bubbles: true}));
			return true;
		}`, plain(words))) == "true"
		return nil
	})
	if !found {
		e.page.t.Fatalf("%s has no option %q", e.what, words)
	}
}

// Press presses keys, such as "\t", "\r" or kb.ArrowDown, and waits for what follows.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.moving(func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.KeyEvent(keys)) })
}

// Focused says which role and name has the keyboard.
func (p *Page) Focused() (role, name string) {
	p.t.Helper()
	active := call(p, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.activeElement"})
	tree := call(p, accessibility.GetPartialAXTree, accessibility.GetPartialAXTreeParams{ObjectID: active.Result.ObjectID, FetchRelatives: new(false)})
	if len(tree.Nodes) == 0 {
		return "", ""
	}
	return said(tree.Nodes[0].Role), plain(said(tree.Nodes[0].Name))
}

// TabTo presses the tab key until the element with this role and name has the
// keyboard: the proof that it can be reached.
func (p *Page) TabTo(role, name string) {
	p.t.Helper()
	var seen []string
	for range 120 {
		if err := chromedp.Do(p.ctx, chromedp.KeyEvent("\t")); err != nil {
			p.t.Fatal(err)
		}
		r, n := p.Focused()
		if r == role && n == plain(name) {
			return
		}
		seen = append(seen, r+" "+n)
	}
	p.t.Fatalf("the tab key never reached %s %q; it passed\n%s", role, name, strings.Join(seen, "\n"))
}

// Text is all that the page says, with plain spaces.
func (p *Page) Text() string {
	p.t.Helper()
	return plain(Eval[string](p, "document.body ? document.body.innerText : ''"))
}

// Says waits until the page says these words.
func (p *Page) Says(words string) {
	p.t.Helper()
	p.until(fmt.Sprintf("the page to say %q", words), func() bool { return strings.Contains(p.Text(), plain(words)) })
}

// Attach gives a file to a field, as if it were chosen there.
func (p *Page) Attach(field, name string, content []byte) {
	p.t.Helper()
	Eval[bool](p, `(() => {
		const bytes = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(content)+`"), (c) => c.charCodeAt(0))
		const holds = new DataTransfer(), field = document.querySelector(`+strconv.Quote(field)+`)
		holds.items.add(new File([bytes], `+strconv.Quote(name)+`))
		field.files = holds.files
		field.dispatchEvent(new Event("change", {bubbles: true}))
		return true
	})()`)
}
