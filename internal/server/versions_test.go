package server

import (
	"net/http"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"

	"skein/internal/postgres"
	"skein/web/component"
	"skein/web/path"
)

// shared are the forms that change what others may change, too: where they stand, who sends them, what
// two of them type, and where what the first typed is said to the second ("": the second is sent away,
// for nothing was typed).
var shared = map[string]struct {
	page, at, hat string
	first, second []string
	field         string // which shows what was typed
	says          string // of the first, to the second
}{
	path.AdminVision: {
		page: path.AdminVision + "?change=vision", at: path.AdminVision, hat: asExecutive, field: "vision",
		first:  []string{"organisation", "Quarry Foods", "vision", "Bread for all"},
		second: []string{"organisation", "Quarry Foods", "vision", "Bread and soup"}, says: "Now it says “Bread for all”.",
	},
	path.Priorities + "/{id}": {
		page: path.AdminVision + "?change=priority:leaks-down", at: path.Priority("leaks-down"), hat: asExecutive, field: "measure",
		first:  []string{"title", "Leaks down", "weight", "2", "owner", "marta-lind"},
		second: []string{"title", "Leaks down", "weight", "1", "measure", "Litres", "owner", ""}, says: "Now it says “Marta Lind”.",
	},
	path.Guardrails + "/{id}": {
		page: path.AdminVision + "?change=guardrail:" + guardrailID, at: path.Guardrail(guardrailID), hat: asExecutive, field: "reason",
		first:  []string{"number", "3", "reason", "Three are enough."},
		second: []string{"number", "2", "reason", "Two are enough."}, says: "Now it says “Three are enough.”.",
	},
	path.Priorities + "/{id}/move": {
		page: path.AdminVision, at: path.MovePriority("bills"), hat: asExecutive,
		first: []string{"step", "up"}, second: []string{"step", "up"},
	},
	path.Priorities + "/{id}/retire": {
		page: path.AdminVision + "?change=priority:bills", at: path.RetirePriority("bills"), hat: asExecutive,
	},
	path.Guardrails + "/{id}/retire": {
		page: path.AdminVision + "?change=guardrail:" + guardrailID, at: path.RetireGuardrail(guardrailID), hat: asExecutive,
	},
	"/teams/{id}/turns": {
		page: path.Team("leaks"), at: path.TurnTeam("leaks"), hat: asSteward,
		first: []string{"turns", "turns"}, second: []string{"turns", "stay"}, says: "Now it is “Take turns”.",
	},
	path.AdminTeamWord: {
		page: path.AdminTeams, at: path.AdminTeamWord, hat: asAdministrator, field: "word",
		first: []string{"word", "guild", "words", "guilds"}, second: []string{"word", "crew", "words", "crews"}, says: "now it is guild, and guilds.",
	},
	path.AdminTeams + "/{id}/name": {
		page: path.AdminTeam("leaks"), at: path.RenameTeam("leaks"), hat: asAdministrator, field: "name",
		first: []string{"name", "Drips"}, second: []string{"name", "Drops"}, says: "now it is Drips.",
	},
	path.AdminTeams + "/{id}/move": {
		page: path.AdminTeam("leaks"), at: path.MoveTeam("leaks"), hat: asAdministrator,
		first: []string{"in", "other"}, second: []string{"in", "another"}, says: "Somebody else moved it meanwhile",
	},
	path.SetPasswords: {
		page: path.AdminSignIn, at: path.SetPasswords, hat: asAdministrator,
		first: []string{"passwords", "on", "named", "owen-pell"}, second: []string{"passwords", "on", "named", "zoe"}, says: "named: Owen Pell",
	},
	path.AdminRetention: {
		page: path.AdminAudit, at: path.AdminRetention, hat: asAdministrator, field: "months",
		first: []string{"months", "24"}, second: []string{"months", "36"}, says: "now it is 24.",
	},
	path.AdminCurrency: {
		page: path.AdminSetup, at: path.AdminCurrency, hat: asAdministrator, field: "currency",
		first: []string{"currency", "€"}, second: []string{"currency", "CHF"}, says: "now it is €.",
	},
	path.AdminZone: {
		page: path.AdminPeople, at: path.AdminZone, hat: asAdministrator, field: "zone",
		first: []string{"zone", "Europe/Paris"}, second: []string{"zone", "Europe/Rome"}, says: "now it is Europe/Paris.",
	},
	path.AdminPeople + "/{id}/email": {
		page: path.AdminPerson("teo-marchi"), at: path.ChangeEmail("teo-marchi"), hat: asAdministrator, field: "email",
		first: []string{"email", "one@quarry.example"}, second: []string{"email", "two@quarry.example"}, says: "now it is one@quarry.example.",
	},
	path.AdminPeople + "/{id}/details": {
		page: path.AdminPerson("teo-marchi"), at: path.MendPerson("teo-marchi"), hat: asAdministrator, field: "hours",
		first: []string{"hours", "4", "circle", "leaks"}, second: []string{"hours", "6", "circle", "leaks"}, says: "Now it is: team Leaks, hours 4,",
	},
	path.AdminPeople + "/{id}/name": {
		page: path.AdminPerson("teo-marchi"), at: path.RenamePerson("teo-marchi"), hat: asAdministrator, field: "name",
		first: []string{"name", "Teo One"}, second: []string{"name", "Teo Two"}, says: "now it is Teo One.",
	},
	path.AdminSkills + "/{id}/name": {
		page: path.AdminSkill("tended"), at: path.RenameSkill("tended"), hat: asAdministrator, field: "name",
		first: []string{"name", "Pump one"}, second: []string{"name", "Pump two"}, says: "Now it is “Pump one”.",
	},
	path.AdminSkills + "/{id}/kind": {
		page: path.AdminSkill("tended"), at: path.SetSkill("tended"), hat: asAdministrator,
		first: []string{"kind", "domain", "fades", "365"}, second: []string{"kind", "domain", "fades", "730"}, says: "fades by half in one year",
	},
	path.AdminSkills + "/{id}/retire":     {page: path.AdminSkill("tended"), at: path.RetireSkill("tended"), hat: asAdministrator},
	path.AdminSkills + "/{id}/bring-back": {page: path.AdminSkill("past"), at: path.BringBackSkill("past"), hat: asAdministrator},
	path.AdminSkills + "/{id}/merge": {
		page: path.MergeSkill("tended") + "?into=flow", at: path.MergeSkill("tended"), hat: asAdministrator, second: []string{"into", "flow"},
	},
	path.Projects + "/{id}/edit": {
		page: path.EditProject("meter-letters"), at: path.EditProject("meter-letters"), hat: asSteward, field: "title",
		first:  append([]string{"judged", "Fewer calls.", "title", "Meter Letters"}, asItStands...),
		second: append([]string{"judged", "", "title", "Letters about Meters"}, asItStands...), says: "Now it says “Fewer calls.”.",
	},
	path.Projects + "/{id}/changed": {
		page: path.Changed("night-pressure"), at: path.Changed("night-pressure"), hat: asLead, field: "why",
		first: restated(), second: restated("stakes", "5", "why", "It rains."), says: "Somebody said it anew meanwhile.",
	},
	path.Projects + "/{id}/change": {
		page: path.ChangeLed("night-pressure"), at: path.ChangeLed("night-pressure"), hat: asLead, field: "title",
		first:  []string{"title", "Night Pressure", "purpose", "Lower the pressure at night.", "judged", "By the meter.", "end", "2026-08-09"},
		second: []string{"title", "Night Pressure, west", "purpose", "Lower the pressure at night.", "judged", "", "end", "2026-08-09"}, says: "Now it says “By the meter.”.",
	},
	path.Decisions + "/{decision}/change": {
		page: path.ChangeDecision(aDecision), at: path.ChangeDecision(aDecision), hat: asLead, field: "question",
		first: []string{"question", "Who calls?", "area", "Who does what"}, second: []string{"question", "Who is called?", "area", "Who does what"},
		says: "Now it asks “Who calls?”.",
	},
	path.Decisions + "/{decision}/came": {
		page: path.CameOf(aDecision), at: path.CameOf(aDecision), hat: asLead, field: "came",
		first: []string{"came", "It held."}, second: []string{"came", "It broke."}, says: "“It held.”",
	},
	path.Projects + "/{id}/week": {
		page: path.Week("night-pressure"), at: path.Week("night-pressure"), hat: asLead, field: "says",
		first:  []string{"state", "on_track", "says", "It holds."},
		second: []string{"state", "at_risk", "says", "It slips."}, says: "now it says “It holds.”",
	},
	path.Projects + "/{id}/handing-on": {
		page: path.HandingOn("night-pressure"), at: path.HandingOn("night-pressure"), hat: asLead, field: "summary",
		first: []string{"now", "watch", "summary", "It leaks.", "ready", "no"}, second: []string{"now", "watch", "summary", "It floods.", "ready", "no"},
		says: "Now it says “It leaks.”.",
	},
	path.Projects + "/{id}/publish": {
		page: path.PublishProject("draft"), at: path.PublishProject("draft"), hat: asSteward,
	},
}

