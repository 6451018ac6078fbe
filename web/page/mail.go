package page

import (
	"context"
	"strings"
)

// Mail is what a mail says: as a page for mail programs, and as text.
type Mail struct {
	Org     string
	Subject string
	Title   string
	Lead    string   // what the project is for
	Says    []string // quiet sentences
	Act     *MailLink
	Beside  *MailLink
	Gets    []MailGet
	Parts   []MailPart
	Foot    string
	Last    MailLink // in the foot
}

// MailLink is a link of a mail: it opens a page, and never does anything.
type MailLink struct {
	Label string
	URL   string
}

// MailGet is one thing that a lead gets.
type MailGet struct{ What, Says string }

// MailPart is one section.
type MailPart struct {
	Head string
	Rows []MailRow
	Act  *MailLink
}

// MailRow is one thing, and what is to be said of it.
type MailRow struct {
	Bird string // a letter, where somebody leads
	Said Said
	Note string
}

// WrittenMail is a mail in its two forms.
type WrittenMail struct{ Text, HTML string }

// Written puts a mail into its two forms. Base is where browsers reach Skein.
func (m Mail) Written(ctx context.Context, base string) (WrittenMail, error) {
	base = strings.TrimSuffix(base, "/")
	var html strings.Builder
	if err := mailHTML(m, base).Render(ctx, &html); err != nil {
		return WrittenMail{}, err
	}
	return WrittenMail{Text: m.text(base), HTML: html.String()}, nil
}

// text says the same without any form.
func (m Mail) text(base string) string {
	var paragraphs []string
	add := func(lines ...string) {
		if said := strings.Join(lines, "\n"); strings.TrimSpace(said) != "" {
			paragraphs = append(paragraphs, said)
		}
	}
	link := func(l *MailLink) {
		if l != nil {
			add(l.Label + ":\n" + base + l.URL)
		}
	}
	add(m.Title)
	add(m.Lead)
	add(m.Says...)
	link(m.Act)
	link(m.Beside)
	if len(m.Gets) > 0 {
		lines := []string{"What you get"}
		for _, g := range m.Gets {
			lines = append(lines, "- "+g.What+": "+g.Says)
		}
		add(lines...)
	}
	for _, part := range m.Parts {
		add(strings.ToUpper(part.Head))
		for _, row := range part.Rows {
			add(row.text(base)...)
		}
		link(part.Act)
	}
	add(m.Foot)
	if m.Last.URL != "" {
		link(&m.Last)
	}
	add("--\n" + m.from())
	return strings.Join(paragraphs, "\n\n") + "\n"
}

func (r MailRow) text(base string) []string {
	said := r.Said.Before + r.Said.Link + r.Said.After
	if r.Bird != "" {
		said = r.Bird + " " + said
	}
	lines := []string{said}
	if r.Note != "" {
		lines = append(lines, r.Note)
	}
	if r.Said.URL != "" {
		lines = append(lines, base+r.Said.URL)
	}
	return lines
}

// from is whose Skein it is.
func (m Mail) from() string {
	if m.Org == "" {
		return "Skein"
	}
	return "Skein at " + m.Org
}
