package component

import (
	"bytes"
	"context"
	"io"
	"slices"

	"github.com/a-h/templ"

	"skein/internal/words"
)

// gatheredKey finds the fields of a form that said what is wrong with them: a *[]Field.
type gatheredKey struct{}

// Gathered is what stands in a form, below a summary of what is wrong when that is more than one thing:
// each links to its field, and the page opens at the summary. Every Form has one; a form written out has it
// around its fields.
func Gathered() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		children := templ.GetChildren(ctx)
		var all []Field
		var body bytes.Buffer
		inner := context.WithValue(templ.ClearChildren(ctx), gatheredKey{}, &all)
		if err := children.Render(inner, &body); err != nil {
			return err
		}
		if len(all) > 1 {
			if err := wrongs(all).Render(templ.ClearChildren(ctx), w); err != nil {
				return err
			}
		}
		_, err := w.Write(body.Bytes())
		return err
	})
}

// noted tells the form around a field that something is wrong with it.
func noted(f Field) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, _ io.Writer) error {
		all, ok := ctx.Value(gatheredKey{}).(*[]Field)
		if ok && !slices.ContainsFunc(*all, func(o Field) bool { return o.id() == f.id() }) { // a field that says it twice is one
			*all = append(*all, f)
		}
		return nil
	})
}

func howMany(n int) string {
	return words.UpperFirst(words.Count(n, "thing is", "things are")) + " not right yet"
}
