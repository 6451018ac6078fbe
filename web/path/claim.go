package path

// KeepClaim keeps what was typed of a claim so far.
func KeepClaim(id string) string { return under(Projects, id, "claim", "draft") }

// RateForClaim takes one's own word on a skill that a lead asks for.
func RateForClaim(id string) string { return under(Projects, id, "claim", "word") }

// AskForClaim asks a colleague about a skill that a lead asks for.
func AskForClaim(id string) string { return under(Projects, id, "claim", "ask") }

// AnswerInvite answers whether one would lead what nobody claimed.
func AnswerInvite(window string) string { return under("/invites", window) }

// AnswerBeside answers somebody who would claim together, or be coached.
func AnswerBeside(claim string) string { return under("/claims", claim, "beside") }

// CheckPick confirms a pick, or returns it with a reason.
func CheckPick(pick string) string { return under("/picks", pick) }

// AnswerReview says whether a claim was decided rightly.
func AnswerReview(id string) string { return under("/reviews", id) }

// StandIn asks somebody to stand in for the lead.
func StandIn(id string) string { return under(Projects, id, "stand-in") }

// AnswerStandIn answers whether one stands in.
func AnswerStandIn(id, standIn string) string { return under(Projects, id, "stand-in", standIn) }

// EndStandIn ends that somebody stands in, or is asked to.
func EndStandIn(id, standIn string) string { return under(Projects, id, "stand-in", standIn, "end") }

// HandingOn is what whoever leads next must know: written, said back, signed.
func HandingOn(id string) string { return under(Projects, id, "handing-on") }

// KeepNote keeps what was written of it so far.
func KeepNote(id string) string { return under(Projects, id, "handing-on", "draft") }

// KeepBack keeps what was said back of it so far.
func KeepBack(id string) string { return under(Projects, id, "handing-on", "said", "draft") }

// SayBack says it back.
func SayBack(id string) string { return under(Projects, id, "handing-on", "said") }

// SignHandover signs what was said back.
func SignHandover(id string) string { return under(Projects, id, "handing-on", "signed") }

// ThankTeam thanks the team of what one has handed on.
func ThankTeam(id string) string { return under(Projects, id, "handing-on", "thanks") }

// StepDown asks once more, and ends one's own lead, or place beside it.
func StepDown(id string) string { return under(Projects, id, "step-down") }
