package server

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"skein/internal/skein"
	"skein/web/path"
)

// tended is a house with an administrator, and the skills valve, flow and write.
func tended(t *testing.T) (*house, *browser) {
	h := newTest(t)
	admin := h.person("Noor Basri", skein.Hat{Kind: skein.Administrator})
	h.exec(`insert into skill (id, name) values ('valve', 'Valve data'), ('flow', 'Flow data'), ('write', 'Plain writing'), ('valves', 'Valve-data')`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) values ($1, 'flow', 'self', 3, '2026-05-01')`, string(admin))
	return h, h.as(admin)
}

func TestSkillsAreTended(t *testing.T) {
	t.Parallel()
	t.Run("the list", func(t *testing.T) {
		t.Parallel()
		h, noor := tended(t)
		noor.get(path.AdminSkills).is(http.StatusOK).says("main", "Flow data").says("#alike", "Valve data and Valve-data").says("main", "One person")
		noor.get(path.AdminSkills+"?q=flow+dat").says("main", "Flow data").lacks("main", "Plain writing")
		noor.get(path.AdminSkills+"?show=retired").says("main", "No skill like that")
		noor.maxRoundTrips(6, path.AdminSkills)
		h.as(h.person("Teo Marchi")).get(path.AdminSkills).is(http.StatusForbidden)
		h.anonymous().get(path.AdminSkills).is(http.StatusSeeOther)
		h.breaks("requirement")
		noor.get(path.AdminSkills).is(http.StatusInternalServerError).silent()
	})
	t.Run("its forms", func(t *testing.T) {
		t.Parallel()
		h, noor := tended(t)
		noor.get(path.AdminSkill("valve")).is(http.StatusOK).says("#name", "What it is called").says("#kind", "By half in two years")
		noor.get(path.AdminSkill("nothing")).is(http.StatusNotFound)
		noor.post(path.RenameSkill("valve"), "name", "Flow data", "version", "1").is(http.StatusUnprocessableEntity).says("#name .wrong", "called so already").
			has(1, "#name a[href='"+path.MergeSkill("valve")+"?into=flow']").says("#name", "Merge Valve data into Flow data")
		noor.post(path.RenameSkill("valve"), "name", "", "version", "1").is(http.StatusUnprocessableEntity).says("#name .wrong", "Name the skill").lacks("#name", "Merge")
		noor.post(path.RenameSkill("valve"), "name", "Pump data", "version", "1").goesTo(path.AdminSkill("valve") + "#name")
		noor.get(path.AdminSkill("valve")).says("#name", "Also called Valve data")
		noor.post(path.DropSkillName("valve"), "name", "Valve data").goesTo(path.AdminSkill("valve") + "#name")
		noor.post(path.SetSkill("valve"), "kind", "domain", "fades", "other", "version", "2").is(http.StatusUnprocessableEntity).says("#kind .wrong", "in how many days")
		noor.post(path.SetSkill("valve"), "kind", "domain", "fades", "730", "version", "2").goesTo(path.AdminSkill("valve") + "#kind")
		noor.get(path.AdminSkill("valve")).says("main", "fades by half in two years")
		noor.post(path.RetireSkill("valve"), "version", "3").goesTo(path.AdminSkill("valve") + "#use")
		noor.post(path.SettingsWishes, "wish", "Pump data").is(http.StatusUnprocessableEntity).says("#wishes .wrong", "not used any more")
		noor.post(path.BringBackSkill("valve"), "version", "4").goesTo(path.AdminSkill("valve") + "#use")
		noor.post(path.RetireSkill("practice-incidents")).is(http.StatusForbidden)
		if n := h.count(`select count(*) from audit_told where noun = 'skill'`); n != 5 {
			t.Errorf("%d rows of the log", n)
		}
	})
	t.Run("merging", func(t *testing.T) {
		t.Parallel()
		h, noor := tended(t)
		noor.get(path.MergeSkill("flow")+"?name=Valv+data").is(http.StatusUnprocessableEntity).says("#merge .wrong", "Did you mean Valve data")
		noor.get(path.MergeSkill("flow")+"?name=Flow+data").is(http.StatusUnprocessableEntity).says("#merge .wrong", "That is this skill")
		noor.get(path.MergeSkill("flow")+"?name=valve+data").is(http.StatusOK).says("main", "one person").says("main", "It cannot be parted again")
		noor.post(path.MergeSkill("flow"), "into", "valve", "version", "7").is(http.StatusConflict)
		noor.post(path.MergeSkill("flow"), "into", "valve", "version", "1", "into_version", "1").goesTo(path.AdminSkill("valve"))
		noor.get(path.AdminSkill("flow")).says("h1", "Valve data")
		noor.get(path.People+"?skill=FLOW+data").says("main", "Noor Basri")
		noor.get(path.AdminAudit).says("main", "merged a skill into another")
		if n := h.count(`select count(*) from skill where id = 'flow'`); n != 0 {
			t.Error("it is still there")
		}
	})
}

// While somebody types a skill, those that are like it are offered, the likest first.
func TestWhoTypesASkillIsOfferedWhatIsLikeIt(t *testing.T) {
	t.Parallel()
	h, noor := tended(t)
	h.exec(`insert into skill (id, name, retired_at) values ('lobby', 'Valley walks', now()), ('dive', 'Diving for valves', null), ('hundred', '100 % rain', null)`)
	h.exec(`insert into skill (name) select 'Pipe ' || n from generate_series(10, 30) n`)
	noor.post(path.RenameSkill("write"), "name", "Letters", "version", "1").goesTo(path.AdminSkill("write") + "#name")
	offered := func(typed string) []string {
		t.Helper()
		answer := noor.get(path.SkillsLike + "?q=" + url.QueryEscape(typed)).is(http.StatusOK)
		var all []string
		answer.Find("option").Each(func(_ int, o *goquery.Selection) {
			all = append(all, strings.TrimSuffix(o.AttrOr("value", "")+"|"+o.Text(), "|"))
		})
		return all
	}
	for typed, want := range map[string][]string{
		"valv":                  {"Valve data", "Valve-data", "Diving for valves"}, // begins so, has a word that does; the retired one never
		"valv dta":              {"Valve data", "Valve-data"},
		"VALVES":                {"Diving for valves"},
		"plain":                 {"Letters|Letters, also called Plain writing"},
		"%":                     {"100 % rain"},
		"_":                     nil,
		"\\":                    nil,
		"zzz":                   nil,
		"":                      nil,
		strings.Repeat("v", 81): nil,
	} {
		if got := offered(typed); !slices.Equal(got[:min(len(got), len(want))], want) || len(want) == 0 && len(got) > 0 {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	if got := offered("pipe"); len(got) != 8 {
		t.Errorf("%d are offered: %q", len(got), got)
	}
	noor.maxRoundTrips(3, path.SkillsLike+"?q=valv") // the session, who it is, and the names
	for at, fields := range map[string]int{path.Settings: 2, path.Welcome: 2, path.WelcomeBefore: 1, path.AdminSkill("valve"): 1} {
		if n := noor.get(at).is(http.StatusOK).Find("[data-like='" + path.SkillsLike + "']").Length(); n != fields {
			t.Errorf("%s: %d fields ask", at, n)
		}
	}
	h.breaks("skill_name")
	noor.get(path.SkillsLike + "?q=valv").is(http.StatusInternalServerError).silent()
}

// A name that is like others is asked about once, and what was typed stays.
func TestWhoTypesASkillIsAskedWhatTheyMean(t *testing.T) {
	t.Parallel()
	h, noor := tended(t)
	asked := noor.post(path.SettingsWishes, "wish", "Valve dat").is(http.StatusUnprocessableEntity).
		says("#wishes .wrong", "Say below what you mean").has(1, "#wishes input[name='meant.VALVE DAT'][value='use:Valve data']").
		has(1, "#wishes input[name='meant.VALVE DAT'][value=new]")
	if typed, _ := asked.Find("#wishes input[name=wish]").Attr("value"); typed != "Valve dat" {
		t.Errorf("what was typed is gone: %q", typed)
	}
	noor.post(path.SettingsWishes, "wish", "Valve dat", "meant.VALVE DAT", "use:Valve data").goesTo(path.Settings + "#wishes")
	noor.post(path.SettingsWishes, "wish", "Flow dat", "meant.FLOW DAT", "new").goesTo(path.Settings + "#wishes")
	if got := h.text(`select string_agg(skill.name, ', ' order by skill.name) from wish join skill on skill.id = skill_id`); got != "Flow dat, Valve data" {
		t.Errorf("wishes for %s", got)
	}
}
