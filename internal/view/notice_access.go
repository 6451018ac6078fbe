package view

import (
	"cmp"

	doordb "skein/internal/postgres/door"
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/path"
)

// accessSays puts into words that who may come in, or as what, has changed: to whom it is about, or to an
// administrator.
func accessSays(n homedb.Notice) (says, link string) {
	whom, link := words.Name(n.SubjectName), path.AdminPerson(string(n.Subject))
	if n.Subject == n.Me {
		whom, link = "you", path.SettingsSignIn
		if n.Hat != "" {
			link = path.Person(string(n.Me))
		}
	}
	if n.Code == skein.CodeUsed {
		return usedSays(n), link
	}
	// Whoever runs the command line is nobody of the organisation.
	return cmp.Or(words.Name(n.WhoName), "Skein’s operator") + accessDeed(n, whom), link
}

// accessDeed is what somebody did to the access of whom.
func accessDeed(n homedb.Notice, whom string) string {
	role := Hats([]doordb.NamedHat{{Kind: n.Hat, Name: words.Name(n.CircleName)}})
	switch n.Code {
	case skein.CodeGiven:
		return " gave " + whom + " a role: " + role + "."
	case skein.CodeRevoked:
		return " took a role from " + whom + ": " + role + "."
	case skein.CodeEmail:
		if n.Subject == n.Me {
			return " changed the address with which you sign in."
		}
		return " changed the address with which " + whom + " signs in."
	case skein.CodeClosed:
		return " closed the door to " + whom + "."
	case skein.CodeOpened:
		return " opened the door to " + whom + " again."
	case skein.CodeMerged:
		if n.Subject == n.Me {
			return " found that you were here twice, and made the two one. You sign in as you did last; your other address leads to you, too."
		}
		return " made one of two entries that were both " + whom + "."
	}
	if n.Subject == n.Me {
		return " made a link that sets a new password for you. If you did not ask for one, ask another administrator why."
	}
	return " made a link that sets a new password for " + whom + "."
}

func usedSays(n homedb.Notice) string {
	by := " was set by a link that " + cmp.Or(words.Name(n.WhoName), "Skein’s operator") + " made."
	if n.Subject == n.Me {
		return "Your password" + by
	}
	return "The password of " + words.Name(n.SubjectName) + by
}
