package server

import (
	"net/http"

	"skein/internal/mail"
	"skein/internal/sso/ssotest"
	"skein/web/path"
)

func doorRows() []row {
	link := func(h *house) string {
		h.exec(`insert into person (id, name) values ('imported', 'Alba Runciman')`)
		return h.invited("imported")
	}
	stop := func(h *house) string {
		return path.StopMail(h.server.stops.Token("teo-marchi", mail.Weekly))
	}
	address := func(h *house) string {
		h.exec(`insert into invitation (token_hash, mailed, person_id, email, made_at, expires_at)
			values ($1, true, 'teo-marchi', 'teo@quarry.example', $2, $2::timestamptz + interval '2 hours')`, hashToken("teo"), wall)
		return path.ConfirmAddress("teo")
	}
	feed := func(h *house) string {
		h.exec(`update account set calendar_hash = $1, calendar_at = $2 where person_id = 'teo-marchi'`, hashToken("teo"), wall)
		return path.Calendar("teo")
	}
	provided := func(h *house) string {
		h.connect(ssotest.New(h, h.server.Now).URL)
		return ""
	}
	return []row{
		// for whoever has its address, signed in or not
		{method: http.MethodGet, route: "/calendar/{token}/skein.ics", set: feed, who: everybody()},
		{method: http.MethodGet, route: path.Forgotten, who: everybody()},
		{method: http.MethodPost, route: path.Forgotten, form: []string{"email", "nobody@corriemere.example"}, who: everybody().but(refused, everyHat...)}, // no mail goes out
		{method: http.MethodGet, route: "/address/{token}", set: address, who: everybody()},
		{method: http.MethodPost, route: "/address/{token}", set: address, once: true, who: everybody()},
		{method: http.MethodGet, route: path.Health, who: everybody()},
		{method: http.MethodGet, route: path.Ready, who: everybody()},
		{method: http.MethodGet, route: path.Version, who: everybody()},
		{method: http.MethodGet, route: path.SignIn, who: everybody()},
		{method: http.MethodPost, route: path.SignIn, form: []string{"email", "nobody@corriemere.example", "password", "x"}, who: everybody()},
		{method: http.MethodPost, route: path.SignOut, who: everybody()},
		// what was not begun ends nowhere, and who is in is led home; second_test.go begins
		{method: http.MethodGet, route: path.SecondStep, who: everybody().but(refused, asAnonymous, asDeactivated)},
		{method: http.MethodPost, route: path.SecondStep, who: everybody().but(refused, everyHat...)},
		{method: http.MethodGet, route: path.OrganisationSignIn, set: provided, who: everybody()},
		// what was not begun ends nowhere; arrive_test.go begins
		{method: http.MethodGet, route: path.OrganisationReturn, set: provided, who: everybody().but(refused, everyHat...)},
		{method: http.MethodGet, route: "/invitations/{token}", set: link, who: everybody()},
		{method: http.MethodPost, route: "/invitations/{token}", set: link, who: everybody()},
		{method: http.MethodGet, route: "/mail/stop/{token}", set: stop, who: everybody()},
		{method: http.MethodPost, route: "/mail/stop/{token}", set: stop, who: everybody()},
		{method: http.MethodGet, route: path.Parts, who: everybody()},
		{method: http.MethodPost, route: path.DemoSignIn, who: everybody()},
		{method: http.MethodPost, route: path.DemoSkip, who: everybody()},
	}
}

func accountRows() []row {
	const session = "/settings/sessions/00000000-0000-7000-8000-0000000000ee/end"
	theirs := func(h *house) string {
		h.exec(`insert into device (id, person_id, token_hash, made_at, used_at, expires_at)
			values ('00000000-0000-7000-8000-0000000000ee', 'teo-marchi', 'x', $1, $1, $1)`, wall)
		return ""
	}
	const key = "00000000-0000-7000-8000-0000000000ef"
	passkey := func(h *house) string {
		h.exec(`insert into passkey (id, person_id, credential, public_key, handle, may_back_up, backed_up, host, name, made_at)
			values ($1, 'teo-marchi', 'x', 'x', 'x', false, false, 'localhost', 'My phone', $2)`, key, wall)
		return ""
	}
	return []row{
		// who did not show a moment ago who they are is asked to; passkeys are removed in second_test.go
		{method: http.MethodGet, route: path.AddPasskey, who: allStaff()},
		{method: http.MethodPost, route: path.AddPasskey, who: allStaff()},
		{method: http.MethodGet, route: "/settings/passkeys/{id}/remove", at: path.RemovePasskey(key), set: passkey, who: allStaff()},
		{method: http.MethodPost, route: "/settings/passkeys/{id}/remove", at: path.RemovePasskey(key), set: passkey, who: allStaff()},
		{method: http.MethodGet, route: path.RecoveryCodes, who: allStaff()},
		{method: http.MethodPost, route: path.RecoveryCodes, who: allStaff()},
		{method: http.MethodGet, route: path.ShowAgain, who: allStaff()},
		{method: http.MethodPost, route: path.ShowAgain, form: []string{"code", "0000"}, who: allStaff()},
		// somebody else's is not found, an administrator neither
		{
			method: http.MethodPost, route: "/settings/passkeys/{id}/name", at: path.NamePasskey(key), form: []string{"name", "My key"}, set: passkey,
			who: allStaff().but(nothing, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator),
		},
		{
			method: http.MethodPost, route: "/settings/sessions/{id}/end", at: session, set: theirs,
			who: allStaff().but(nothing, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator),
		},
		{method: http.MethodGet, route: path.SettingsSignIn, who: allStaff()},
		{method: http.MethodPost, route: path.SettingsPassword, who: allStaff()},
		{method: http.MethodPost, route: path.SettingsAddress, who: allStaff().but(refused, asStaff, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator)},
		{method: http.MethodPost, route: path.SettingsCalendar, who: allStaff()},
		{method: http.MethodPost, route: path.CalendarOff, who: allStaff()},
		{method: http.MethodPost, route: path.KeepAddress, who: allStaff()},
		// whoever is signed out is sent to the door as well, so those not signed in are told apart elsewhere
		{method: http.MethodPost, route: path.SignOutEverywhere, who: everybody()},
	}
}
