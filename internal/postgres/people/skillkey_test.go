package peopledb_test

import (
	"testing"

	"skein/internal/postgres/pgtest"
	"skein/internal/skein"
)

// Files are read by Go, and names are kept by the database: both must take the same names for one.
func TestTheDatabaseKeysSkillsAsGoDoes(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t)
	for _, name := range []string{
		"Valve data", "RÉSUMÉ  writing", "Øystein Łódź", "Straße", "Ænima œuvre", "Ｆｕｌｌ ｗｉｄｔｈ", "数据 分析", "e\u0301 combining", "İstanbul ılık", "ʻOkina", "Ελλάδα", "Þing Ðð",
	} {
		if got := pgtest.Texts(t, pool, `select skill_key('`+name+`')`)[0]; got != skein.SkillKey(name) {
			t.Errorf("%q: the database says %q, Go %q", name, got, skein.SkillKey(name))
		}
	}
}
