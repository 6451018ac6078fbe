package skein

import (
	"strings"
	"time"
)

// Passkey is what somebody shows beside their password. The half that signs stays where it was made.
type Passkey struct {
	ID         string
	Credential []byte // what names it, as WebAuthn does
	PublicKey  []byte // as COSE writes it
	Handle     []byte // what its keeper calls whose it is
	Count      uint32 // how often it signed; 0 where it does not count
	Transports []string
	MayBackUp  bool // it may lie in more than one place of its owner's
	BackedUp   bool // and does
	Host       string
	Name       string // what its owner calls it
	MadeAt     time.Time
	UsedAt     *time.Time
	CopiedAt   *time.Time // when its count went back: it opens nothing since
}

// What is kept of passkeys and codes, and for how long a step may take.
const (
	MostPasskeys      = 20
	MaxPasskeyName    = 60 // characters
	RecoveryCodes     = 10
	SecondStepLife    = 10 * time.Minute
	recoveryCodeSigns = 16
)

// CheckPasskeyName reports what the name of a passkey lacks.
func CheckPasskeyName(name string) error {
	var bad Invalid
	bad.Add(name == "", "name", "Give it a name by which you know it again, such as My phone.")
	bad.Add(len([]rune(name)) > MaxPasskeyName, "name", "Its name has 60 characters at most.")
	bad.Add(hasUnseen(name), "name", "Something in this name cannot be seen. Type it anew.")
	return bad.Err()
}

// codeSigns are the signs of recovery codes: none that is taken for another.
const codeSigns = "0123456789abcdefghjkmnpqrstvwxyz"

// RecoveryCode makes a code of random bytes, one for each of its 16 signs, each of which holds 5 bits: 80 in all, too
// many to guess even from its hash.
func RecoveryCode(random [recoveryCodeSigns]byte) string {
	var b strings.Builder
	for i, part := range random {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeSigns[int(part)%len(codeSigns)])
	}
	return b.String()
}

// ReadRecoveryCode is a code as it was made, of one as somebody typed it: in capitals, without its dashes, with an o
// for a nought. "" is what cannot be one.
func ReadRecoveryCode(typed string) string {
	var b strings.Builder
	for _, c := range typed {
		switch {
		case c == '-' || c == ' ':
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		switch c {
		case 'o':
			c = '0'
		case 'i', 'l':
			c = '1'
		}
		if !strings.ContainsRune(codeSigns, c) || b.Len() > recoveryCodeSigns {
			return ""
		}
		b.WriteRune(c)
	}
	if b.Len() != recoveryCodeSigns {
		return ""
	}
	code := b.String()
	return code[:4] + "-" + code[4:8] + "-" + code[8:12] + "-" + code[12:]
}

// KeepPasskey says whether the last passkey of somebody of whom a second step is demanded may go.
func KeepPasskey(left int) error {
	if left > 0 {
		return nil
	}
	return Refused{
		"A second step is demanded of administrators and executives, and this is your only passkey.",
		"Add another first; or an administrator can stop demanding one, under Sign-in.",
	}
}
