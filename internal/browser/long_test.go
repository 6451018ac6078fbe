package browser_test

import (
	"context"
	"strings"
	"testing"

	"skein/internal/browser"
	"skein/web/path"
)

// Names may be one long word, as of a department in some languages: no page grows wider than a phone.
func TestLongWordsStayWithinAPhone(t *testing.T) {
	t.Parallel()
	address, pool := teo(t)
	long := "Abwasserbehandlungsanlagenbetriebs" + strings.Repeat("o", 27) + "leitung" // 68 letters
	if _, err := pool.Exec(context.Background(), `
		update circle set name = '`+long+`';
		update person set name = name || ' `+long+`', welcomed_at = now(), read_how_at = now();
		update skill set name = '`+long+`' where id = 'valve';
		update organisation set name = '`+long+`', circle_word = 'Organisationseinheitsbezeichnung';
		insert into priority (id, title, measure, place) values ('p', '`+long+`', '`+long+`', 1);
		update project set title = '`+long+`', purpose = '`+long+`', circle_id = 'apps', priority_id = 'p' where id = 'pressure';
		insert into evidence (person_id, skill_id, kind, level, observed_on) values ('teo', 'valve', 'self', 3, '2026-05-01');
		insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, note) values ('teo', 'valve', 'peer', 3, '2026-05-01', 'alba', '`+long+`');
		update project set title = '`+long+` 2', circle_id = 'apps', state = 'led' where id = 'letters';
		delete from claim_window where project_id = 'letters';
		insert into term (project_id, person_id, state, during, ends_on, live_at) values ('letters', 'teo', 'live', '[2026-05-01,)', '2026-09-01', '2026-05-01');
		insert into stand_in (project_id, spell, person_id, for_id, state, asked_at, answer_by, answered_at, from_on) values
			('letters', gen_random_uuid(), 'alba', 'teo', 'standing', '2026-05-01', '2026-05-03', '2026-05-01', '2026-05-01');
		insert into hat (person_id, kind, circle_id, given_at) values ('alba', 'administrator', null, now()), ('alba', 'executive', null, now()), ('alba', 'steward', 'apps', now())`); err != nil {
		t.Fatal(err)
	}
	p := signIn(t, address, "alba@corriemere.example", browser.Look{Width: 360, Height: 740})
	for _, at := range []string{
		path.Home, path.Leads, path.Project("pressure"), path.Project("letters"), path.ClaimProject("pressure"), path.EditProject("pressure"), path.NewProject, path.People, path.Person("teo"),
		path.Person("alba"), path.Team("apps"), path.Teams, path.TeamsIn("apps", ""), path.TeamsIn("apps", "tree"), path.AdminTeams, path.AdminTeam("apps"), path.AdminSkills, path.AdminSetup, path.Settings, path.SettingsSignIn, path.Admin, path.AdminVision, path.AdminPeople, path.AdminPerson("teo"), path.AdminAudit, path.How,
		path.Notices, path.Welcome, path.WelcomeBefore, path.Search + "?q=" + long[:20], "/nowhere", path.InTheWay,
	} {
		p.Visit(address + at)
		if over := p.Sideways(); over > 0 {
			t.Errorf("%s scrolls sideways by %d pixels: %s", at, over, browser.Eval[string](p, `[...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 6).map((e) => e.tagName.toLowerCase() + "." + (e.getAttribute("class") || "")).join(", ")`))
		}
	}
}
