package server

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
)

// SecretSize is how many bytes a secret has.
const SecretSize = 32

// NewSecret makes a secret.
func NewSecret() []byte {
	secret := make([]byte, SecretSize)
	_, _ = rand.Read(secret) // never fails
	return secret
}

// seal hides numbers that would tell something by themselves, such as a row's in the log: gaps between
// two of them count what is sealed. Each purpose has a key of its own, so that what is sealed for one
// opens nothing for another.
type seal struct{ aead cipher.AEAD }

func newSeal(secret []byte, purpose string) (seal, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, purpose, 32)
	if err != nil {
		return seal{}, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return seal{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return seal{aead}, err
}

// close is a number as an address may hold it; twice the same number is two texts.
func (s seal) close(n int64) string {
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, binary.BigEndian.AppendUint64(nil, uint64(n)), nil)) //nolint:gosec // the same bits
}

// closeText is a text as a cookie may hold it.
func (s seal) closeText(text []byte) string {
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nil, nil, text, nil))
}

// openText is the text that was closed, as open has it of a number.
func (s seal) openText(closed string) ([]byte, bool) {
	sealed, err := base64.RawURLEncoding.DecodeString(closed)
	if err != nil {
		return nil, false
	}
	plain, err := s.aead.Open(nil, nil, sealed, nil)
	return plain, err == nil
}

// open is the number that was closed; false for what was not closed with this secret for this purpose.
func (s seal) open(closed string) (int64, bool) {
	plain, ok := s.openText(closed)
	if !ok || len(plain) != 8 {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(plain)), true //nolint:gosec // the same bits
}
