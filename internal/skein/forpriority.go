package skein

// AnswersPriority tells whether somebody could answer for the priority of what is led: whoever answers for it, and a
// steward of the circle or of one above. Nobody does so of what they lead.
func AnswersPriority(p, owner PersonID, leads, steward bool) bool {
	return p != "" && !leads && (p == owner || steward)
}

// SpeaksForPriority tells whether somebody agrees for the priority what its leads decide: whoever answers for it; a steward
// only where they are not there to, or lead it themselves, which here says.
func SpeaksForPriority(p, owner PersonID, here, leads, steward bool) bool {
	return AnswersPriority(p, owner, leads, steward) && (p == owner || !here)
}
