package words

import "strings"

// singular are the verbs whose form for one is not the other with an s.
var singular = map[string]string{"are": "is", "were": "was", "have": "has", "do": "does", "go": "goes"}

// Verb is a verb, given as it stands after many, as it stands after a number: Verb(1, "have") is "has". What
// follows the verb may come with it: Verb(1, "are in") is "is in".
func Verb(n int, many string) string {
	if n != 1 {
		return many
	}
	verb, rest, more := strings.Cut(many, " ")
	one := singular[verb]
	if one == "" {
		one = verb + "s"
	}
	if more {
		return one + " " + rest
	}
	return one
}
