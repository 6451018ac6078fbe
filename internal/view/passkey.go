package view

import (
	"time"

	"skein/internal/passkey"
	doordb "skein/internal/postgres/door"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/page"
)

// What is said where a passkey does not do.
const (
	KeyCopied   = "This passkey counted backwards, as one does of which there is a copy. It opens nothing any more; you and the administrators were told. Show another, or a recovery code."
	KeyNotAdded = "The browser’s answer could not be used, or took too long. Nothing was added: try again."
)

// KeyDoubted is said where a passkey’s answer was not right. Then is how long nobody is heard before the next.
func KeyDoubted(then time.Duration) string {
	return "That passkey’s answer could not be used: it is not one of yours, or took too long. Try again." + next(then)
}

// NoSuchCode is said of a code that is none, or was used.
func NoSuchCode(then time.Duration) string {
	return "This is no recovery code of yours, or it was used. Each works once." + next(then)
}

// TooSoonStep is said of a try at the second step that was not looked at.
func TooSoonStep(wait time.Duration) string {
	return "There were too many tries just before, so this one was not looked at, right or wrong. Try again in " + length(wait) +
		". If you have neither a passkey nor a code, whoever operates Skein can let you in without (skein user second-factor off)."
}

// CameByCode says how many codes are left after one was used.
func CameByCode(left int) string {
	switch {
	case left <= 0:
		return "That was your last recovery code. Make new ones under How you sign in."
	case left == 1:
		return "That code is used up. One is left; make new ones under How you sign in."
	}
	return "That code is used up. " + words.UpperFirst(words.Spell(left)) + " are left."
}

// NoPasskeys says why there can be no passkeys here; "": there can.
func NoPasskeys(why passkey.Impossible) string {
	switch why {
	case "":
		return ""
	case passkey.ByAddress:
		return "There are no passkeys here: they belong to a name, and Skein is reached by an address of numbers."
	case passkey.ByPlain:
		return "There are no passkeys here: browsers make them over https alone, and Skein is reached by plain http."
	case passkey.ByLetters:
		return "There are no passkeys here: Skein’s name is not written as browsers send it, in plain letters."
	case passkey.ByNothing:
		return "There are no passkeys here: nobody has said under which name Skein is reached."
	}
	return "There are no passkeys here."
}

// Elsewhere says that some of somebody’s passkeys do not work at a site, as they were made for another; "": all do, or
// there is none.
func Elsewhere(all []skein.Passkey, host string) string {
	for _, key := range all {
		if host != "" && key.Host != host {
			return "Passkeys that were made for " + key.Host + " do not work here, under " + host + "."
		}
	}
	return ""
}

// SecondPart is what somebody has to show beside their password.
func SecondPart(v Viewer, has doordb.SecondSteps, why passkey.Impossible, host string) page.SecondPart {
	p := page.SecondPart{
		None: NoPasskeys(why), Demo: v.Demo, Demanded: has.Demanded && why == "" && !v.Demo, Elsewhere: Elsewhere(has.Passkeys, host),
		Codes: codesLeft(has.Codes), NoCodes: has.Codes == 0,
	}
	for _, key := range has.Passkeys {
		row := page.PasskeyRow{ID: key.ID, Name: key.Name, Says: "Added " + day(v.Clock(), &key.MadeAt) + ". Not used yet."}
		if key.UsedAt != nil {
			row.Says = "Added " + day(v.Clock(), &key.MadeAt) + ", last used " + day(v.Clock(), key.UsedAt) + "."
		}
		if key.CopiedAt != nil {
			row.Copied = "It counted backwards, as one does of which there is a copy: it opens nothing any more. Remove it."
		}
		p.Passkeys = append(p.Passkeys, row)
	}
	return p
}

func codesLeft(left int) string {
	if left == 0 {
		return "No recovery code is left."
	}
	return words.UpperFirst(words.Several(left, "recovery code")) + " of ten " + map[bool]string{true: "is", false: "are"}[left == 1] + " left."
}

// Removal is what it means that one of somebody’s passkeys goes.
func Removal(has doordb.SecondSteps, at int) page.Removal {
	r := page.Removal{ID: has.Passkeys[at].ID, Name: has.Passkeys[at].Name}
	switch len(has.Passkeys) {
	case 1:
		r.Says = "It is your only one: with it go your recovery codes, and your password alone opens the door again."
	default:
		r.Says = "Your other passkeys stay, and so do your recovery codes."
	}
	return r
}

// Demand is whether a second step is demanded of administrators and executives, and why it cannot be.
func Demand(on bool, why passkey.Impossible) page.DemandForm {
	return page.DemandForm{On: onOff(on), Version: onOff(on), None: NoPasskeys(why)}
}
