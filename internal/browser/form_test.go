package browser_test

import (
	"context"
	"testing"

	"skein/internal/browser"
	"skein/web/path"
)

// A form in which several things are wrong begins with them: the caret is there, each leads to its field, and the
// title says it first. One thing alone has the caret itself.
func TestARefusedFormBeginsWithWhatIsWrong(t *testing.T) {
	t.Parallel()
	address, pool := teo(t)
	p := signIn(t, address, "teo@corriemere.example", browser.Look{})
	p.Heading("Good morning, Teo")
	p.Pictures("welcome")
	p.Field("Three things people come to you for").Type("a")
	p.Press("\r")
	for _, word := range []string{"b", "c", "d"} {
		p.Field("Three things people come to you for").Type(word)
		p.Press("\r")
	}
	p.Field("Whom could we ask about these?").Type("Somebody Else")
	p.Button("Show me leads").Click()
	p.Says("Two things are not right yet")
	if focused := browser.Eval[string](p, `document.activeElement.className`); focused != "wrongs" {
		t.Errorf("the caret is at %q", focused)
	}
	if title := p.Title(); title[:7] != "Error: " {
		t.Errorf("the title is %q", title)
	}
	p.Sound()
	p.Pictures("welcome-refused")
	p.Link("Whom could we ask about these?").Click()
	if focused := browser.Eval[string](p, `document.activeElement.id`); focused != "field-colleagues" {
		t.Errorf("the link leads to %q", focused)
	}
	if _, err := pool.Exec(context.Background(), `update person set welcomed_at = now()`); err != nil {
		t.Fatal(err)
	}
	p.Visit(address + path.Settings)
	p.Pictures("settings")
	p.Field("Your time zone").Fill("Atlantis")
	p.Button("Save").Click()
	p.Says("Name a time zone")
	if focused := browser.Eval[string](p, `document.activeElement.id`); focused != "field-zone" {
		t.Errorf("the caret is at %q", focused)
	}
	p.Sound()
	p.Pictures("settings-refused")
	p.Visit(address + path.WelcomeBefore)
	p.Pictures("before")
	p.Visit(address + path.How)
	p.Pictures("how")
}

// Nothing that is pasted is cut off: it says by how much it is too long, and stays.
func TestATextThatIsTooLongStays(t *testing.T) {
	t.Parallel()
	address, _ := teo(t)
	p := signIn(t, address, "alba@corriemere.example", browser.Look{})
	p.Visit(address + path.Settings)
	long := ""
	for range 125 {
		long += "ä"
	}
	p.Field("The name that others see").Type(long)
	p.Says("5 characters too many.")
	p.Button("Save").Click()
	p.Says("A name has at most 120 characters.")
	if typed := p.Field("The name that others see").Value(); typed != long {
		t.Errorf("what was typed is %q", typed)
	}
}
