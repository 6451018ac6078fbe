package server

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"skein/internal/skein"
	"skein/web/component"
	"skein/web/path"
)

// demands has an administrator with a passkey demand one of administrators and executives.
func (b *browser) demands() {
	b.Helper()
	b.post(path.SetDemand, "second", "on", component.VersionName, "off").goesTo(path.AdminSignIn + "#second")
}

func led(to, next string) string { return path.With(to, url.Values{"next": {next}}) }

func TestASecondStepIsDemandedOfAdministratorsAndExecutives(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	owen, ines := h.person("Owen Pell", administrator), h.person("Ines Calder", executive)
	noor := h.person("Noor Basri")
	for _, person := range []string{"owen-pell", "ines-calder", "noor-basri"} {
		h.exec(`update person set welcomed_at = $2 where id = $1`, person, wall)
	}
	h.password(owen, secret)
	h.password(ines, secret)
	admin := h.as(owen)
	admin.post(path.SetDemand, "second", "on", component.VersionName, "off").is(http.StatusUnprocessableEntity).says(".wrong", "Add a passkey of your own first")
	admin.post(path.SetDemand, "second", "maybe").is(http.StatusUnprocessableEntity).says(".wrong", "Choose one of the two.")
	key, _ := admin.adds("Key")
	b, staff := h.as(ines), h.as(noor)
	b.get(path.Vision).is(http.StatusOK)
	admin.demands()
	if h.told("organisation.second_step") != 1 {
		t.Error("the log does not tell")
	}
	admin.get(path.AdminAudit).is(http.StatusOK).says("main", "Of administrators and executives")
	// who has none can do nothing else, from this moment on
	for _, at := range []string{path.Home, path.AdminVision, path.SettingsSignIn} {
		if at == path.Home {
			b.get(at).goesTo(path.AddPasskey)
			continue
		}
		b.get(at).goesTo(led(path.AddPasskey, at))
	}
	b.post(path.SettingsProfile, "name", "Ines Other").is(http.StatusSeeOther)
	b.post(path.SignOutEverywhere).is(http.StatusSeeOther)
	if h.count(`select count(*) from person where name = 'Ines Other'`)+h.told("account.end_sessions") != 0 {
		t.Error("something was done")
	}
	staff.get(path.Home).is(http.StatusOK)
	b.get(path.AddPasskey).goesTo(led(path.ShowAgain, path.AddPasskey))
	b.adds("Ines's key")
	b.get(path.AdminVision).is(http.StatusOK)
	// a role given later counts at once
	h.exec(`insert into hat (person_id, kind, given_at) values ('noor-basri', 'executive', $1)`, wall)
	staff.get(path.Home).goesTo(path.AddPasskey)
	// the last one stays while it is demanded
	mine := h.text(`select id::text from passkey where person_id = 'owen-pell'`)
	admin.post(path.RemovePasskey(mine)).is(http.StatusForbidden).says("main", "your only passkey")
	admin.adds("Another")
	admin.post(path.RemovePasskey(mine)).goesTo(path.SettingsSignIn + "#second")
	_ = key
	admin.post(path.SetDemand, "second", "off", component.VersionName, "off").is(http.StatusUnprocessableEntity).says(".wrong", "meanwhile")
	admin.post(path.SetDemand, "second", "off", component.VersionName, "on").goesTo(path.AdminSignIn + "#second")
	staff.get(path.Home).is(http.StatusOK)
}

// Whoever had a passkey and did not show it in this session shows it as soon as it is demanded of them; a password does not do.
func TestADemandIsMetInTheSession(t *testing.T) {
	t.Parallel()
	h, admin, _, _ := keyed(t, administrator)
	ines := h.person("Ines Calder")
	h.password(ines, secret)
	key, codes := h.as(ines).adds("Key")
	b := h.as(ines) // came by the organisation's account, say
	admin.demands()
	b.get(path.Vision).is(http.StatusOK)
	h.exec(`insert into hat (person_id, kind, given_at) values ('ines-calder', 'executive', $1)`, wall)
	b.get(path.Vision).goesTo(led(path.ShowAgain, path.Vision))
	b.post(path.ShowAgain, "old", secret).is(http.StatusUnprocessableEntity)
	b.get(path.Vision).goesTo(led(path.ShowAgain, path.Vision))
	h.later(5 * time.Second)
	page := b.get(led(path.ShowAgain, path.Vision)).has(0, "[name=old]")
	b.post(path.ShowAgain, "passkey", key.Sign(page.asked()), "next", path.Vision).goesTo(path.Vision)
	b.get(path.Vision).is(http.StatusOK)
	other := h.as(ines)
	other.post(path.ShowAgain, "code", codes[0], "next", "//evil.example").goesTo(path.SettingsSignIn)
	other.get(path.Vision).is(http.StatusOK)
	if h.told("account.code") != 1 {
		t.Error("the log does not tell of the code")
	}
	third := h.as(ines)
	h.later(5 * time.Second)
	third.post(path.ShowAgain, "code", codes[0]).is(http.StatusUnprocessableEntity).says(".wrong", "no recovery code")
}

// By the organisation's account it is asked for where it is demanded, and only there.
func TestTheOrganisationsAccountAndASecondStep(t *testing.T) {
	t.Parallel()
	h, there := connected(t)
	noor := h.person("Noor Basri")
	h.password(noor, secret)
	key, _ := h.as(noor).adds("Key")
	there.Says(somebody("0815", noorEmail))
	b := h.anonymous()
	b.arrives().goesTo(path.Home)
	owen := h.person("Owen Pell", administrator)
	h.password(owen, secret)
	admin := h.as(owen)
	admin.adds("Owen's")
	admin.demands()
	h.anonymous().arrives().goesTo(path.Home)
	admin.post(path.AddGroupRole, "group", "board", "hat", "executive").goesTo(path.AdminSignIn + "#groups")
	there.Says(somebody("0815", noorEmail, "board")) // the role comes with the group, and counts at once
	b = h.anonymous()
	b.get(b.sent("/leads")).goesTo(path.SecondStep)
	if b.in() || b.cookies[deviceCookie] != nil {
		t.Fatal("she is in without")
	}
	b.post(path.SecondStep, "passkey", key.Sign(b.get(path.SecondStep).asked())).goesTo("/leads")
	b.get(path.AdminVision).is(http.StatusOK)
	if n := h.count(`select count(*) from audit_told where action = 'account.sign_in' and details ->> 'by' = 'organisation' and details ->> 'kind' = 'passkey'`); n != 1 {
		t.Errorf("%d rows", n)
	}
	h.later(time.Hour)
}

func TestTheOperatorTakesASecondStepAway(t *testing.T) {
	t.Parallel()
	h, b, _, _ := keyed(t, administrator)
	b.demands()
	n, err := h.db.Door.SecondOff(t.Context(), skein.Itself(wall, time.UTC), noorEmail)
	if err != nil || n != 1 {
		t.Fatal(n, err)
	}
	if b.in() || h.count(`select count(*) from recovery_code`) != 0 || h.told("account.second_off") != 1 {
		t.Error("it is not off")
	}
	again := h.anonymous()
	again.signIn(noorEmail, secret).goesTo(path.Home)
	again.get(path.Home).goesTo(path.AddPasskey) // it is demanded still, and they have just signed in
	again.get(path.AddPasskey).is(http.StatusOK).says("main", "then you go on")
	h.exec(`update sign_in_rule set second_step = false`)
	again.get(path.Notices).says("main", "operator took your passkeys and recovery codes away")
	h.as("owen-pell").get(path.Notices).says("main", "operator took the passkeys and recovery codes of Noor Basri away")
}
