package exchange

import (
	"skein/internal/folder"
	"skein/internal/skein"
)

// Double is somebody new in a folder who may be somebody in Skein.
type Double struct {
	File            string // the table that brings the new one, by how messages call it
	Line            int
	New, There      skein.PersonID
	Name, ThereName string
	Address         string // the e-mail address that both have, as the table has it; "": their names are alike
}

// Asking is for whoever reads it on a page and can answer at once: people who may be one are told of in Report.Doubles,
// and sentences name what stands on the page in place of commands.
func Asking() Option { return func(f *files) { f.asking = true } }

// sameAddress tells of a new person whose address somebody in Skein has.
func (r *reader) sameAddress(m mailbox, address string, there skein.PersonID) {
	if _, old := r.known.People[m.person]; old || !r.files.asking {
		return
	}
	if cell, stands := r.report.Cell(m.place); stands {
		address = cell.Value
	}
	r.report.Doubles = append(r.report.Doubles, Double{
		File: m.place.File, Line: m.place.Line, New: m.person, Name: m.name, There: there, ThereName: r.known.Names[there], Address: address,
	})
}

// sameName tells of a new person who is called as somebody in Skein is.
func (r *reader) sameName(t *table, row *folder.PersonRow, there folder.KnownPerson) {
	r.report.Doubles = append(r.report.Doubles, Double{
		File: t.called, Line: row.Begins.Line, New: row.ID, Name: row.Name, There: there.ID, ThereName: there.Name,
	})
}
