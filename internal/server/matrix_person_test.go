package server

import (
	"net/http"

	"skein/web/path"
)

// personRows are what everybody signed in may see of people and say of themselves.
func personRows() []row {
	const ask = "/asks/00000000-0000-7000-8000-0000000000cc"
	asked := func(h *house) string {
		h.exec(`insert into skill (id, name) values ('valve', 'Valve data')`)
		h.exec(`
			insert into ask (id, person_id, skill_id, asked_of, asked_at, answer_by)
			values ('00000000-0000-7000-8000-0000000000cc', 'ines-calder', 'valve', 'teo-marchi', $1, $1::timestamptz + interval '9 days')`, wall)
		return ""
	}
	toOne := only().but(nothing, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator).but(comesIn, asStaff)
	const leave = path.SettingsLeave + "/00000000-0000-7000-8000-0000000000dd"
	away := func(h *house) string {
		h.exec(`
			insert into absence (id, person_id, from_on)
			values ('00000000-0000-7000-8000-0000000000dd', 'teo-marchi', $1)`, wall)
		return ""
	}
	rows := []row{
		{method: http.MethodGet, route: path.How, who: everybody()},
		{method: http.MethodGet, route: path.Kept, who: allStaff()},
		{method: http.MethodPost, route: path.Kept + "/{id}/drop", at: path.DropKept("00000000-0000-7000-8000-0000000000ee"), who: allStaff()},
		{method: http.MethodGet, route: "/asks/{id}", at: ask, set: asked, who: toOne},
		{method: http.MethodPost, route: "/asks/{id}", at: ask, set: asked, form: []string{"level", "4"}, who: toOne},
		{method: http.MethodPost, route: path.Back, set: away, who: allStaff()}, // whoever is not away is told so
		{method: http.MethodPost, route: path.SettingsLeave + "/{id}/remove", at: leave + "/remove", set: away, who: toOne},
		// Nobody has said anything of themselves yet: there is nothing that could still be true.
		{
			method: http.MethodPost, route: path.SettingsConfirm, form: []string{"skill", "valve"},
			who: allStaff().but(nothing, asStaff, asLead, asCoLead, asStandIn, asSteward, asExecutive, asAdministrator),
		},
		// Everybody but oneself may be spoken for; one's own page refuses it.
		{
			method: http.MethodPost, route: path.People + "/{id}/endorse", at: path.People + "/noor-basri/endorse",
			form: []string{"skill", "Valve data", "level", "4"}, who: allStaff().but(refused, asCoLead),
		},
		{method: http.MethodGet, route: path.Teams, at: path.TeamsIn("leaks", ""), who: allStaff()},
		{method: http.MethodGet, route: "/teams/{id}", at: path.Team("leaks"), who: allStaff()},
		{
			method: http.MethodPost, route: "/teams/{id}/turns", at: path.TurnTeam("leaks"), form: []string{"turns", "turns"},
			who: only(asSteward, asAdministrator),
		},
		{method: http.MethodGet, route: path.People + "/{id}", at: path.People + "/ines-calder", who: allStaff()},
		{method: http.MethodPost, route: path.Projects + "/{id}/not-for-me", at: path.DismissProject("meter-letters"), who: allStaff()},
		{method: http.MethodPost, route: path.Projects + "/{id}/for-me", at: path.UndismissProject("meter-letters"), who: allStaff()},
	}
	for _, page := range []string{path.Home, path.Welcome, path.WelcomeBefore, path.Notices, path.Search, path.SkillsLike, path.People, path.Settings, path.SettingsData, path.SettingsErasure} {
		rows = append(rows, row{method: http.MethodGet, route: page, who: allStaff()})
	}
	for _, act := range []string{
		path.How, path.Welcome, path.WelcomeLater, path.WelcomeBefore, path.SeeNotices, path.SettingsProfile, path.SettingsSkills,
		path.SettingsRemove, path.SettingsShow, path.SettingsAsks, path.SettingsWishes, path.SettingsUnwish, path.SettingsLeave, path.SettingsMail,
		path.AskErasure, path.UnaskErasure,
	} {
		rows = append(rows, row{method: http.MethodPost, route: act, who: allStaff()})
	}
	return rows
}
