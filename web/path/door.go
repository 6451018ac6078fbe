package path

// The ways in, and what administrators do about them. The fixed ones are route patterns too.
const (
	Ready             = "/readyz"
	SettingsSignIn    = "/settings/sign-in"
	SettingsPassword  = "/settings/password"
	SignOutEverywhere = "/settings/sign-out-everywhere"
	DemoSignIn        = "/demo/sign-in"
	AdminAuditExport  = "/admin/audit.csv"
	AdminInvitations  = "/admin/invitations"
	Forgotten         = "/sign-in/forgotten"
	SettingsAddress   = "/settings/address"
	KeepAddress       = "/settings/address/keep"
	// By the organisation's own account: where a sign-in begins, and where the provider sends browsers back.
	OrganisationSignIn = "/sign-in/organisation"
	OrganisationReturn = "/sign-in/organisation/return"
	// How people sign in, and what administrators set of it.
	AdminSignIn   = "/admin/sign-in"
	SetUnknown    = "/admin/sign-in/unknown"
	SetPasswords  = "/admin/sign-in/passwords"
	AddGroupRole  = "/admin/sign-in/groups"
	DropGroupRole = "/admin/sign-in/groups/drop"
)

// ConfirmAddress is the link by which an address becomes one's own to sign in with.
func ConfirmAddress(token string) string { return under("/address", token) }

// EndSession signs the viewer out in one browser.
func EndSession(id string) string { return under("/settings/sessions", id, "end") }

// AdminPerson is what an administrator sees of one person.
func AdminPerson(id string) string { return under(AdminPeople, id) }

// GiveHat gives somebody a hat.
func GiveHat(id string) string { return under(AdminPeople, id, "hats") }

// TakeHat takes one away.
func TakeHat(id string) string { return under(AdminPeople, id, "hats", "take") }

// InvitePerson makes a link by which somebody signs in, or sets a new password.
func InvitePerson(id string) string { return under(AdminPeople, id, "invitation") }

// RenamePerson changes the name that others see.
func RenamePerson(id string) string { return under(AdminPeople, id, "name") }

// ChangeEmail changes the address with which somebody signs in.
func ChangeEmail(id string) string { return under(AdminPeople, id, "email") }

// MendPerson changes what is kept of somebody: their team, hours, days, and who decides their hours.
func MendPerson(id string) string { return under(AdminPeople, id, "details") }

// DeactivatePerson says what somebody holds, and closes the door to them.
func DeactivatePerson(id string) string { return under(AdminPeople, id, "deactivate") }

// ReactivatePerson opens it again.
func ReactivatePerson(id string) string { return under(AdminPeople, id, "reactivate") }

// UnlinkPerson has it forgotten which of the organisation's accounts is somebody's.
func UnlinkPerson(id string) string { return under(AdminPeople, id, "unlink") }

// ErasePerson says what goes and what stays of somebody, and erases them.
func ErasePerson(id string) string { return under(AdminPeople, id, "erase") }

// MergePerson makes one of two people who are one.
func MergePerson(id string) string { return under(AdminPeople, id, "merge") }

// ChangeID gives a person another id.
func ChangeID(id string) string { return under(AdminPeople, id, "id") }

// What is shown beside a password, and where: to come in, to show that it is still oneself, and what one has to show.
const (
	SecondStep    = "/sign-in/second"
	ShowAgain     = "/settings/again"
	AddPasskey    = "/settings/add-passkey"
	RecoveryCodes = "/settings/recovery-codes"
	SetDemand     = "/admin/sign-in/second-step"
)

// NamePasskey gives a passkey another name.
func NamePasskey(id string) string { return under("/settings/passkeys", id, "name") }

// RemovePasskey takes one away.
func RemovePasskey(id string) string { return under("/settings/passkeys", id, "remove") }
