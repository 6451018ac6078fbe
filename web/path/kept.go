package path

// Kept is where somebody finds what they sent after their session had ended.
const Kept = "/kept"

// DropKept throws away one form that is kept.
func DropKept(id string) string { return under(Kept, id, "drop") }
