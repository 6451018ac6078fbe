package skein

// ClaimEyes is as what somebody looks at a claim.
type ClaimEyes int

// Who may look at a claim.
const (
	EyesOwn     ClaimEyes = iota // whose claim it is
	EyesNamed                    // who is named in it: would claim along, or coach
	EyesChecker                  // who is asked to check the pick of its window, or was before it was passed on
	EyesOthers                   // everybody else, whatever hat they wear
)

// SeenBy tells whether somebody may know of a claim in this state, at any time. Nobody but its
// claimant ever sees one that was not sent or was taken back; and others see none: what they are told
// is who leads, by which rule, and how many claimed.
func (s ClaimState) SeenBy(eyes ClaimEyes) bool {
	switch eyes {
	case EyesOwn:
		return true
	case EyesNamed, EyesChecker:
		return s.Stands()
	}
	return false
}

// Stands tells whether the claim was sent, and was neither taken back nor made void.
func (s ClaimState) Stands() bool {
	return s != ClaimDraft && s != ClaimWithdrawn && s != ClaimVoid
}

// AsSeen is the state that somebody may know of a claim that they see: until everybody is told, what
// was decided about it is known to whoever checks alone.
func (s ClaimState) AsSeen(eyes ClaimEyes, told bool) ClaimState {
	if !told && eyes != EyesChecker && (s == ClaimChosen || s == ClaimNotChosen) {
		return ClaimSubmitted
	}
	return s
}

// Known tells whether staff may know that claims for a window closed with somebody's in it: from the
// telling on, and while a pick of it is checked. One that began again, or became void, says nothing.
func (s WindowState) Known(told bool) bool { return told || s == WindowPicked }