const guardrailID = "00000000-0000-7000-8000-0000000000aa"

// asItStands is what the cast's open project says besides its title.
var asItStands = []string{
	"purpose", "Letters that people read.", "hours", "4", "end", "2026-08-09", "team", "leaks", "priority", "leaks-down",
	"uncertainty", "complex", "stakes", "3", "urgency", "3", "expertise", "3", "commitment", "3", "reach", "3", "readiness", "3",
}

// Why the other forms carry no version: what they write is nobody else's to change, or is added to what
// is there and takes nothing of it away, or the state of a thing parts them, so that the second is told.
const (
	onesOwn  = "one's own, which nobody else changes"
	addsTo   = "addsTo something, or takes away what it names"
	handedIn = "it carries the version of what was handed in; importing_test.go has the second told"
	moves    = "a move from one state to the next: the second is told that it has happened"
	asTypes  = "it keeps the form while one types, with its version; handover_test.go has the second told"
	shown    = "it carries the version of all that it does, which is tested with it: the second finds it gone"
)

var unversioned = map[string]string{
	path.SignIn: onesOwn, path.SignOut: onesOwn, path.SignOutEverywhere: onesOwn, "/settings/sessions/{id}/end": onesOwn, path.SettingsPassword: onesOwn, path.SettingsAddress: onesOwn, path.KeepAddress: onesOwn, path.SettingsCalendar: onesOwn, path.CalendarOff: onesOwn, "/address/{token}": onesOwn, path.Forgotten: addsTo, "/invitations/{token}": moves,
	path.SecondStep: onesOwn, path.ShowAgain: onesOwn, path.AddPasskey: onesOwn, "/settings/passkeys/{id}/name": onesOwn, "/settings/passkeys/{id}/remove": onesOwn, path.RecoveryCodes: onesOwn,
	path.DemoSignIn: onesOwn, path.DemoSkip: moves, path.How: onesOwn, path.Welcome: onesOwn, path.WelcomeLater: onesOwn, path.WelcomeBefore: onesOwn,
	path.SeeNotices: onesOwn, path.SettingsProfile: onesOwn, path.SettingsSkills: onesOwn, path.SettingsConfirm: onesOwn, path.SettingsRemove: onesOwn,
	path.SettingsShow: onesOwn, path.SettingsAsks: addsTo, path.SettingsWishes: onesOwn, path.SettingsUnwish: onesOwn, path.SettingsLeave: onesOwn,
	path.SettingsMail: onesOwn, path.AskErasure: onesOwn, path.UnaskErasure: onesOwn, path.AdminPeople + "/{id}/erase": moves, "/mail/stop/{token}": onesOwn,
	path.Back: onesOwn, path.SettingsLeave + "/{id}/remove": onesOwn,
	path.AdminTeams: addsTo, path.AdminTeams + "/{id}/stewards": addsTo, path.AdminTeams + "/{id}/stewards/take": addsTo, path.AdminTeams + "/{id}/close": shown,
	path.AddGroupRole: addsTo, path.SetUnknown: moves, path.SetDemand: moves, path.DropGroupRole: addsTo, path.AdminPeople + "/{id}/unlink": moves,
	path.SetupAway: moves, path.TryMail: addsTo, path.RunsNow: moves,
	path.AdminPeople: addsTo, path.AdminInvitations: addsTo, path.AdminPeople + "/{id}/hats": addsTo, path.AdminPeople + "/{id}/hats/take": addsTo, path.AdminPeople + "/{id}/invitation": addsTo,
	path.AdminPeople + "/{id}/merge": moves, path.AdminPeople + "/{id}/id": moves, path.AdminPeople + "/{id}/deactivate": moves, path.AdminPeople + "/{id}/reactivate": moves,
	path.Import: addsTo, path.Import + "/{id}/columns": handedIn, path.Import + "/{id}/mend": handedIn, path.Import + "/{id}/load": handedIn, path.Import + "/{id}/put-away": addsTo,
	path.AdminSkills + "/{id}/names/drop": addsTo, path.Priorities: addsTo, path.Guardrails: addsTo, path.Projects: addsTo, path.InTheWay: addsTo,
	"/projects/{id}/cancel": moves, "/projects/{id}/take-back": moves, "/projects/{id}/co-lead-not-after-all": onesOwn, "/kept/{id}/drop": onesOwn, "/projects/{id}/complete": moves, "/projects/{id}/hand-over": moves,
	"/projects/{id}/claim": onesOwn, "/projects/{id}/claim/draft": onesOwn, "/projects/{id}/claim/withdraw": onesOwn, "/projects/{id}/claim/word": onesOwn,
	"/projects/{id}/claim/ask": addsTo, "/projects/{id}/join": onesOwn, "/projects/{id}/leave": onesOwn, "/projects/{id}/shadow": moves,
	"/projects/{id}/co-lead": onesOwn, "/projects/{id}/co-lead/{person}": moves, "/projects/{id}/beside/{term}": moves, "/projects/{id}/needs/{need}/grant": moves,
	"/projects/{id}/needs/{need}": moves, "/projects/{id}/needs/{need}/take": moves, "/projects/{id}/needs/{need}/arrived": moves, "/projects/{id}/start": moves,
	"/projects/{id}/decisions/new": addsTo, path.Decisions + "/{decision}/ask": addsTo, path.Decisions + "/{decision}/advise": onesOwn, path.Decisions + "/{decision}/decide": shown, path.Decisions + "/{decision}/close": moves,
	"/projects/{id}/needs/{need}/waive": moves, "/projects/{id}/step-down": moves, "/projects/{id}/handing-on/said": moves, "/projects/{id}/handing-on/draft": asTypes, "/projects/{id}/handing-on/said/draft": asTypes, "/projects/{id}/handing-on/thanks": moves, "/projects/{id}/handing-on/signed": moves, "/projects/{id}/reconsider": moves, "/projects/{id}/stand-in": moves, "/projects/{id}/stand-in/{standin}": moves, "/projects/{id}/stand-in/{standin}/end": moves, "/projects/{id}/week/{word}/seen": moves, "/projects/{id}/ask": addsTo, "/projects/{id}/links": addsTo, "/projects/{id}/links/{link}/drop": addsTo, "/projects/{id}/steps": addsTo, "/projects/{id}/steps/{step}/drop": addsTo, "/projects/{id}/steps/{step}": moves, "/projects/{id}/questions/{question}": moves, "/projects/{id}/not-for-me": onesOwn, "/projects/{id}/for-me": onesOwn,
	"/projects/{id}/remit/{change}": moves, "/projects/{id}/reopen": moves, "/projects/{id}/remit": shown,
	"/projects/{id}/how-did-it-go/{review}": onesOwn, "/projects/{id}/how-did-it-go/{review}/led": onesOwn,
	"/projects/{id}/how-did-it-go/{review}/lesson": addsTo, "/projects/{id}/how-did-it-go/{review}/thanks": moves,
	"/projects/{id}/members": addsTo, "/projects/{id}/members/{person}/end": addsTo,
	"/claims/{id}/accept": moves, "/claims/{id}/decline": moves, "/claims/{id}/review": onesOwn, "/reviews/{id}": moves,
	"/picks/{id}": moves, "/invites/{id}": moves, "/claims/{id}/beside": onesOwn, "/asks/{id}": onesOwn, "/people/{id}/endorse": onesOwn,
}

