package mail

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// Which mails somebody can do without.
type Which string

// The kinds of mail that somebody may switch off.
const (
	AtOnce Which = "once"
	Weekly Which = "weekly"
)

// Stops makes and reads the words in an address by which one click ends mails, without a sign-in: it can do that
// alone, and be undone in the settings.
type Stops struct{ key []byte }

// NewStops returns them for the secret that all servers share.
func NewStops(secret []byte) Stops {
	key, err := hkdf.Key(sha256.New, secret, nil, "skein stop mail", 32)
	if err != nil {
		panic(err) // only of a length that is none
	}
	return Stops{key}
}

// Token is what stands in the address. Key is by which the log names whose mails they are: it stays when they get
// another id, and is nobody else's afterwards.
func (s Stops) Token(key string, which Which) string {
	said := string(which) + " " + key
	return base64.RawURLEncoding.EncodeToString(append(s.mac(said), said...))
}

// Read tells whose mails it ends, by their key (by their id in mails of before), and which; false for what was not made
// with this secret.
func (s Stops) Read(token string) (key string, which Which, ok bool) {
	plain, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(plain) < sha256.Size {
		return "", "", false
	}
	said := string(plain[sha256.Size:])
	if !hmac.Equal(plain[:sha256.Size], s.mac(said)) {
		return "", "", false
	}
	kind, who, _ := strings.Cut(said, " ")
	return who, Which(kind), true
}

func (s Stops) mac(said string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(said))
	return mac.Sum(nil)
}
