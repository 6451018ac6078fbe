package path

// Decisions are all that were decided in the organisation, or are to be.
const Decisions = "/decisions"

// NewDecision opens a decision in a project.
func NewDecision(project string) string { return under(Projects, project, "decisions", "new") }

// Decision is the page of one.
func Decision(id string) string { return under(Decisions, id) }

// ChangeDecision changes a question that nobody was asked yet.
func ChangeDecision(id string) string { return under(Decisions, id, "change") }

// AskAdvice chooses who is asked, and until when.
func AskAdvice(id string) string { return under(Decisions, id, "ask") }

// Advise takes what somebody says who was asked.
func Advise(id string) string { return under(Decisions, id, "advise") }

// Decide takes what is decided.
func Decide(id string) string { return under(Decisions, id, "decide") }

// CloseDecision ends a question without a decision.
func CloseDecision(id string) string { return under(Decisions, id, "close") }

// CameOf says what came of a decision.
func CameOf(id string) string { return under(Decisions, id, "came") }
