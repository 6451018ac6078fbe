package page

import "skein/web/component"

// OneFilled fills the most pressing button of the page and no other: with the four questions it is
// theirs.
func (d *HomeData) OneFilled() {
	if d.Welcome != nil {
		return
	}
	for _, rows := range [][]HomeRow{d.Waiting, d.Leads} {
		for i := range rows {
			for j := range rows[i].Acts {
				if rows[i].Acts[j].Kind == component.Outlined {
					rows[i].Acts[j].Kind = component.Filled
					return
				}
			}
		}
	}
}
