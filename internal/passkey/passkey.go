// Package passkey asks for passkeys and checks what they sign, by WebAuthn. Whose they are, and where they are kept, it
// does not know.
package passkey

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"skein/internal/skein"
)

// Door is one site for which passkeys are made: they work nowhere else.
type Door struct {
	web  *webauthn.WebAuthn
	Host string
}

// Asked is a question to a browser.
type Asked struct {
	Options string // for the browser, as JSON
	Kept    []byte // for the answer to be checked with
}

// ErrDoubted is an answer that is not right, for whatever reason: of another site, to another question, by another key.
var ErrDoubted = errors.New("the passkey's answer is not right")

func doubted(err error) error {
	if detail, ok := errors.AsType[*protocol.Error](err); ok {
		return fmt.Errorf("%w: %s: %.200s", ErrDoubted, detail.Type, detail.DevInfo)
	}
	return fmt.Errorf("%w: %w", ErrDoubted, err)
}

// owner is somebody as WebAuthn speaks of them.
type owner struct {
	handle      []byte
	email, name string
	keys        []webauthn.Credential
}

func (o owner) WebAuthnID() []byte                         { return o.handle }
func (o owner) WebAuthnName() string                       { return o.email }
func (o owner) WebAuthnDisplayName() string                { return o.name }
func (o owner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// AskNew asks for a new passkey of somebody, who has some already or none.
func (d *Door) AskNew(handle []byte, email, name string, has []skein.Passkey) (Asked, error) {
	o := owner{handle, email, name, credentials(has)}
	options, kept, err := d.web.BeginRegistration(o,
		webauthn.WithExclusions(webauthn.Credentials(o.keys).CredentialDescriptors()),
		webauthn.WithConveyancePreference(protocol.PreferNoAttestation))
	if err != nil {
		return Asked{}, err
	}
	return asked(options.Response, kept)
}

// New is the passkey that a browser made. Its name and its moments are the caller's to say.
func (d *Door) New(kept []byte, answer string) (skein.Passkey, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return skein.Passkey{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return skein.Passkey{}, doubted(err)
	}
	made, err := d.web.CreateCredential(owner{handle: session.UserID}, session, parsed)
	if err != nil {
		return skein.Passkey{}, doubted(err)
	}
	key := skein.Passkey{
		Credential: made.ID, PublicKey: made.PublicKey, Handle: session.UserID, Count: made.Authenticator.SignCount,
		MayBackUp: made.Flags.BackupEligible, BackedUp: made.Flags.BackupState, Host: d.Host, Transports: []string{},
	}
	for _, transport := range made.Transport {
		key.Transports = append(key.Transports, string(transport))
	}
	return key, nil
}

// Ask asks for any of these passkeys, of which there is one.
func (d *Door) Ask(has []skein.Passkey) (Asked, error) {
	options, kept, err := d.web.BeginLogin(owner{handle: has[0].Handle, keys: credentials(has)})
	if err != nil {
		return Asked{}, err
	}
	return asked(options.Response, kept)
}

// Check sees that one of these passkeys answered the question, and which: as it is to be kept from now on. Copied tells
// that its count went back: there may be another of it.
func (d *Door) Check(kept []byte, answer string, has []skein.Passkey) (key skein.Passkey, copied bool, err error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return key, false, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return key, false, doubted(err)
	}
	at := slices.IndexFunc(has, func(k skein.Passkey) bool { return slices.Equal(k.Credential, parsed.RawID) })
	if at < 0 {
		return key, false, fmt.Errorf("%w: it is none of theirs", ErrDoubted)
	}
	key = has[at]
	session.UserID = key.Handle // two who became one have two
	signed, err := d.web.ValidateLogin(owner{handle: key.Handle, keys: credentials(has)}, session, parsed)
	if err != nil {
		return key, false, doubted(err)
	}
	key.Count, key.BackedUp = signed.Authenticator.SignCount, signed.Flags.BackupState
	return key, signed.Authenticator.CloneWarning, nil
}

func asked(options any, kept *webauthn.SessionData) (a Asked, err error) {
	if a.Kept, err = json.Marshal(kept); err != nil {
		return a, err
	}
	said, err := json.Marshal(options)
	a.Options = string(said)
	return a, err
}

func credentials(keys []skein.Passkey) []webauthn.Credential {
	all := make([]webauthn.Credential, len(keys))
	for i, k := range keys {
		all[i] = webauthn.Credential{
			ID: k.Credential, PublicKey: k.PublicKey, Authenticator: webauthn.Authenticator{SignCount: k.Count},
			Flags: webauthn.CredentialFlags{UserPresent: true, BackupEligible: k.MayBackUp, BackupState: k.BackedUp},
		}
		for _, transport := range k.Transports {
			all[i].Transport = append(all[i].Transport, protocol.AuthenticatorTransport(transport))
		}
	}
	return all
}
