package mail

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// Links makes the secret part of links that are mailed. It is reckoned from the link's id, so that a mail that is sent
// once more carries the same link, and nobody who reads the database alone can make it.
type Links struct{ key []byte }

// NewLinks returns them for the secret that all servers share.
func NewLinks(secret []byte) Links {
	key, err := hkdf.Key(sha256.New, secret, nil, "skein mailed link", 32)
	if err != nil {
		panic(err) // only of a length that is none
	}
	return Links{key}
}

// Token is the secret part of a link.
func (l Links) Token(id string) string {
	mac := hmac.New(sha256.New, l.key)
	mac.Write([]byte(id))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
