package view

import "skein/internal/skein"

// withAccount says with what somebody signed in, where it was not a password.
func (x auditTeller) withAccount() []string {
	return []string{
		map[string]string{"organisation": "with the organisation's account", "link": "with a link"}[x.text("by")],
		map[string]string{"passkey": "with a passkey", "code": "with a recovery code"}[x.text("kind")],
	}
}

// byGroup says by which group a role came or went; by hand, nothing.
func (x auditTeller) byGroup() []string {
	return []string{before("by the group ", quoted(x.text("group")))}
}

// groupRole says which group gives which role.
func (x auditTeller) groupRole() []string {
	return []string{quoted(x.text("group")), skein.HatKind(x.text("hat")).Words()}
}
