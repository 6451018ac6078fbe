package path

// SkillsLike answers which skills may be meant by what is typed so far, in its query q.
const SkillsLike = "/skills/like"

// AdminSkill is one skill as an administrator sees it.
func AdminSkill(id string) string { return under(AdminSkills, id) }

// RenameSkill gives a skill another name.
func RenameSkill(id string) string { return under(AdminSkills, id, "name") }

// DropSkillName takes another name away from a skill.
func DropSkillName(id string) string { return under(AdminSkills, id, "names", "drop") }

// SetSkill says of which kind a skill is, and how fast it fades.
func SetSkill(id string) string { return under(AdminSkills, id, "kind") }

// RetireSkill takes a skill out of what is offered and typed.
func RetireSkill(id string) string { return under(AdminSkills, id, "retire") }

// BringBackSkill takes that back.
func BringBackSkill(id string) string { return under(AdminSkills, id, "bring-back") }

// MergeSkill shows what merging a skill into another does, and does it.
func MergeSkill(id string) string { return under(AdminSkills, id, "merge") }
