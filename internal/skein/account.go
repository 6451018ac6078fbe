package skein

import (
	"strings"
	"time"
)

// Account is how somebody signs in.
type Account struct {
	Person   PersonID
	Name     string
	Email    string
	Password string // a hash; empty where none was set yet
	Epoch    int    // raised when all sessions end
	Asked    string // the address with which they want to sign in, once its link is used; empty: none
	// ByPassword is false where passwords are switched off for this account: theirs opens nothing.
	ByPassword bool
	// SecondStep is true where they have a passkey to show beside a password. It is read where somebody signs in.
	SecondStep bool
	// LinkedAt is when they first came by the organisation's account; nil: they did not. It is read where one's own
	// account is shown.
	LinkedAt *time.Time
}

// CheckEmail reports what is wrong with an e-mail address. Whether it is theirs, only mail can tell.
func CheckEmail(email string) error {
	var bad Invalid
	local, domain, found := strings.Cut(email, "@")
	bad.Add(!found || local == "" || !strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") ||
		strings.HasSuffix(domain, ".") || strings.ContainsAny(email, " \t\n\r,;<>\"()") || strings.Contains(domain, "@") ||
		len(email) > 254 || hasUnseen(email), "email", "Give an e-mail address such as name@organisation.example.")
	return bad.Err()
}

// InvitationLife is how long an invitation link opens the door.
const InvitationLife = 7 * 24 * time.Hour

// MailedLinkLife is how long a link is good that was mailed to somebody with an account: for a new password, or to
// confirm an address.
const MailedLinkLife = 2 * time.Hour

// Invitation is a link that opens the door once.
type Invitation struct {
	Person PersonID // empty: the first administrator's
	Name   string
	Email  string
	// Account is true for somebody who signs in already: the link then only sets a new password.
	Account   bool
	MadeBy    PersonID
	ExpiresAt time.Time
	// ByPassword is false where passwords are switched off for whom it is for: then it opens nothing.
	ByPassword bool
}

// NewPerson tells whether whoever opens the link says their own name.
func (i Invitation) NewPerson() bool { return i.Person == "" }

// Check reports whether a hat is whole.
func (h Hat) Check() error {
	var bad Invalid
	switch h.Kind {
	case Steward:
		bad.Add(h.Circle == "", "circle", "Say of which.")
	case Executive, Administrator:
		bad.Add(h.Circle != "", "circle", "Only a steward’s role belongs to one.")
	default:
		bad.Add(true, "hat", "Choose steward, executive or administrator.")
	}
	return bad.Err()
}

// Words is how pages call a hat.
func (k HatKind) Words() string {
	switch k {
	case Steward:
		return "steward"
	case Executive:
		return "executive"
	case Administrator:
		return "administrator"
	}
	return "staff"
}

// KeepAdministrator says whether one administrator may go: others is how many would remain.
func KeepAdministrator(others int) error {
	if others > 0 {
		return nil
	}
	return Refused{"Somebody must remain who can open doors, and this is the only administrator.", "Make somebody else an administrator first."}
}

// KeepAdministratorBeyond says whether the last day of the administrators who remain may be after, where it was
// before; zero: somebody remains for good.
func KeepAdministratorBeyond(before, after Date) error {
	if after.IsZero() || !before.IsZero() && !after.Before(before) {
		return nil
	}
	return Refused{"Nobody else could open doors after that day.", "Make somebody who stays longer an administrator first."}
}
