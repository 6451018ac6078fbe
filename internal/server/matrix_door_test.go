package server

import (
	"net/http"

	"skein/web/path"
)

func doorRows() []row {
	link := func(h *house) string {
		h.exec(`insert into person (id, name) values ('imported', 'Alba Runciman')`)
		return h.invited("imported")
	}
	return []row{
		{method: http.MethodGet, route: path.Health, who: everybody()},
		{method: http.MethodGet, route: path.Ready, who: everybody()},
		{method: http.MethodGet, route: path.SignIn, who: everybody()},
		{method: http.MethodPost, route: path.SignIn, form: []string{"email", "nobody@corriemere.example", "password", "x"}, who: everybody()},
		{method: http.MethodPost, route: path.SignOut, who: everybody()},
		{method: http.MethodGet, route: "/invitations/{token}", set: link, who: everybody()},
		{method: http.MethodPost, route: "/invitations/{token}", set: link, who: everybody()},
		{method: http.MethodGet, route: path.Parts, who: everybody()},
		{method: http.MethodPost, route: path.DemoSignIn, who: everybody()},
		{method: http.MethodPost, route: path.DemoSkip, who: everybody()},
	}
}

func accountRows() []row {
	return []row{
		{method: http.MethodGet, route: path.SettingsSignIn, who: allStaff()},
		{method: http.MethodPost, route: path.SettingsPassword, who: allStaff()},
		// whoever is signed out is sent to the door as well, so those not signed in are told apart elsewhere
		{method: http.MethodPost, route: path.SignOutEverywhere, who: everybody()},
	}
}
