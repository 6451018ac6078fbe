package exchange

import "skein/internal/folder"

// count notes in which columns the present row says something, of a table that somebody looks at.
func (t *table) count() {
	if t.mapped == nil {
		return
	}
	if t.said == nil {
		t.said = make([]int, t.width)
	}
	for at := range t.said {
		if !t.rec.fields[at].blank() {
			t.said[at]++
		}
	}
}

// fields says of each column that is read in how many rows it says something, in the file's order.
func (t *table) fields() []folder.Field {
	var all []folder.Field
	for at, rows := range t.said {
		for c, place := range t.at {
			if place == at {
				all = append(all, folder.Field{Is: t.columns[c], Called: t.names[c], Rows: rows})
			}
		}
		for _, x := range t.extra {
			if x.at == at {
				all = append(all, folder.Field{Called: x.said, Rows: rows})
			}
		}
	}
	return all
}
