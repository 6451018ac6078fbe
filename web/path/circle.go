package path

// Addresses where administrators keep the circles.
const (
	AdminTeams    = "/admin/teams"
	AdminTeamWord = "/admin/team-word"
)

// AdminTeam is what an administrator sees of one circle.
func AdminTeam(id string) string { return under(AdminTeams, id) }

// RenameTeam changes what a circle is called and what it is for.
func RenameTeam(id string) string { return under(AdminTeams, id, "name") }

// MoveTeam brings a circle, with what lies in it, into another.
func MoveTeam(id string) string { return under(AdminTeams, id, "move") }

// NameStewards makes people stewards of a circle.
func NameStewards(id string) string { return under(AdminTeams, id, "stewards") }

// EndSteward ends the role of one of them.
func EndSteward(id string) string { return under(AdminTeams, id, "stewards", "take") }

// CloseTeam shows what the close of a circle would do, and closes it.
func CloseTeam(id string) string { return under(AdminTeams, id, "close") }
