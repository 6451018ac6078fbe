package path

// Week is how a project stands, in its lead's words; and takes this week's.
func Week(id string) string { return under(Projects, id, "week") }

// SeeWeek notes that whoever answers for the priority has seen a word.
func SeeWeek(id, word string) string { return under(Projects, id, "week", word, "seen") }

// Live is the day on which whoever leads a project began, as a page to show.
func Live(id string) string { return under(Projects, id, "live") }

// AskLead asks whoever leads a project something, for everybody to read.
func AskLead(id string) string { return under(Projects, id, "ask") }

// AnswerQuestion is one question to whoever leads a project, and takes the answer.
func AnswerQuestion(id, question string) string { return under(Projects, id, "questions", question) }
