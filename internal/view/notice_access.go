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
func accessSays(n homedb.Notice, clock words.Clock) (says, link string) {
	whom, link := words.Name(n.SubjectName), path.AdminPerson(string(n.Subject))
	if n.Subject == n.Me {
		whom, link = "you", path.SettingsSignIn
		if n.Hat != "" {
			link = path.Person(string(n.Me))
		}
	}
	switch n.Code {
	case skein.CodeGroupGave, skein.CodeGroupTook, skein.CodeCame, skein.CodeOther:
		return arrivalSays(n, whom), link
	case skein.CodePasswordsOff, skein.CodePasswordsOn, skein.CodeGroupRole, skein.CodeNoGroupRole, skein.CodeDemandOn, skein.CodeDemandOff:
		return ruleSays(n), path.AdminSignIn
	case skein.CodeKeyAdded, skein.CodeKeyRemoved, skein.CodeKeyCopied, skein.CodeCodeUsed, skein.CodeCodesMade:
		return secondSays(n), link
	case skein.CodeUsed:
		return usedSays(n), link
	case skein.CodeLeaves:
		return "The last day of " + whom + " here is " + clock.Date(n.On) + ". They hold something for longer, and it goes on to others then.", path.Person(string(n.Subject))
	case skein.CodeFirst:
		return firstSays, path.AdminPerson(string(n.Me))
	case skein.CodeName, skein.CodeMoved, skein.CodeNoTeam, skein.CodeHours, skein.CodeDays, skein.CodeManager:
		return cmp.Or(words.Name(n.WhoName), "Skein’s operator") + mendedSays(n), path.Person(string(n.Me))
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
		if n.Subject == n.Who {
			return " changed their own address, with which they sign in."
		}
		return " changed the address with which " + whom + " signs in."
	case skein.CodeClosed:
		return " closed the door to " + whom + "."
	case skein.CodeOpened:
		return " opened the door to " + whom + " again."
	case skein.CodeUnlinked:
		if n.Subject == n.Me {
			return " had Skein forget which of the organisation’s accounts is yours. Sign in with it anew."
		}
		return " had Skein forget which of the organisation’s accounts is that of " + words.Name(n.SubjectName) + "."
	case skein.CodeSecondOff:
		if n.Subject == n.Me {
			return " took your passkeys and recovery codes away. You sign in without a second step until you add a passkey again."
		}
		return " took the passkeys and recovery codes of " + words.Name(n.SubjectName) + " away."
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

// arrivalSays is what followed when somebody came in by the organisation's account, or wanted to.
func arrivalSays(n homedb.Notice, whom string) string {
	role, you := Hats([]doordb.NamedHat{{Kind: n.Hat, Name: words.Name(n.CircleName)}}), n.Subject == n.Me
	verb := " has"
	if you {
		verb = " have"
	}
	switch n.Code {
	case skein.CodeGroupGave:
		return words.UpperFirst(whom) + verb + " a role by a group of the organisation’s: " + role + "."
	case skein.CodeGroupTook:
		return words.UpperFirst(whom) + verb + " a role no more, because no group of the organisation’s gives it now: " + role + "."
	case skein.CodeCame:
		if you {
			return "You are in Skein now: you came in with the organisation’s account."
		}
		return whom + " came in with the organisation’s account, was not known, and is in Skein now."
	}
	if you {
		return "Somebody came with your address by another of the organisation’s accounts, and was turned away. If that was you, ask an administrator."
	}
	return "Somebody came with the address of " + whom + " by another of the organisation’s accounts, and was turned away. If it is the same person, have Skein forget the other account."
}

// ruleSays is what an administrator changed of how people sign in.
func ruleSays(n homedb.Notice) string {
	who := cmp.Or(words.Name(n.WhoName), "Skein’s operator")
	role := Hats([]doordb.NamedHat{{Kind: n.Hat, Name: words.Name(n.CircleName)}})
	switch n.Code {
	case skein.CodePasswordsOff:
		return who + " switched passwords off, but for administrators who are named for it."
	case skein.CodePasswordsOn:
		return who + " switched passwords on again: whoever has one may sign in with it."
	case skein.CodeDemandOn:
		return who + " demands a second step of administrators and executives from now on."
	case skein.CodeDemandOff:
		return who + " demands a second step of nobody any more."
	case skein.CodeGroupRole:
		return who + " had a group of the organisation’s give a role: " + role + "."
	}
	return who + " had a group of the organisation’s give a role no more: " + role + "."
}

// secondSays is what became of what somebody shows beside their password.
func secondSays(n homedb.Notice) string {
	const notYou = " If that was not you, ask an administrator at once."
	switch n.Code {
	case skein.CodeKeyAdded:
		return "A passkey was added to your account." + notYou
	case skein.CodeKeyRemoved:
		return "A passkey was removed from your account." + notYou
	case skein.CodeCodeUsed:
		return "A recovery code of yours was used in the place of a passkey." + notYou
	case skein.CodeCodesMade:
		return "New recovery codes were made for your account; those before open nothing any more." + notYou
	}
	if n.Subject == n.Me {
		return "One of your passkeys counted backwards, as one does of which there is a copy. It opens nothing any more: remove it, and ask yourself who could have copied it."
	}
	return "A passkey of " + words.Name(n.SubjectName) + " counted backwards, as one does of which there is a copy. It opens nothing any more."
}

func usedSays(n homedb.Notice) string {
	if n.Who == n.Subject && n.Who != "" && n.Subject == n.Me {
		return "Your password was set by a link that was mailed to you. If it was not you who asked for it, ask an administrator at once."
	}
	by := " was set by a link that " + cmp.Or(words.Name(n.WhoName), "Skein’s operator") + " made."
	if n.Subject == n.Me {
		return "Your password" + by
	}
	return "The password of " + words.Name(n.SubjectName) + by
}

// firstSays tells whoever came first which roles they have.
const firstSays = "You are the first here, so you have two roles. As an administrator you let people in, give roles and read the log; " +
	"as an executive you set vision, priorities and guardrails. Give both to others, and lay down what is not yours."

// mendedSays is what an administrator changed of what is kept about whoever reads it.
func mendedSays(n homedb.Notice) string {
	switch n.Code {
	case skein.CodeName:
		return " changed the name that others see of you. It is " + words.EndSentence(words.Name(n.SubjectName))
	case skein.CodeMoved:
		return " moved you to " + words.EndSentence(cmp.Or(words.Name(n.CircleName), "another team"))
	case skein.CodeNoTeam:
		return " took you out of your team. You are in none now, until somebody moves you to one."
	case skein.CodeHours:
		return " changed the hours a week that you have to lead."
	case skein.CodeDays:
		return " changed the first or the last day that you are here."
	}
	return " changed who decides your hours."
}
