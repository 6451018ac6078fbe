package exchange

import (
	"maps"
	"slices"
	"strings"

	"skein/internal/folder"
	"skein/internal/skein"
)

// spellings joins the ways in which one skill is written: ids that differ by case, spaces, Unicode's
// forms or what cannot be seen are one skill, or they would match nobody. The spelling that Skein has is
// kept, else that of skills.csv, else the first.
type spellings struct {
	known folder.Known
	ids   map[string]skein.SkillID // by skein.NameKey of the id
	names map[string]skein.SkillID // and of the name
	taken map[string]skein.SkillID // by skein.SkillKey of a name: which skill of the folder has it first
	loose map[string]skein.SkillID // by looseKey of either
	at    map[skein.SkillID]string // file and line where a skill of the folder is named first
	told  map[skein.SkillID]bool   // spellings that are not kept, and were told of
}

func newSpellings(known folder.Known) *spellings {
	s := &spellings{
		known: known, ids: map[string]skein.SkillID{}, names: map[string]skein.SkillID{}, taken: map[string]skein.SkillID{}, loose: map[string]skein.SkillID{},
		at: map[skein.SkillID]string{}, told: map[skein.SkillID]bool{},
	}
	for _, id := range slices.Sorted(maps.Keys(known.Skills)) { // where several are alike, the least
		s.keep(id, known.SkillNames[id])
	}
	for _, was := range slices.Sorted(maps.Keys(known.SkillsNow)) { // what was merged is what it was merged into
		if key := skein.NameKey(string(was)); s.ids[key] == "" {
			s.ids[key] = known.SkillsNow[was]
		}
	}
	return s
}

// keep makes an id, which may have a name, the spelling of its skill unless another is.
func (s *spellings) keep(id skein.SkillID, name string) {
	put := func(into map[string]skein.SkillID, key string) {
		if _, there := into[key]; !there && key != "" {
			into[key] = id
		}
	}
	put(s.ids, skein.NameKey(string(id)))
	put(s.names, skein.NameKey(name))
	put(s.loose, looseKey(string(id)))
	put(s.loose, looseKey(name))
}

// looseKey is the same for the names of skills that are likely to be one.
func looseKey(name string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "").Replace(skein.NameKey(name))
}

// one is the spelling that is kept of an id. A skill that is only mentioned has no name but its id: it may
// be one that is called so.
func (s *spellings) one(id skein.SkillID, mentioned bool) skein.SkillID {
	if _, there := s.known.Skills[id]; there {
		return id
	}
	key := skein.NameKey(string(id))
	if kept, there := s.ids[key]; there {
		return kept
	}
	if mentioned {
		for _, name := range []string{key, skein.NameKey(skein.ReadableID(string(id)))} {
			if called, there := s.names[name]; there {
				return called
			}
		}
		if called, there := s.known.SkillKeys[skein.SkillKey(skein.Composed(skein.ReadableID(string(id))))]; there {
			return called
		}
	}
	return id
}

// twin tells whether another skill has a name already, in Skein or in the folder.
func (s *spellings) twin(id skein.SkillID, name string) bool {
	key := skein.SkillKey(name)
	if owner, there := s.known.SkillKeys[key]; there {
		return owner != id
	}
	if owner, there := s.taken[key]; there {
		return owner != id
	}
	s.taken[key] = id
	return false
}

// owner is the skill in Skein that has a name, and whether that is another name of it.
func (s *spellings) owner(name string) (id skein.SkillID, other bool) {
	key := skein.SkillKey(name)
	id = s.known.SkillKeys[key]
	return id, id != "" && skein.SkillKey(s.known.SkillNames[id]) != key
}

// mentioned is the spelling that is kept of a skill that the present row mentions. It tells of it where it
// is another one, and where some other skill is likely to be the same.
func (s *spellings) mentioned(t *table, said skein.SkillID) skein.SkillID {
	id := s.one(said, true)
	if id != said && !s.told[said] {
		s.told[said] = true
		t.report.noteMany("spellings of skills", "%s: The skill %s is read as %s.", t.where(), shown([]byte(said)), s.shown(id))
	}
	s.stands(t, id, "")
	return id
}

// stands notes where a skill is named first, and tells of one that is likely to be the same.
func (s *spellings) stands(t *table, id skein.SkillID, name string) {
	if _, there := s.known.Skills[id]; there || s.at[id] != "" {
		return
	}
	s.at[id] = t.where()
	for _, text := range []string{string(id), name} {
		other, there := s.loose[looseKey(text)]
		if there && other != id {
			t.report.noteMany("skills that are likely to be another", "%s: The skill %s is likely to be %s. They are read as two.",
				s.at[id], shown([]byte(id)), s.shown(other))
			break
		}
	}
	s.keep(id, name)
}

// shown says which skill an id is, and where it is named.
func (s *spellings) shown(id skein.SkillID) string {
	where := " (" + s.at[id] + ")"
	if _, there := s.known.Skills[id]; there {
		where = " in Skein"
	}
	if name := s.known.SkillNames[id]; name != "" && name != string(id) {
		return shown([]byte(name)) + " (" + shown([]byte(id)) + where + ")"
	}
	return shown([]byte(id)) + where
}

// spelled is how a skill was written in a file, and the id that is kept of it.
type spelled struct {
	said string
	id   skein.SkillID
}

// skill reads the id of a skill that is mentioned.
func (t *table) skill(c int) skein.SkillID {
	value := t.trimmed(c)
	if len(value) == 0 {
		return ""
	}
	seen := &t.skills[slotOf(value)]
	if seen.said != string(value) {
		said := t.newSkill(c)
		if said == "" {
			return ""
		}
		*seen = spelled{string(value), t.spellings.mentioned(t, said)}
	}
	return seen.id
}

// newSkill reads the id of a skill as it stands, but for what cannot be seen of it. It stands in lists
// that are joined by bars.
func (t *table) newSkill(c int) skein.SkillID { return t.skillOf(c, t.trimmed(c)) }

// skillOf reads the id of a skill that is said in column c.
func (t *table) skillOf(c int, value []byte) skein.SkillID {
	if _, there := t.spellings.known.Skills[skein.SkillID(value)]; !there {
		value = []byte(tidySkill(string(value)))
	}
	id := t.checkID(c, value)
	if strings.ContainsRune(id, '|') {
		t.problem(c, "A skill's id has no bar (|) in it.")
		return ""
	}
	if misread(id) {
		t.problem(c, "A skill's id does not end in a colon and a digit from 1 to 5: that is how requirements give the importance.")
		return ""
	}
	return skein.SkillID(id)
}

// tidySkill takes out of a skill's id what came with it unseen when somebody copied it. What turns text
// round, and control characters, stay, to be refused.
func tidySkill(id string) string {
	if strings.ContainsFunc(id, skein.Unprintable) {
		return id
	}
	return skein.Tidy(id)
}
