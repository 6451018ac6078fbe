package match

import "skein/internal/skein"

// The practices: how somebody leads, whatever they know.
const (
	SeeingThrough   skein.SkillID = "practice-seeing-through"
	WeighingExperts skein.SkillID = "practice-weighing-experts"
	SmallSteps      skein.SkillID = "practice-small-steps"
	Incidents       skein.SkillID = "practice-incidents"
	QuickDecisions  skein.SkillID = "practice-quick-decisions"
	NoWayBack       skein.SkillID = "practice-no-way-back"
	ManyHeads       skein.SkillID = "practice-many-heads"
	Hearing         skein.SkillID = "practice-hearing"
	SeveralTeams    skein.SkillID = "practice-several-teams"
	NewTeam         skein.SkillID = "practice-new-team"
)

// Practices lists the practices that the default lens asks for.
func Practices() []skein.Skill {
	named := func(id skein.SkillID, name string) skein.Skill {
		return skein.Skill{ID: id, Name: name, Kind: skein.Practice}
	}
	return []skein.Skill{
		named(SeeingThrough, "Seeing things through"),
		named(WeighingExperts, "Weighing what experts say"),
		named(SmallSteps, "Trying things in small steps"),
		named(Incidents, "Running incidents"),
		named(QuickDecisions, "Deciding quickly"),
		named(NoWayBack, "Handling what cannot be undone"),
		named(ManyHeads, "Bringing many heads together"),
		named(Hearing, "Hearing those affected"),
		named(SeveralTeams, "Moving several teams"),
		named(NewTeam, "Bringing a new team together"),
	}
}
