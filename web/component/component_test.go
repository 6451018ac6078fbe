package component_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"skein/web/component"
)

func render(t *testing.T, part templ.Component) *goquery.Document {
	t.Helper()
	var html strings.Builder
	if err := part.Render(t.Context(), &html); err != nil {
		t.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(html.String()))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// one returns the only element that a selector finds.
func one(t *testing.T, in *goquery.Document, selector string) *goquery.Selection {
	t.Helper()
	found := in.Find(selector)
	if found.Length() != 1 {
		html, _ := in.Html()
		t.Fatalf("%s finds %d elements in\n%s", selector, found.Length(), html)
	}
	return found
}

func attr(s *goquery.Selection, name string) string { return s.AttrOr(name, "") }

func TestAFormWithSeveralErrorsBeginsWithThem(t *testing.T) {
	t.Parallel()
	form := func(errors ...string) *goquery.Document {
		return render(t, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			inside := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				for i, wrong := range errors {
					f := component.Field{Name: string(rune('a' + i)), Label: "Field " + string(rune('A'+i)), Error: wrong}
					part := component.TextField(f)
					if i%2 == 1 {
						part = component.WordChoice(f, component.Options("x"))
					}
					if err := part.Render(ctx, w); err != nil {
						return err
					}
				}
				return nil
			})
			return component.Form(component.FormParts{Action: "/"}).Render(templ.WithChildren(ctx, inside), w)
		}))
	}
	if html := form("", "One.", ""); html.Find(".wrongs").Length() != 0 {
		t.Error("one thing needs no summary")
	}
	html := form("One.", "Two.", "", "Four.")
	if got := one(t, html, "form .wrongs[autofocus] h2").Text(); got != "Three\u00a0things are not right yet" {
		t.Errorf("%q", got)
	}
	html.Find(".wrongs a").Each(func(_ int, link *goquery.Selection) { one(t, html, attr(link, "href")) })
	if got := html.Find(".wrongs li").Text(); got != "Field A: One.Field B: Two.Field D: Four." {
		t.Errorf("%q", got)
	}
}

func TestARefusedFieldKeepsWhatWasTypedAndSaysWhy(t *testing.T) {
	t.Parallel()
	field := component.Field{Name: "until", Label: "Until", Value: `10 "April" <b>`, Error: "Nine months is the most.", Hint: "A day."}
	for name, part := range map[string]templ.Component{
		"text":   component.TextField(field),
		"area":   component.TextArea(field),
		"select": component.Select(field, []component.Option{{Value: field.Value, Label: "April"}}),
	} {
		html := render(t, part)
		entry := one(t, html, ".field.refused .entry")
		if attr(entry, "aria-invalid") != "true" {
			t.Errorf("%s is not marked as refused", name)
		}
		for id := range strings.FieldsSeq(attr(entry, "aria-describedby")) {
			one(t, html, "#"+id)
		}
		if got := one(t, html, "label").AttrOr("for", ""); got != attr(entry, "id") {
			t.Errorf("%s: the label is for %q", name, got)
		}
		value := attr(entry, "value")
		if name == "area" {
			value = entry.Text()
		}
		if name == "select" {
			value = attr(one(t, html, "option[selected]"), "value")
		}
		if value != field.Value {
			t.Errorf("%s kept %q", name, value)
		}
	}
}

func TestChoicesAreNativeAndKeepTheChoice(t *testing.T) {
	t.Parallel()
	field := component.Field{Name: "hours", Label: "Free hours", Value: "4"}
	for name, part := range map[string]templ.Component{
		"ruler":     component.Ruler(field, component.Options("2", "4")),
		"words":     component.WordChoice(field, component.Options("2", "4")),
		"sentences": component.SentenceChoice(field, component.Options("2", "4")),
	} {
		html := render(t, part)
		if got := one(t, html, "legend").Text(); got != "Free hours" {
			t.Errorf("%s is called %q", name, got)
		}
		if got := attr(one(t, html, "input[type=radio][checked]"), "value"); got != "4" {
			t.Errorf("%s has %q chosen", name, got)
		}
		if got := html.Find("input[type=radio][name=hours]").Length(); got != 2 {
			t.Errorf("%s has %d answers", name, got)
		}
	}
}

func TestAButtonThatCannotBePressedSaysWhy(t *testing.T) {
	t.Parallel()
	html := render(t, component.Press(component.Button{Label: "Claim this lead", Action: "/x", Cannot: "You hold two leads, and two is the most. Judith can change that."}))
	button := one(t, html, "button[aria-disabled=true]")
	if got := one(t, html, "#"+attr(button, "aria-describedby")).Text(); !strings.Contains(got, "Judith") {
		t.Errorf("its reason is %q", got)
	}
	if html.Find("form").Length() != 0 || attr(button, "type") != "button" {
		t.Error("it would send a form")
	}
}

