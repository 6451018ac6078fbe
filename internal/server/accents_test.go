package server

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"skein/internal/exchange"
	"skein/web/path"
)

// spelled is a house with people, teams, skills and projects whose names have accents, letters of their
// own and capitals. Each name is made up.
func spelled(t *testing.T) (h *house, owen *browser) {
	h = newTest(t)
	owen = h.as(h.person("Owen Pell", administrator))
	for i, name := range []string{
		"Zoe Ash", "Éva Ács", "Øystein Bø", "ann lower", "İpek Işık", "Jörg Weiß", "Nguyễn Thị Minh Khai", "Łucja Żak", "Đorđe Ćosić",
		"Þóra Æsir", "O'Brien Tam", "Nguye\u0302\u0303n Quy", "Ελένη Νάκη", "דנה לוי", "ʻOkina Kahaʻi", "X",
	} {
		h.exec(`insert into person (id, name, about) values ($1, $2, '')`, fmt.Sprint("p", i), name)
	}
	h.exec(`insert into circle (id, name) values ('z', 'Zisterne'), ('o', 'Ölwehr'), ('e', 'écluse'), ('p', 'Pumpen')`)
	h.exec(`insert into project (id, title, purpose, state, circle_id, published_at) values
		('cafe', 'Café am Wehr', 'Für die Übergabe.', 'open', 'o', now()), ('over', 'Émile’s List', '', 'open', 'o', now()), ('zebra', 'Zebra', '', 'open', 'o', now())`)
	h.exec(`insert into phase (project_id) select id from project`)
	return h, owen
}

// listed are the names on a page, in their order.
func listed(a *answer, selector string) (names []string) {
	for _, found := range a.Find(selector).EachIter() {
		names = append(names, strings.TrimSpace(found.Text()))
	}
	return names
}

func TestPeopleAreFoundHoweverTheirNamesAreTyped(t *testing.T) {
	t.Parallel()
	h, owen := spelled(t)
	for typed, want := range map[string]string{
		"Nguyen": "Nguyễn Thị Minh Khai", "nguyễn": "Nguyễn Thị Minh Khai", "nguye\u0302\u0303n minh": "Nguyễn Thị Minh Khai", "eva": "Éva Ács", "ÉVA": "Éva Ács",
		"acs": "Éva Ács", "jorg": "Jörg Weiß", "weiss": "Jörg Weiß", "WEISS": "Jörg Weiß", "oystein": "Øystein Bø", "øystein": "Øystein Bø", "bo": "Øystein Bø",
		"lucja": "Łucja Żak", "zak": "Łucja Żak", "dorde": "Đorđe Ćosić", "cosic": "Đorđe Ćosić", "ipek": "İpek Işık", "isik": "İpek Işık",
		"thora": "Þóra Æsir", "aesir": "Þóra Æsir", "o'brien": "O'Brien Tam", "ελενη": "Ελένη Νάκη", "דנה": "דנה לוי", "kahai": "ʻOkina Kahaʻi", "ann": "ann lower",
	} {
		for _, at := range []string{path.People, path.Search, path.AdminPeople} {
			page := owen.get(at + "?show=without&q=" + url.QueryEscape(typed)).is(http.StatusOK)
			if found := page.said("main"); !strings.Contains(found, want) {
				t.Errorf("%s?q=%s does not find %s", at, typed, want)
			}
		}
		if typed != "Nguyen" {
			continue
		}
		if n := strings.Count(owen.get(path.People+"?q=Nguyen").said("main"), "Quy"); n == 0 {
			t.Error("a name that is kept as letters and marks apart is not found")
		}
	}
	if owen.get(path.People+"?q=zzz").said("main") == "" || strings.Contains(owen.get(path.People+"?q=weis%20x").said("main"), "Weiß") {
		t.Error("what nobody is called is found")
	}
	for typed, want := range map[string]string{"cafe": "Café am Wehr", "CAFÉ": "Café am Wehr", "ubergabe": "Café am Wehr", "emile": "Émile’s List"} {
		owen.get(path.Search+"?q="+url.QueryEscape(typed)).says("main", want)
	}
	h.exec(`insert into claim_window (project_id, phase_id, opened_at, seed) select project_id, id, $1, 's' from phase`, wall)
	owen.get(path.Leads+"?q=cafe").says("main", "Café am Wehr").says("main", "One open.")
	h.happened(wall, "p1", "person.welcome", "person", "p1", "")
	owen.get(path.AdminAudit+"?who=eva").has(1, "section time")
}

