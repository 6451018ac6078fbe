package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// unfinished says what the viewer has begun, a draft or a claim, and links to where it goes on.
func (t homeTeller) unfinished(b leaddb.Unfinished) page.HomeRow {
	project := string(b.Project)
	row := page.HomeRow{ID: "begun-" + project, Said: page.Said{Link: b.Title, URL: path.Project(project), After: "."}}
	look := func(label, url string) []component.Button {
		return []component.Button{{Label: label, Kind: component.Plain, URL: url, About: b.Title}}
	}
	switch {
	case b.Claim == "":
		row.Note = "A draft of a project. Only you can see it until you publish it."
		row.Acts = look("Go on", path.EditProject(project))
	case b.Decided:
		row.Note = "You claimed it. Claims have closed, and it is being decided; you are told as soon as it is."
		row.Acts = look("Look", path.Project(project))
	case b.Claim == skein.ClaimDraft:
		row.Note = "A claim that is not sent yet." + t.closes(b)
		row.Acts = look("Go on", path.ClaimProject(project))
	default:
		row.Note = "You claimed it. Only you can see that until claims close." + t.closes(b)
		row.Acts = look("Change it", path.ClaimProject(project))
	}
	return row
}

func (t homeTeller) closes(b leaddb.Unfinished) string {
	if b.Until == nil {
		return ""
	}
	return " They close " + t.clock.Moment(*b.Until) + "."
}
