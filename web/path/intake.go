package path

// Where administrators bring files in, and take everything along.
const (
	Import = "/admin/import"
	Export = "/admin/export"
)

// ImportOf is what was handed in together, as it was tried.
func ImportOf(id string) string { return under(Import, id) }

// ReadImport says what its tables and columns are.
func ReadImport(id string) string { return under(Import, id, "columns") }

// MendImport has a value read as another.
func MendImport(id string) string { return under(Import, id, "mend") }

// LoadImport brings it in.
func LoadImport(id string) string { return under(Import, id, "load") }

// PutAwayImport forgets it.
func PutAwayImport(id string) string { return under(Import, id, "put-away") }

// ImportRows is the rows that cannot come in, as a file.
func ImportRows(id string) string { return under(Import, id, "rows.csv") }
