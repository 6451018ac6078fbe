package view

import (
	"strings"

	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// KeptForms are forms to be sent once more. What is shown of each is what was written in it; what was chosen
// goes with it.
func KeptForms(clock words.Clock, found []skein.KeptForm) []page.KeptForm {
	all := make([]page.KeptForm, len(found))
	for i, form := range found {
		kept := page.KeptForm{
			Action: form.Action, Drop: path.DropKept(form.ID), At: clock.Moment(form.KeptAt), Until: clock.Moment(form.KeptAt.Add(skein.KeptFormLife)),
			Fields: []component.Hidden{{Name: component.KeptName, Value: form.ID}},
		}
		for _, field := range form.Fields {
			if field.Name == component.KeptName {
				continue
			}
			kept.Fields = append(kept.Fields, component.Hidden(field))
			if strings.Contains(strings.TrimSpace(field.Value), " ") {
				kept.Says = append(kept.Says, field.Value)
			}
		}
		all[i] = kept
	}
	return all
}

// SessionEnds says when somebody will have to sign in again.
func SessionEnds(moment string) string {
	return "You are signed in here until " + moment + ". Send what you are writing before; what you send later is kept for an hour, until you have signed in again."
}