func TestEveryFormThatChangesWhatOthersMayCarriesAVersion(t *testing.T) {
	t.Parallel()
	s := newServer(Config{DB: postgres.New(nil), Demo: true})
	found := map[string]bool{}
	err := chi.Walk(s.routes(), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		if method != http.MethodPost || strings.HasPrefix(route, path.StaticPrefix) {
			return nil
		}
		found[route] = true
		_, versioned := shared[route]
		if versioned == (unversioned[route] != "") {
			t.Errorf("%s: say in this test either that its form carries a version, or why it need not", route)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for route := range unversioned {
		if !found[route] {
			t.Errorf("nothing is sent to %s", route)
		}
	}
	for route := range shared {
		if !found[route] {
			t.Errorf("nothing is sent to %s", route)
		}
	}
}

// versions is a house with what the forms change.
func versions(t *testing.T) (h *house, as func(hat string) *browser) {
	h = newTest(t)
	people := h.cast()
	h.exec(`insert into person (id, name) values ('zoe', 'Zoe Runciman')`)
	h.exec(`insert into account (person_id, email, made_at) values ('zoe', 'zoe@quarry.example', $1)`, wall)
	h.exec(`insert into hat (person_id, kind, given_at) values ('zoe', 'administrator', $1)`, wall)
	h.exec(`insert into guardrail (id, kind, number, reason, made_at) values ($1, 'leads_at_once', 2, 'Evenings are for home.', $2)`, guardrailID, wall)
	h.exec(`insert into skill (id, name, retired_at) values ('tended', 'Tended pumps', null), ('flow', 'Flow data', null), ('past', 'Past pumps', $1)`, wall)
	h.exec(`insert into priority (id, title, place) values ('rivers', 'Rivers', 2), ('bills', 'Bills', 3)`)
	h.exec(`insert into circle (id, name) values ('other', 'Other'), ('another', 'Another')`)
	h.exec(`insert into project (id, title, purpose, judged_by, circle_id, priority_id, proposed_by, state, hours_per_week, end_on)
		values ('draft', 'Weir Walk', 'Look at the weirs.', 'A list.', 'leaks', 'leaks-down', $1, 'draft', 2, $2::date + 60)`, people[asSteward], wall)
	h.exec(`insert into phase (id, project_id, uncertainty, stakes, urgency, expertise, commitment, reach, readiness)
		values ('00000000-0000-7000-8000-000000000003', 'draft', 'complex', 3, 3, 3, 3, 3, 3)`)
	return h, func(hat string) *browser { return h.as(people[hat]) }
}

// versionOf is the version that the form on a page carries.
func versionOf(page *answer, action string) string {
	page.Helper()
	value, _ := page.Find(`form[action="` + action + `"] [name="` + component.VersionName + `"]`).First().Attr("value")
	if value == "" {
		page.Errorf("%s: the form for %s carries no version", page.what, action)
	}
	return value
}

// Two have the same page open and both send its form: the second is told, what they typed stays, what
// the first wrote is said, and sent once more theirs holds.
func TestTheSecondOfTwoIsTold(t *testing.T) {
	t.Parallel()
	for route, c := range shared {
		t.Run(route, func(t *testing.T) {
			t.Parallel()
			h, as := versions(t)
			if route == path.Projects+"/{id}/handing-on" { // else its lead changes what is led
				h.exec(`update project set state = 'handing_over' where id = 'night-pressure'`)
				h.exec(`update term set state = 'handing_over' where role = 'primary'`)
			}
			h.deciding(map[bool]string{true: "decided", false: "draft"}[strings.HasSuffix(route, "/came")])
			one := as(c.hat)
			version := versionOf(one.get(c.page).is(http.StatusOK), c.at)
			if c.says == "" {
				h.meanwhile(route)
				one.post(c.at, append(c.second, component.VersionName, version)...).is(http.StatusConflict).says("main", "Somebody changed it meanwhile.")
				version = versionOf(one.get(c.page).is(http.StatusOK), c.at)
				one.post(c.at, append(c.second, component.VersionName, version)...).is(http.StatusSeeOther)
				return
			}
			one.post(c.at, append(c.first, component.VersionName, version)...).is(http.StatusSeeOther)
			rows := h.count(`select count(*) from audit_event`)
			again := one.post(c.at, append(c.second, component.VersionName, version)...).is(http.StatusUnprocessableEntity).says("main", c.says)
			if h.count(`select count(*) from audit_event`) != rows {
				t.Error("it was written in spite of that")
			}
			if c.field != "" {
				field := again.Find(`[name="` + c.field + `"]`)
				value, _ := field.Attr("value")
				if typed := typedIn(c.second, c.field); value != typed && field.Text() != typed {
					t.Errorf("what was typed is gone: %q, %q", value, field.Text())
				}
			}
			next := versionOf(again, c.at)
			if next == version {
				t.Error("the form is as old as before")
			}
			one.post(c.at, append(c.second, component.VersionName, next)...).is(http.StatusSeeOther)
			one.post(c.at, append(c.first, component.VersionName, version)...).is(http.StatusUnprocessableEntity)
		})
	}
}

// meanwhile is what somebody else does to what a button is about.
func (h *house) meanwhile(route string) {
	h.Helper()
	switch route {
	case path.Priorities + "/{id}/move":
		h.exec(`update priority set place = 3 - place where place < 3`)
	case path.Priorities + "/{id}/retire":
		h.exec(`update priority set title = 'Bills that people read' where id = 'bills'`)
	case path.AdminSkills + "/{id}/retire", path.AdminSkills + "/{id}/bring-back", path.AdminSkills + "/{id}/merge":
		h.exec(`update skill set half_life_days = 365 where id in ('tended', 'past')`)
	case path.Guardrails + "/{id}/retire":
		h.exec(`update guardrail set number = 3`)
	case path.Projects + "/{id}/publish":
		h.exec(`update project set purpose = 'Look at the weirs and the locks.', version = version + 1 where id = 'draft'`)
	default:
		h.Fatalf("%s: who else changes it?", route)
	}
}

// typedIn is the value of a field among names and values.
func typedIn(form []string, field string) string {
	for i := 0; i+1 < len(form); i += 2 {
		if form[i] == field {
			return form[i+1]
		}
	}
	return ""
}
