package path

import (
	"net/url"
	"strings"
)

// Addresses where somebody says something of themselves or of a colleague.
const (
	WelcomeLater    = "/welcome/later"
	WelcomeBefore   = "/welcome/before"
	SeeNotices      = "/notices/seen"
	SettingsProfile = "/settings/profile"
	SettingsSkills  = "/settings/skills"
	SettingsConfirm = "/settings/skills/still-true"
	SettingsRemove  = "/settings/skills/remove"
	SettingsShow    = "/settings/skills/show"
	SettingsAsks    = "/settings/asks"
	SettingsWishes  = "/settings/wishes"
	SettingsUnwish  = "/settings/wishes/remove"
	SettingsLeave   = "/settings/leave"
	Back            = "/settings/back" // "I am back": it ends the leave that somebody is on, and standing in for them
	SettingsData    = "/settings/my-data.json"
	SettingsErasure = "/settings/data"
	AskErasure      = "/settings/data/erase"
	UnaskErasure    = "/settings/data/keep"
)

// RemoveLeave takes a leave back.
func RemoveLeave(id string) string { return under(SettingsLeave, id, "remove") }

// DismissProject keeps a project off one's home page.
func DismissProject(id string) string { return under(Projects, id, "not-for-me") }

// UndismissProject lets a project come back to one's home page.
func UndismissProject(id string) string { return under(Projects, id, "for-me") }

// Team is the page of a circle.
func Team(id string) string { return under(Teams, id) }

// TeamsIn is the map and the list of circles with one of them chosen; none is all of them. As is how they are
// written down: empty for a list.
func TeamsIn(id, as string) string { return With(Teams, url.Values{"in": {id}, "as": {as}}) }

// IsTeams tells whether an address is the map and the list of circles, whatever is chosen there.
func IsTeams(address string) bool { return address == Teams || strings.HasPrefix(address, Teams+"?") }

// TurnTeam chooses how leads rotate in a circle.
func TurnTeam(id string) string { return under(Teams, id, "turns") }

// TryMail sends an administrator one mail.
const TryMail = "/admin/setup/mail"

// SettingsMail keeps which mails somebody wants.
const SettingsMail = "/settings/mail"

// Where somebody gives their calendar an address, or takes it away.
const (
	SettingsCalendar = "/settings/calendar"
	CalendarOff      = "/settings/calendar/off"
)

// Calendar is somebody's calendar, for whoever has its address.
func Calendar(token string) string { return under("/calendar", token, "skein.ics") }

// StopMail ends mails of one kind to whom its words name, by one click.
func StopMail(token string) string { return under("/mail/stop", token) }
