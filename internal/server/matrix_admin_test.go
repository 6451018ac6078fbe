package server

import (
	"net/http"

	"skein/web/path"
)

func adminRows() []row {
	teo := path.AdminPeople + "/teo-marchi"
	hat := []string{"hat", "executive"}
	leaks := path.AdminTeam("leaks")
	valve := path.AdminSkills + "/valve-data"
	named := func(h *house) string {
		h.exec(`insert into skill (id, name) values ('valve-data', 'Valve data, tended'), ('flow', 'Flow data')`)
		return ""
	}
	grouped := func(h *house) string {
		h.exec(`insert into group_role (id, name, kind, made_at) values ('00000000-0000-7000-8000-0000000000bb', 'water', 'executive', $1)`, wall)
		return ""
	}
	linked := func(h *house) string {
		h.exec(`insert into identity (issuer, subject, person_id, linked_at, used_at) values ('https://login.example', '1', 'teo-marchi', $1, $1)`, wall)
		return ""
	}
	return []row{
		{method: http.MethodGet, route: path.AdminPeople, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople, form: []string{"name", "Alba Runciman"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminSignIn, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.SetDemand, form: []string{"second", "off", "version", "off"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.SetUnknown, form: []string{"unknown", "make"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.SetPasswords, form: []string{"passwords", "on"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AddGroupRole, form: []string{"group", "water", "hat", "executive"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.DropGroupRole, set: grouped, once: true, form: []string{"group", "00000000-0000-7000-8000-0000000000bb"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/unlink", at: teo + "/unlink", set: linked, once: true, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminSetup, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.SetupAway, form: []string{"away", "yes"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.TryMail, who: only().but(refused, asAdministrator)}, // there is no mail server
		{method: http.MethodPost, route: path.RunsNow, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminCurrency, form: []string{"currency", "€"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminZone, form: []string{"zone", "Europe/Paris"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminPeople + "/{id}", at: teo, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/hats", at: teo + "/hats", form: hat, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/hats/take", at: teo + "/hats/take", form: hat, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/invitation", at: teo + "/invitation", who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/name", at: teo + "/name", form: []string{"name", "Teo Marchi"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/email", at: teo + "/email", form: []string{"email", "teo@corriemere.example"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminInvitations, form: []string{"person", "teo-marchi"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/details", at: teo + "/details", form: []string{"hours", "4"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminPeople + "/{id}/deactivate", at: teo + "/deactivate", who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/deactivate", at: path.AdminPeople + "/dario-venn/deactivate", who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/reactivate", at: teo + "/reactivate", who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminPeople + "/{id}/erase", at: teo + "/erase", who: only(asAdministrator)},
		{
			method: http.MethodPost, route: path.AdminPeople + "/{id}/erase", at: path.AdminPeople + "/dario-venn/erase", who: only(asAdministrator), once: true,
			set: func(h *house) string {
				h.exec(`update person set deactivated_at = $1 where id = 'dario-venn'`, wall)
				return ""
			},
		},
		{method: http.MethodPost, route: path.AdminRetention, form: []string{"months", "24"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.Import, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.Import, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.Export, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.Import + "/{id}", set: handed(""), who: only(asAdministrator)},
		{method: http.MethodGet, route: path.Import + "/{id}/rows.csv", set: handed("/rows.csv"), who: only(asAdministrator)},
		{method: http.MethodPost, route: path.Import + "/{id}/columns", set: handed("/columns"), who: only(asAdministrator)},
		{method: http.MethodPost, route: path.Import + "/{id}/mend", set: handed("/mend"), form: []string{"version", "2", "part", "0", "column", "email", "value", "x", "with", ""}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.Import + "/{id}/load", set: handed("/load"), who: only(asAdministrator)},
		{method: http.MethodPost, route: path.Import + "/{id}/put-away", set: handed("/put-away"), who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminTeams, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminTeams, form: []string{"name", "Pumps"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminTeamWord, form: []string{"word", "guild"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminTeams + "/{id}", at: leaks, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminTeams + "/{id}/name", at: leaks + "/name", form: []string{"name", "Drips"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminTeams + "/{id}/move", at: leaks + "/move", form: []string{"in", ""}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminTeams + "/{id}/stewards", at: leaks + "/stewards", form: []string{"who", "Teo Marchi"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminTeams + "/{id}/stewards/take", at: leaks + "/stewards/take", form: []string{"person", "teo-marchi"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminTeams + "/{id}/close", at: leaks + "/close", who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminTeams + "/{id}/close", at: leaks + "/close", who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminSkills, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminSkills + "/{id}", at: valve, set: named, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminSkills + "/{id}/name", at: valve + "/name", set: named, form: []string{"name", "Pump data"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminSkills + "/{id}/names/drop", at: valve + "/names/drop", set: named, form: []string{"name", "Pump data"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminSkills + "/{id}/kind", at: valve + "/kind", set: named, form: []string{"kind", "domain", "fades", "365"}, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminSkills + "/{id}/retire", at: valve + "/retire", set: named, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminSkills + "/{id}/bring-back", at: valve + "/bring-back", set: named, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminSkills + "/{id}/merge", at: valve + "/merge?into=flow", set: named, who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminSkills + "/{id}/merge", at: valve + "/merge", set: named, form: []string{"into", "flow"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminPeople + "/{id}/merge", at: teo + "/merge", who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/merge", at: teo + "/merge", form: []string{"with", "dario-venn", "keep", "teo-marchi"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminPeople + "/{id}/id", at: teo + "/id", who: only(asAdministrator)},
		{method: http.MethodPost, route: path.AdminPeople + "/{id}/id", at: teo + "/id", form: []string{"id", "teo"}, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminAudit, who: only(asAdministrator)},
		{method: http.MethodGet, route: path.AdminAuditExport, who: only(asAdministrator)},
	}
}

// handed makes a file that was handed in and tried, and answers a place below it.
func handed(below string) func(*house) string {
	return func(h *house) string {
		_, at := h.as("owen-pell").tried(fileOf{"people.csv", "id,name\nalba,Alba Runciman\n"})
		return at + below
	}
}
