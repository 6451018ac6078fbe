package exchange

import (
	"skein/internal/folder"
	"skein/internal/skein"
)

var skillLayout = layout{SkillsFile, []string{"id", "name", "kind", "half_life_days", "uri", "parent"}, 2}

const (
	skillID = iota
	skillName
	skillKind
	skillHalfLife
	skillURI
	skillParent
)

// maxHalfLife is a century: longer ones are mistakes.
const maxHalfLife = 36525

// skillColumns says in which column stands what a skill's own checks speak of.
var skillColumns = map[string]int{"name": skillName, "uri": skillURI}

func (r *reader) readSkills(t *table) {
	t.salvage = func(id string) { r.skills[skein.SkillID(id)] = true }
	tree := newParents(r.known.Skills)
	first := map[skein.SkillID]int{}
	for t.next() {
		row := t.skillRow()
		once(t, skillID, first, row.ID)
		r.skills[row.ID] = true
		tree.add(row.ID, row.Parent, t.here(skillParent))
		if !t.bad {
			r.folder.Skills = append(r.folder.Skills, row)
		}
	}
	tree.rings(r.report, "skill")
	for _, id := range tree.order {
		r.mention(tree.of[id])
	}
}

func (t *table) skillRow() folder.SkillRow {
	id := t.skill(skillID)
	if id == "" && !t.bad {
		t.problem(skillID, "It is blank.")
	}
	row := folder.SkillRow{
		Skill: skein.Skill{
			ID:           id,
			Name:         t.name(skillName),
			Kind:         choice(t, skillKind, skein.Domain, skein.Practice),
			HalfLifeDays: t.whole(skillHalfLife, 1, maxHalfLife),
			URI:          t.text(skillURI, maxText),
			Parent:       t.skill(skillParent),
		},
		Attributes: t.attributes(),
	}
	if !t.bad {
		t.invalid(row.Check(), skillColumns)
	}
	return row
}
