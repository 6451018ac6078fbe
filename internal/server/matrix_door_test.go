package server

import (
	"net/http"

	"skein/internal/mail"
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
	return []row{
		{method: http.MethodGet, route: path.Health, who: everybody()},
		{method: http.MethodGet, route: path.Ready, who: everybody()},
		{method: http.MethodGet, route: path.Version, who: everybody()},
		{method: http.MethodGet, route: path.SignIn, who: everybody()},
		{method: http.MethodPost, route: path.SignIn, form: []string{"email", "nobody@corriemere.example", "password", "x"}, who: everybody()},
		{method: http.MethodPost, route: path.SignOut, who: everybody()},
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
	return []row{
		// somebody else's is not found, an administrator neither
		{
			method: http.MethodPost, route: "/settings/sessions/{id}/end", at: session, set: theirs,
			who: allStaff().but(nothing, asLead, asCoLead, asSteward, asExecutive, asAdministrator),
		},
		{method: http.MethodGet, route: path.SettingsSignIn, who: allStaff()},
		{method: http.MethodPost, route: path.SettingsPassword, who: allStaff()},
		// whoever is signed out is sent to the door as well, so those not signed in are told apart elsewhere
		{method: http.MethodPost, route: path.SignOutEverywhere, who: everybody()},
	}
}
