package factsdb

import (
	"testing"

	"skein/internal/skein"
)

// The statements of one reading do not see one moment: somebody may be renamed, or leave, between them.
func TestRowsOfWhoeverIsGoneByNowArePassedOver(t *testing.T) {
	t.Parallel()
	var r Comparing
	r.people = append(r.people, factRow{ID: "ann", Active: true})
	for _, who := range []string{"ann", "gone"} {
		r.evidence = append(r.evidence, seenRow{Person: who, Skill: "s"})
		r.earlier = append(r.earlier, earlierRow{Person: who, Project: "p"})
		r.wishes = append(r.wishes, wishRow{Person: who, Skill: "s"})
		r.absences = append(r.absences, absenceRow{Person: who})
	}
	all := r.facts()
	if len(all) != 1 || all[0].Person != "ann" || len(all[0].Evidence) != 1 || len(all[0].Earlier) != 1 ||
		len(all[0].Absences) != 1 || len(all[0].Wishes) != 1 || all[0].Wishes[0] != skein.SkillID("s") {
		t.Errorf("%+v", all)
	}
}
