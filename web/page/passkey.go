package page

import "skein/web/component"

// SecondForm asks for a passkey or a code, and says what was wrong with the one before.
type SecondForm struct {
	Options   string // for the browser to ask for a passkey; "": none can answer here
	Codes     int    // recovery codes that are left
	None      string // why no passkey works here; "": they do
	Elsewhere string // that some were made for another site
	Code      string // as it was typed
	Wrong     Wrong
}

// AgainForm asks somebody who is in to show that it is still them.
type AgainForm struct {
	Next     string
	Must     bool // a second step is demanded, so that a password does not do
	Password bool // it would do, and they have one
	Email    string
	Second   SecondForm
	Wrong    Wrong
}

func (a AgainForm) nothing() bool {
	return !a.Password && a.Second.Options == "" && a.Second.Codes == 0
}

func (a AgainForm) says() string {
	if a.Must {
		return "A second step is demanded of administrators and executives. Show yours; then you go on."
	}
	return "What you want to change keeps others out, so show once more that it is you. It holds for ten minutes."
}

// SecondPart is what somebody has to show beside their password.
type SecondPart struct {
	None      string // why there can be no passkeys; "": there can
	Demo      bool
	Demanded  bool
	Elsewhere string
	Passkeys  []PasskeyRow
	Codes     string // how many are left
	NoCodes   bool
}

func (s SecondPart) possible() bool { return s.None == "" && !s.Demo }

// PasskeyRow is one of them.
type PasskeyRow struct {
	ID, Name, Says string
	Copied         string // that there may be two of it; "": there are not
	Typed, Wrong   string // a new name that was not taken
}

func (p PasskeyRow) value() string {
	if p.Wrong != "" {
		return p.Typed
	}
	return p.Name
}

// AddPasskeyForm is a passkey to be added.
type AddPasskeyForm struct {
	Options, Host, Name string
	First               bool // they have none yet
	Must                bool // and must add one before anything else
	Wrong               Wrong
}

// Removal is a passkey to be removed, and what follows.
type Removal struct{ ID, Name, Says string }

// DemandForm is whether a second step is demanded, as it is or was typed.
type DemandForm struct {
	On, Version string
	None        string // why it cannot be; "": it can
	Wrong       Wrong
}

func (d DemandForm) answers() []component.Option {
	return []component.Option{
		{Value: "off", Label: "Nobody", Hint: "Who has added a passkey is asked for it all the same, after the password."},
		{Value: "on", Label: "Administrators and executives", Hint: "After the password, and after the organisation’s account. Who has none is led to add one before anything else, at once."},
	}
}
