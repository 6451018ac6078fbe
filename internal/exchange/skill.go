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
	first := map[skein.SkillID]int{}
	said := map[skein.SkillID]skein.SkillID{} // how a row has the id that is kept
	var rows []folder.SkillRow
	var parents []Problem // where a row names its parent
	for t.next() {
		row := t.skillRow()
		id := r.spellings.one(row.ID, false)
		if line, twice := first[id]; twice && id != "" && said[id] != row.ID {
			r.report.noteMany("rows of one skill", "%s: The skill %s is %s on line %d. This row is left out.",
				t.where(), shown([]byte(row.ID)), shown([]byte(said[id])), line)
			continue
		}
		if said[id] = row.ID; id != row.ID {
			r.report.noteMany("spellings of skills", "%s: The skill %s is read as %s.", t.where(), shown([]byte(row.ID)), r.spellings.shown(id))
		}
		row.ID = id
		once(t, skillID, first, id)
		r.skills[id] = true
		if id != "" {
			r.spellings.stands(t, id, row.Name)
		}
		if !t.bad {
			rows, parents = append(rows, row), append(parents, t.here(skillParent))
		}
	}
	r.within(rows, parents)
}

// within takes skills in once all are known: a parent may come behind what lies within it.
func (r *reader) within(rows []folder.SkillRow, places []Problem) {
	tree := newParents(r.known.Skills)
	for i := range rows {
		row := &rows[i]
		row.Parent = r.spellings.one(row.Parent, true)
		tree.add(row.ID, row.Parent, places[i])
	}
	tree.rings(r.report, "skill")
	r.folder.Skills = append(r.folder.Skills, rows...)
	for _, id := range tree.order {
		r.mention(tree.of[id])
	}
}

func (t *table) skillRow() folder.SkillRow {
	id := t.newSkill(skillID)
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
			Parent:       t.newSkill(skillParent),
		},
		Attributes: t.attributes(),
	}
	if !t.bad {
		t.invalid(row.Check(), skillColumns)
	}
	return row
}
