package exchange

import (
	"skein/internal/folder"
	"skein/internal/skein"
)

var skillLayout = layout{SkillsFile, []string{"id", "name", "kind", "half_life_days", "uri", "parent"}, 2, true}

const (
	skillID = iota
	skillName
	skillKind
	skillHalfLife
	skillURI
	skillParent
)

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
		if r.elsewhere(t, &row, id) {
			continue
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

// elsewhere tells that a row is of a skill that has gone into another in Skein, or that is called otherwise there:
// the row is left out, and what the folder says of its skill is said of that one. A row of a skill in Skein may give
// it another name, but not one that another skill has.
func (r *reader) elsewhere(t *table, row *folder.SkillRow, id skein.SkillID) bool {
	if row.ID == "" {
		return false
	}
	owner, other := r.spellings.owner(row.Name)
	_, there := r.known.Skills[id]
	_, own := r.known.Skills[row.ID]
	switch {
	case there && !own && skein.NameKey(string(row.ID)) != skein.NameKey(string(id)):
		r.report.noteMany("skills that were merged", "%s:%d: The skill %s was merged into %s. This row is left out.",
			t.called, t.rec.line, shown([]byte(row.ID)), r.spellings.shown(id))
		return true
	case !there && other:
		r.spellings.ids[skein.NameKey(string(row.ID))] = owner
		r.report.noteMany("other names of skills", "%s:%d: %s is another name of %s. This row is left out, and %s is read as that skill.",
			t.called, t.rec.line, shown([]byte(row.Name)), r.spellings.shown(owner), shown([]byte(row.ID)))
		return true
	case there && other && owner == id:
		r.report.noteMany("other names of skills", "%s:%d: %s is another name of %s, which keeps its name.",
			t.called, t.rec.line, shown([]byte(row.Name)), r.spellings.shown(id))
		row.Name = r.known.SkillNames[id]
	case there && owner != "" && owner != id && skein.SkillKey(row.Name) != skein.SkillKey(r.known.SkillNames[id]):
		t.problem(skillName, "%s is the name of another skill, %s. Give this one another name, or merge the two in Skein first.",
			shown([]byte(row.Name)), r.spellings.shown(owner))
	case !there:
		row.Twin = r.spellings.twin(id, row.Name)
	}
	return false
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
		t.ofValue(skillID, "is blank.")
	}
	row := folder.SkillRow{
		Skill: skein.Skill{
			ID:           id,
			Name:         t.name(skillName),
			Kind:         choice(t, skillKind, skein.Domain, skein.Practice),
			HalfLifeDays: t.whole(skillHalfLife, 1, skein.LongestHalfLife),
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
