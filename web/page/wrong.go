package page

// Wrong says what is wrong with a field of a form; nil when nothing is.
type Wrong func(field string) string

// On is the sentence for a field, or "".
func (w Wrong) On(field string) string {
	if w == nil {
		return ""
	}
	return w(field)
}
