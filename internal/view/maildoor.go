package view

import (
	maildb "skein/internal/postgres/mail"
	"skein/internal/words"
	"skein/web/page"
	"skein/web/path"
)

// DoorMail is a mail of the door: a link, or word of what became of an account. Link is where its button leads.
func DoorMail(v Viewer, d maildb.Door, link string) page.Mail {
	m := page.Mail{Org: v.Org.Name}
	until := v.Clock().Moment(d.Until.In(v.Clock().Zone))
	switch d.Kind {
	case maildb.DoorInvite:
		m.Title = "Come in, " + words.FirstName(d.Name)
		m.Subject = "Your way into Skein at " + v.Org.Name
		m.Says = []string{
			inviter(d) + " invites you to Skein, where leads are offered to whoever suits them best, and where you see which could be yours.",
			"You choose a password, and that is all. You sign in as " + d.Email + ", or with another address that you give.",
		}
		m.Act = &page.MailLink{Label: "Choose a password", URL: link}
		m.Foot = "The link works once, until " + until + ", and whoever has it comes in as you: pass it on to nobody. Until you come in, you get no other mail from here than an invitation."
		m.Last = page.MailLink{Label: "How leads are found", URL: path.How}
	case maildb.DoorPassword:
		m.Title = "Choose a new password"
		m.Says = []string{asked(d) + " It is for the account that signs in as " + d.Email + ". Once you choose one, you are signed out everywhere else."}
		m.Act = &page.MailLink{Label: "Choose a new password", URL: link}
		m.Foot = "The link works once, until " + until + ". If you did not ask for it, leave it: your password stays as it is."
		m.Last = page.MailLink{Label: "Sign in", URL: path.SignIn}
	case maildb.DoorConfirm:
		m.Title = "Is this your address?"
		m.Says = []string{words.Name(d.Name) + " wants to sign in to Skein at " + words.Name(v.Org.Name) + " as " + d.Email + " from now on."}
		m.Act = &page.MailLink{Label: "See, and say yes", URL: link}
		m.Foot = "The button opens a page with one more; nothing changes before you press that. It works once, until " + until + ". If this is not you, leave it, and nothing happens."
		m.Last = page.MailLink{Label: "Sign in", URL: path.SignIn}
	default:
		toldMail(&m, d)
	}
	if m.Subject == "" {
		m.Subject = m.Title
	}
	return m
}

// toldMail says what became of an account, to whoever must know if it was not them.
func toldMail(m *page.Mail, d maildb.Door) {
	m.Last = page.MailLink{Label: "Sign in", URL: path.SignIn}
	m.Foot = "If this was not you, or nobody told you, ask an administrator at once. They can shut whoever it was out."
	if d.Kind == maildb.DoorSet {
		m.Title = "Your password was changed"
		m.Says = []string{"It was set by a link that worked once. Everywhere else you are signed out."}
		m.Act = &page.MailLink{Label: "See where you are signed in", URL: path.SettingsSignIn}
		return
	}
	if title, says := secondMail(d.Kind); title != "" {
		m.Title, m.Says = title, []string{says}
		m.Act = &page.MailLink{Label: "See how you sign in", URL: path.SettingsSignIn}
		return
	}
	m.Title = "Your address was changed"
	m.Says = []string{"You sign in to Skein as " + d.Email + " from now on. Your password is the same."}
	m.Act = &page.MailLink{Label: "See how you sign in", URL: path.SettingsSignIn}
}

// secondMail says what became of what somebody shows beside their password; "" where the mail is about something else.
func secondMail(kind maildb.DoorKind) (title, says string) {
	switch kind {
	case maildb.DoorKeyAdded:
		return "A passkey was added", "Whoever signs in with your password is asked for one of your passkeys as well."
	case maildb.DoorKeyRemoved:
		return "A passkey was removed", "It opens nothing any more. Everywhere else you are signed out."
	case maildb.DoorKeyCopied:
		return "A passkey may be there twice", "One of your passkeys counted backwards, as one does of which there is a copy. Nobody came in by it this time, and it opens nothing any more. See where you are signed in, end what is not yours, and remove it."
	case maildb.DoorCodeUsed:
		return "A recovery code was used", "It did for a passkey, and works no more. Make new ones when few are left."
	case maildb.DoorCodesMade:
		return "You have new recovery codes", "Those before open nothing any more."
	case maildb.DoorSecondOff:
		return "Your second step was taken away", "Skein’s operator removed your passkeys and recovery codes, and signed you out. Sign in with what you have, and add a passkey again."
	}
	return "", ""
}

// inviter is who invites: the operator where it was nobody of the organisation.
func inviter(d maildb.Door) string {
	if d.By == "" {
		return "Skein’s operator"
	}
	return words.Name(d.By)
}

// asked says why a link for a new password comes.
func asked(d maildb.Door) string {
	if d.By == "" {
		return "Somebody asked at the door for a link to a new password, with your address."
	}
	return words.Name(d.By) + " had this link to a new password sent to you."
}
