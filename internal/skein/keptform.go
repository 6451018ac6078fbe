package skein

import "time"

// KeptFormLife is how long a form is kept that came after its session had ended; MostKeptForms is how many of one
// person are, the newest.
const (
	KeptFormLife  = time.Hour
	MostKeptForms = 5
)

// KeptForm is what somebody typed and sent when they were no longer signed in.
type KeptForm struct {
	ID     string // empty before it is kept
	Action string // where it was sent
	Fields []KeptField
	KeptAt time.Time
}

// KeptField is one value of a form.
type KeptField struct {
	Name, Value string
}
