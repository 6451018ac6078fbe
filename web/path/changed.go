package path

// Changed says anew what a project is like, or begins its next stretch.
func Changed(id string) string { return under(Projects, id, "changed") }

// Reconsider is a lead that is being reconsidered, and takes an answer.
func Reconsider(id string) string { return under(Projects, id, "reconsider") }
