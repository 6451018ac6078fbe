package view

import (
	"encoding/json"

	"skein/internal/skein"
)

// changedRemit says what of what a lead decides was to change, old and new, and why.
func (x auditTeller) changedRemit() []string {
	var d struct {
		Rows  []skein.RemitDiffers
		Hours []*float64
	}
	if kept, err := json.Marshal(x.row.Details); err != nil || json.Unmarshal(kept, &d) != nil {
		return nil
	}
	var says []string
	if len(d.Hours) == 2 {
		says = append(says, "hours a week: "+hoursSaid(d.Hours[1])+", before: "+hoursSaid(d.Hours[0]))
	}
	for _, r := range d.Rows {
		was := ", new"
		if r.Was != nil {
			was = ", before: " + levelSaid(r.Was, x.org.Currency)
		}
		says = append(says, quoted(r.Area)+": "+levelSaid(r.Now, x.org.Currency)+was)
	}
	return append(says, before("asked: ", x.person("asked")), quoted(x.text("reason")))
}
