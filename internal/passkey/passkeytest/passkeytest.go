// Package passkeytest is a passkey for tests, made of software: it answers what a browser would, rightly or not.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// Key is a passkey. What is exported may be changed, for it to answer wrongly.
type Key struct {
	t      testing.TB
	key    *ecdsa.PrivateKey
	ID     []byte
	Handle []byte
	Count  uint32
	Origin string // of the page that it believes to be on
	Host   string
}

// New returns a passkey that answers pages of an origin, such as http://localhost.
func New(t testing.TB, origin, host string) *Key {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return &Key{t: t, key: key, ID: id, Origin: origin, Host: host}
}

// question is what a page asks.
type question struct {
	Challenge string `json:"challenge"`
	User      struct {
		ID string `json:"id"`
	} `json:"user"`
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (k *Key) read(options string) (q question) {
	k.t.Helper()
	if err := json.Unmarshal([]byte(options), &q); err != nil || q.Challenge == "" {
		k.t.Fatalf("no question: %v in %.200q", err, options)
	}
	return q
}

func (k *Key) client(kind, challenge string) []byte {
	data, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": k.Origin, "crossOrigin": false})
	if err != nil {
		k.t.Fatal(err)
	}
	return data
}

// data is what an authenticator says of itself: that somebody was there, and how often it signed.
func (k *Key) data(flags byte) []byte {
	host := sha256.Sum256([]byte(k.Host))
	return binary.BigEndian.AppendUint32(append(host[:], flags), k.Count)
}

// Make answers a page that asks for a new passkey.
func (k *Key) Make(options string) string {
	k.t.Helper()
	q := k.read(options)
	handle, err := base64.RawURLEncoding.DecodeString(q.User.ID)
	if err != nil {
		k.t.Fatal(err)
	}
	k.Handle = handle
	public, err := k.key.PublicKey.Bytes() // 4, x and y
	if err != nil {
		k.t.Fatal(err)
	}
	cose, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: public[1:33], -3: public[33:]})
	if err != nil {
		k.t.Fatal(err)
	}
	data := append(k.data(0x45), make([]byte, 16)...) // present, verified, with a key; of no model
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.ID)))
	data = append(append(data, k.ID...), cose...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		k.t.Fatal(err)
	}
	return k.answer(map[string]any{
		"clientDataJSON": text(k.client("webauthn.create", q.Challenge)), "attestationObject": text(object), "transports": []string{"internal"},
	})
}

// Sign answers a page that asks for a passkey.
func (k *Key) Sign(options string) string {
	k.t.Helper()
	k.Count++
	data, client := k.data(0x05), k.client("webauthn.get", k.read(options).Challenge)
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.key, sum[:])
	if err != nil {
		k.t.Fatal(err)
	}
	return k.answer(map[string]any{
		"clientDataJSON": text(client), "authenticatorData": text(data), "signature": text(signature), "userHandle": text(k.Handle),
	})
}

func (k *Key) answer(response map[string]any) string {
	said, err := json.Marshal(map[string]any{
		"id": text(k.ID), "rawId": text(k.ID), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{},
	})
	if err != nil {
		k.t.Fatal(err)
	}
	return string(said)
}
