package path

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
	SettingsData    = "/settings/my-data.json"
)

// EndLeave ends a leave early: "I am back".
func EndLeave(id string) string { return under(SettingsLeave, id, "end") }

// RemoveLeave takes a leave back.
func RemoveLeave(id string) string { return under(SettingsLeave, id, "remove") }

// DismissProject keeps a project off one's home page.
func DismissProject(id string) string { return under(Projects, id, "not-for-me") }

// UndismissProject lets a project come back to one's home page.
func UndismissProject(id string) string { return under(Projects, id, "for-me") }

// Team is the page of a circle.
func Team(id string) string { return under("/teams", id) }

// TurnTeam chooses how leads rotate in a circle.
func TurnTeam(id string) string { return under("/teams", id, "turns") }

// TryMail sends an administrator one mail.
const TryMail = "/admin/setup/mail"

// SettingsMail keeps which mails somebody wants.
const SettingsMail = "/settings/mail"

// StopMail ends mails of one kind to whom its words name, by one click.
func StopMail(token string) string { return under("/mail/stop", token) }
