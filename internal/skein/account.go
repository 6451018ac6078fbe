package skein

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Account is how somebody signs in.
type Account struct {
	Person   PersonID
	Name     string
	Email    string
	Password string // a hash; empty where none was set yet
	Epoch    int    // raised when all sessions end
}

// Passwords are long rather than odd. The longest keeps a guess's cost bounded.
const (
	ShortestPassword = 12
	LongestPassword  = 200
)

// common are long passwords that everybody tries first.
var common = map[string]bool{
	"123456789012": true, "1234567890123": true, "12345678901234": true, "password1234": true,
	"password12345": true, "passwordpassword": true, "qwertyuiop12": true, "qwertyuiop123": true,
	"qwertyuiopasdf": true, "letmeinletmein": true, "iloveyou1234": true, "administrator": true,
	"administrator1": true, "adminadminadmin": true, "welcome12345": true, "changemechangeme": true,
	"correcthorsebatterystaple": true, "abcdefghijkl": true, "abcdefghijklmnop": true, "1q2w3e4r5t6y": true,
	"1qaz2wsx3edc": true, "qazwsxedcrfv": true, "asdfghjkl123": true, "q1w2e3r4t5y6": true,
}

// CheckPassword reports why a password will not do for somebody with these names: their own name,
// their e-mail address, the organisation's name.
func CheckPassword(password string, names ...string) error {
	var bad Invalid
	length := utf8.RuneCountInString(password)
	plain := strings.ToLower(strings.Join(strings.Fields(password), ""))
	switch {
	case length < ShortestPassword:
		bad.Add(true, "password", "Use at least 12 characters. Three or four unrelated words do well.")
	case length > LongestPassword:
		bad.Add(true, "password", "Use at most 200 characters.")
	case common[plain] || fewLetters(plain):
		bad.Add(true, "password", "That one is guessed first. Three or four unrelated words do well.")
	case madeOf(plain, names):
		bad.Add(true, "password", "That is mostly a name that others know. Three or four unrelated words do well.")
	}
	return bad.Err()
}

// fewLetters tells whether a text is made of four characters or fewer.
func fewLetters(text string) bool {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	return len(seen) <= 4
}

// madeOf tells whether little is left of a text without these names.
func madeOf(text string, names []string) bool {
	rest := text
	for _, name := range names {
		local, domain, _ := strings.Cut(strings.ToLower(name), "@")
		for _, part := range append(strings.FieldsFunc(local, notLetter), domain) {
			if utf8.RuneCountInString(part) > 2 {
				rest = strings.ReplaceAll(rest, part, "")
			}
		}
	}
	return rest != text && utf8.RuneCountInString(rest) < 6
}

func notLetter(r rune) bool { return strings.ContainsRune(" .-_+'", r) }

// CheckEmail reports what is wrong with an e-mail address. Whether it is theirs, only mail can tell.
func CheckEmail(email string) error {
	var bad Invalid
	local, domain, found := strings.Cut(email, "@")
	bad.Add(!found || local == "" || !strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") ||
		strings.HasSuffix(domain, ".") || strings.ContainsAny(email, " \t\n\r,;<>\"()") || strings.Contains(domain, "@") ||
		len(email) > 254, "email", "Give an e-mail address such as name@organisation.example.")
	return bad.Err()
}

// InvitationLife is how long an invitation link opens the door.
const InvitationLife = 7 * 24 * time.Hour

// Invitation is a link that opens the door once.
type Invitation struct {
	Person PersonID // empty: the first administrator's
	Name   string
	Email  string
	// Account is true for somebody who signs in already: the link then only sets a new password.
	Account   bool
	MadeBy    PersonID
	ExpiresAt time.Time
}

// NewPerson tells whether whoever opens the link says their own name.
func (i Invitation) NewPerson() bool { return i.Person == "" }

// Check reports whether a hat is whole.
func (h Hat) Check() error {
	var bad Invalid
	switch h.Kind {
	case Steward:
		bad.Add(h.Circle == "", "circle", "Say of which team.")
	case Executive, Administrator:
		bad.Add(h.Circle != "", "circle", "Only a steward belongs to a team.")
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