func TestAButtonPostsItsKey(t *testing.T) {
	t.Parallel()
	html := render(t, component.Press(component.Button{Label: "Accept", Action: "/claims/c/accept", Key: "k1", Hidden: []component.Hidden{{Name: "version", Value: "3"}}}))
	form := one(t, html, `form[method=post][action="/claims/c/accept"]`)
	if got := attr(form.Find("input[name="+component.KeyName+"]"), "value"); got != "k1" {
		t.Errorf("the key is %q", got)
	}
	if got := attr(form.Find("input[name=version]"), "value"); got != "3" {
		t.Errorf("the version is %q", got)
	}
}

func TestTheFilterSentenceMarksWhatIsChanged(t *testing.T) {
	t.Parallel()
	choice := component.Choice{Name: "hours", Label: "Hours", Value: "6", Options: []component.Option{{Label: "any hours"}, {Value: "6", Label: "up to 6 hours"}}, After: ","}
	html := render(t, component.FilterSentence(component.Sentence{Action: "/leads", Phrases: []component.Phrase{{Words: "asking"}, {Choice: &choice}}}))
	if got := one(t, html, "h1 select.changed option[selected]").Text(); got != "up to 6 hours" {
		t.Errorf("chosen is %q", got)
	}
	one(t, html, "h1 button[type=submit]")
}

func TestTheRoseSaysWhatItDraws(t *testing.T) {
	t.Parallel()
	html := render(t, component.Rose(component.Situation([7]int{4, 4, 2, 0, 1, 1, 1}, [7]int{2, 4, 4, 0, 1, 1, 1})))
	words := attr(one(t, html, "svg[role=img]"), "aria-label")
	for _, want := range []string{"unknown 4 of 5, was 2", "stakes 4 of 5;", "urgency 2 of 5, was 4", "many heads not stated"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q does not say %q", words, want)
		}
	}
	if open, filled := html.Find("circle.fill-none").Length(), html.Find("circle.fill-water").Length(); open != 2 || filled != 6 {
		t.Errorf("it draws %d open and %d filled ends", open, filled)
	}
}

func TestDotsCanBeCounted(t *testing.T) {
	t.Parallel()
	counts := component.DotCounts{Led: 9, Paused: 1, Reconsidered: 1, Open: 2}
	birds := map[component.BirdState]int{}
	for _, bird := range counts.Birds() {
		birds[bird]++
	}
	if birds[component.Paused] != 1 || birds[component.Led] != 8 || birds[component.Reconsidered] != 1 || birds[component.Vacant] != 2 {
		t.Errorf("drawn are %v", birds)
	}
}

func term(who string, from, to int) component.Term {
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	return component.Term{Who: who, From: start.AddDate(0, from, 0), To: start.AddDate(0, to, 0), Start: "then", End: "later"}
}

func TestTermsAreAListToo(t *testing.T) {
	t.Parallel()
	for name, terms := range map[string][]component.Term{
		"one":      {term("A", 0, 3)},
		"no time":  {term("A", 0, 0), term("B", 0, 0)},
		"crowded":  {term("Somebody with a long name", 0, 90), term("Another with a long name", 90, 91), term("A third with a long name", 91, 92)},
		"decades":  {term("A", 0, 400), term("B", 400, 500), term("C", 500, 501), term("D", 501, 502)},
		"backward": {term("A", 5, 2)},
	} {
		html := render(t, component.Terms(component.TermsFigure{Terms: terms, Now: terms[0].From}))
		if got := html.Find("ol li").Length(); got != len(terms) {
			t.Errorf("%s: %d of %d terms are listed", name, got, len(terms))
		}
		html.Find("svg [d], svg [cx], svg [x]").Each(func(_ int, s *goquery.Selection) {
			for _, value := range []string{attr(s, "d"), attr(s, "cx"), attr(s, "x")} {
				if strings.Contains(value, "NaN") || strings.Contains(value, "Inf") {
					t.Errorf("%s draws %q", name, value)
				}
			}
		})
	}
	if html := render(t, component.Terms(component.TermsFigure{})); html.Find("svg").Length() != 0 {
		t.Error("no terms are drawn")
	}
}

func TestTheTeamStaysBesideItsNames(t *testing.T) {
	t.Parallel()
	var members []component.Member
	for range 40 {
		members = append(members, component.Member{Name: "N"})
	}
	html := render(t, component.Team(members))
	html.Find("circle").Each(func(i int, s *goquery.Selection) {
		if strings.HasPrefix(attr(s, "cx"), "-") {
			t.Errorf("member %d stands at %s", i, attr(s, "cx"))
		}
	})
}

func TestThePickSaysWhatItDraws(t *testing.T) {
	t.Parallel()
	for figure, want := range map[*component.PickFigure]string{
		{Chosen: "you", Equals: []string{"in the same step"}, Others: 4}: "Chosen: you. One other was in the same step. 4 more claimed.",
		{Chosen: "Ines"}: "Chosen: Ines.",
		{Chosen: "Ines", Equals: []string{"you", "x", "y"}, Others: 99}: "Chosen: Ines. 3 others were in the same step. 99 more claimed.",
	} {
		html := render(t, component.Pick(*figure))
		if got := attr(one(t, html, "svg[role=img]"), "aria-label"); got != want {
			t.Errorf("it says %q", got)
		}
		if drawn := html.Find("circle.line-edge").Length(); drawn > 8 {
			t.Errorf("%d others are drawn", drawn)
		}
	}
}
