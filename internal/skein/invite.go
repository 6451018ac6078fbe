package skein

import "time"

// InviteState is where an invitation to lead stands.
type InviteState string

// The states of an invitation to lead.
const (
	InviteWaiting  InviteState = "waiting"
	InviteAccepted InviteState = "accepted"
	InviteDeclined InviteState = "declined"
	InviteLapsed   InviteState = "lapsed"
	InviteVoid     InviteState = "void" // somebody else took it first
)

// MostInvited is how many people are asked at a time.
const MostInvited = 5

// Invite asks one of the best placed people to lead what nobody claimed.
type Invite struct {
	Window     WindowID
	Project    ProjectID
	Person     PersonID
	Band       int
	State      InviteState
	MadeAt     time.Time
	AnswerBy   time.Time
	AnsweredAt time.Time
}

// Answer takes the person's yes or no.
func (i *Invite) Answer(by By, yes bool) error {
	if i.Person != by.Person {
		return ErrNotFound
	}
	if i.State != InviteWaiting {
		return Conflict{"This was settled a moment before: " + i.State.words()}
	}
	i.State, i.AnsweredAt = InviteDeclined, by.At
	if yes {
		i.State = InviteAccepted
	}
	return nil
}

func (s InviteState) words() string {
	switch s {
	case InviteAccepted:
		return "you said yes."
	case InviteDeclined:
		return "you said not this time."
	case InviteLapsed:
		return "the time to answer ran out."
	}
	return "somebody else took it."
}