func TestNamesStandWhereTheyAreLookedFor(t *testing.T) {
	t.Parallel()
	h, owen := spelled(t)
	want := []string{
		"ann lower", "Đorđe Ćosić", "Éva Ács", "İpek Işık", "Jörg Weiß", "Łucja Żak", "Nguye\u0302\u0303n Quy", "Nguyễn Thị Minh Khai",
		"O'Brien Tam", "ʻOkina Kahaʻi", "Owen Pell", "Øystein Bø", "Þóra Æsir", "X", "Zoe Ash", "Ελένη Νάκη", "דנה לוי",
	}
	all := listed(owen.get(path.People), "main a.strong")
	if !slices.Equal(all, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(all, ", "), strings.Join(want, ", "))
	}
	if teams := listed(owen.get(path.People), "select[name=circle] option")[1:]; !slices.Equal(teams, []string{"écluse", "Ölwehr", "Pumpen", "Zisterne"}) {
		t.Errorf("teams: %v", teams)
	}
	if leads := listed(owen.get(path.Team("o")), "#leads a"); !slices.Equal(leads, []string{"Café am Wehr", "Émile’s List", "Zebra"}) {
		t.Errorf("leads: %v", leads)
	}
	// Page by page nobody is left out, whichever letters their name has.
	for i := range 70 {
		h.exec(`insert into person (id, name) values ($1, $2)`, fmt.Sprint("e", i), []string{"Émile", "Emile", "ÉMILE", "emilé"}[i%4]+fmt.Sprint(" ", i%7))
	}
	seen, at := map[string]bool{}, path.People
	for at != "" {
		page := owen.get(at).is(http.StatusOK)
		for _, link := range page.Find("main a.strong").EachIter() {
			to, _ := link.Attr("href")
			if seen[to] {
				t.Fatalf("%s stands twice", to)
			}
			seen[to] = true
		}
		at, _ = page.Find("a[rel=next]").Attr("href")
	}
	if len(seen) != len(want)+70 {
		t.Errorf("%d people on all pages, want %d", len(seen), len(want)+70)
	}
}

// readable is a folder without the people whose names hold what nobody can see: such a file is refused.
func readable(t *testing.T, folder string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	hidden := func(row string) bool {
		return strings.ContainsAny(row, "\u202e\u200b") || strings.HasPrefix(row, "rlo,") || strings.HasPrefix(row, "zw,")
	}
	for _, name := range exchange.FileNames {
		file := filepath.Join(dir, name)
		text, err := os.ReadFile(file)
		if err != nil {
			continue // a folder need not have it
		}
		rows := slices.DeleteFunc(strings.Split(string(text), "\n"), hidden)
		if err := os.WriteFile(file, []byte(strings.Join(rows, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The small inputs of somebody who does this job, where they are beside this checkout.
func TestThePeopleOfAnotherCountryAreFound(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("..", "..", "..", "shared", "cases", "31-accents", "in")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the small inputs are not beside this checkout (../shared/cases)")
	}
	h := newTest(t)
	id := h.person("Owen Pell")
	h.importsFolder(readable(t, folder), wall.AddDate(0, 6, 0))
	more := t.TempDir()
	text, err := os.ReadFile(filepath.Join(folder, "people-more.csv"))
	if err == nil {
		err = os.WriteFile(filepath.Join(more, exchange.PeopleFile), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	h.importsFolder(more, wall.AddDate(0, 6, 0))
	h.later(wall.AddDate(0, 6, 0).Sub(wall))
	h.exec(`update person set deactivated_at = null, active_from = null`)
	owen := h.as(id)
	for typed, want := range map[string]string{"Nguyen": "Nguyễn Thị Minh Khai", "eva": "Éva Ács", "jorg": "Jörg Weiß", "oystein": "Øystein Bø"} {
		for _, at := range []string{path.People, path.Search} {
			owen.get(at+"?q="+typed).is(http.StatusOK).says("main", want)
		}
	}
	var order []string
	for _, name := range listed(owen.get(path.People), "main a.strong") {
		if strings.HasPrefix(name, "É") || strings.HasPrefix(name, "Ø") || strings.HasPrefix(name, "Z") || strings.HasPrefix(name, "D") || strings.HasPrefix(name, "N") {
			order = append(order, name)
		}
	}
	if want := []string{"Éva Ács", "Nguyễn Thị Minh Khai", "Øystein Bø", "Zoe Ash"}; !slices.Equal(order, want) {
		t.Errorf("%v, want %v", order, want)
	}
}
