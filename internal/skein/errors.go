package skein

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNotFound says that there is no such thing, or none that the asker may see.
var ErrNotFound = errors.New("not found")

// Invalid lists what is wrong with something typed in, field by field.
type Invalid []FieldError

// FieldError is one sentence about one field.
type FieldError struct {
	Field   string // the form field's name
	Message string // a whole sentence that says what would do
}

func (e Invalid) Error() string {
	var b strings.Builder
	for i, f := range e {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s: %s", f.Field, f.Message)
	}
	return b.String()
}

// Add notes message for field when wrong is true.
func (e *Invalid) Add(wrong bool, field, message string) {
	if wrong {
		*e = append(*e, FieldError{field, message})
	}
}

// Err returns the list as an error, or nil when it is empty.
func (e Invalid) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// On returns the sentence for field, or "".
func (e Invalid) On(field string) string {
	for _, f := range e {
		if f.Field == field {
			return f.Message
		}
	}
	return ""
}

// Refused says why something may not be done, and who or what can change that. It becomes 403.
type Refused struct {
	Why string // a whole sentence
	Who string // who or what can change it; a whole sentence, may be empty
}

func (e Refused) Error() string { return strings.TrimSpace(e.Why + " " + e.Who) }

// Conflict says that the thing moved on meanwhile, or that a rule of the database stands against
// it. It becomes 409.
type Conflict struct{ Why string }

func (e Conflict) Error() string { return e.Why }
