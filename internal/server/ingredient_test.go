package server

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"skein/internal/exchange"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
	"skein/web/path"
)

// imported is an organisation that came from files, and one of its people before an open lead.
type imported struct {
	folder  string
	extra   map[string]string // files imported after the folder
	person  skein.PersonID
	project string
	circle  string // its rotation is set here: files do not say it
	skill   string // the most important one asked for, by its id
	calls   string // and as people write it
	led     string // what the person led before
	works   string // how many pieces of work speak for them
	newest  string // the day of the newest evidence
}

func organisations(t *testing.T) map[string]imported {
	return map[string]imported{
		"made up": {
			folder: "testdata/crews", person: "g-01", project: "summer-maps", circle: "River Crew", skill: "night-maps", calls: "Night maps",
			led: "Winter rounds: maps", works: "Two pieces of work", newest: "20 January",
		},
		"of a real organisation": {
			folder: filepath.Join("..", "..", "..", "shared", "data", "k8s-release"), person: "p-0071", project: "v1.38-docs",
			circle: "Releases", skill: "docs", calls: "Docs", led: "Kubernetes 1.36 release team: docs", works: "Four pieces of work", newest: "8 January",
			extra: map[string]string{
				"circles.csv": "id,name\nreleases,Releases\n",
				"projects.csv": "id,title,start_date,requirements,circle,stakes\n" +
					"v1.38-docs,Kubernetes 1.38 release team: docs,2026-05-20,docs:5|release-notes:2|communications:2|release-team:1:4,releases,2\n",
			},
		},
	}
}

// bring imports the organisation, or skips where its files are not.
func (o imported) bring(h *house) {
	h.Helper()
	if _, err := os.Stat(o.folder); err != nil {
		h.Skip("the data of a real organisation is not beside this checkout (../shared/data)")
	}
	folders := []string{o.folder}
	if len(o.extra) > 0 {
		dir := h.TempDir()
		for name, text := range o.extra {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				h.Fatal(err)
			}
		}
		folders = append(folders, dir)
	}
	for _, dir := range folders {
		h.importsFolder(dir, wall)
	}
	h.exec(`update circle set rotation = .6 where name = $1`, o.circle)
	h.exec(`update claim_window set trust = null, rotation = null`) // so that they are asked by what the tests set
	h.exec(`update person set email = 'somebody@corriemere.example', welcomed_at = $2, read_how_at = $2 where id = $1`, o.person, wall)
	h.exec(`insert into account (person_id, email, made_at) values ($1, 'somebody@corriemere.example', $2)`, o.person, wall)
}

// importsFolder brings in a folder of files, as of a moment.
func (h *house) importsFolder(dir string, at time.Time) {
	h.Helper()
	known, err := h.db.Bulk.Known(context.Background(), skein.Day(at))
	if err != nil {
		h.Fatal(err)
	}
	read, report := exchange.Read(dir, known, nil)
	if !report.OK() {
		h.Fatalf("%s: %+v", dir, report)
	}
	if _, err := h.db.Bulk.Import(context.Background(), skein.Itself(at, time.UTC), read, bulkdb.ImportOptions{}); err != nil {
		h.Fatal(err)
	}
}

// holders counts in the file itself who had any evidence in a skill before today; an empty skill
// is any.
func (o imported) holders(t *testing.T, skill string) int {
	t.Helper()
	file, err := os.Open(filepath.Join(o.folder, "evidence.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	people := map[string]bool{}
	for _, row := range rows[1:] {
		if (skill == "" || row[1] == skill) && row[4] <= "2026-05-11" {
			people[row[0]] = true
		}
	}
	return len(people)
}

func TestThePanelSaysEachIngredientOfAnImportedPersonsPlace(t *testing.T) {
	t.Parallel()
	for name, o := range organisations(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			o.bring(h)
			at := path.Project(o.project)
			page := h.as(o.person).get(at).is(http.StatusOK)
			page.says("#turn", "“"+o.led+"”").says("#turn", o.circle+" take turns").
				says(".ingredients", "Who says so: What came of your work and certificates count in full, a colleague’s word half, your own word a fifth.").
				says(".ingredients", o.works).says(".ingredients", "half as much with every 180 days").says(".ingredients", "is from "+o.newest).
				says(".ingredients", fmt.Sprintf("%s (%d of %d)", o.calls, o.holders(t, o.skill), o.holders(t, ""))).
				says(".ingredients", "moves you back here. That stands apart from how well you fit, and half of it is gone after").
				says(".panel .standing li:first-child", "your work in “"+o.led+"”").
				says(".worked .parts", "as role lead").says(".worked", "Ready begins where").says(".worked", "shares of these 100").says("#worked > summary .when-open", "Fold").says(".worked", "you step back by").
				says(".worked", "No guardrail stands against it.").has(1, ".panel .step")
			addsUp(t, page)
			if machine := regexp.MustCompile(`role-\w+:|\b` + regexp.QuoteMeta(o.project) + `\b`).FindString(page.said("main")); machine != "" {
				t.Errorf("the page says %q", machine)
			}
			h.as(o.person).maxRoundTrips(4, at)
		})
	}
}

// addsUp adds the shares that the page shows.
func addsUp(t *testing.T, page *answer) {
	t.Helper()
	sum := 0
	for _, share := range page.Find(".worked .figures").EachIter() {
		n, err := strconv.Atoi(strings.Fields(share.Text())[0])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	page.says(".worked", fmt.Sprintf("= %d of 100", sum))
}

func TestThePanelSaysWhatCountsAtEachTrustLevel(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	o := organisations(t)["made up"]
	o.bring(h)
	for trust, says := range map[skein.Trust]string{
		skein.Open:     "Everything counts in full here, your own word too.",
		skein.Weighed:  "your own word a fifth.",
		skein.Verified: "a colleague’s word half, your own word not at all.",
		skein.Zero:     "a colleague’s word and your own word not at all.",
	} {
		h.exec(`update project set trust = $1, trust_reason = 'Why not', trust_until = '2027-01-01' where id = $2`, trust, o.project)
		h.as(o.person).get(path.Project(o.project)).is(http.StatusOK).says(".ingredients", says)
	}
}

func TestTakingTurnsInItsOwnWords(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	o := organisations(t)["made up"]
	o.bring(h)
	at := path.Project(o.project)
	for rotation, says := range map[string]string{"-0.4": "Leads in River Crew stay with those who know the work", "0": "Here that makes no difference"} {
		h.exec(`update circle set rotation = $1::text::float8`, rotation)
		h.as(o.person).get(at).is(http.StatusOK).says(".panel", says).says(".panel", "“Winter rounds: maps”, from 12 January")
	}
	h.exec(`delete from term`)
	for rotation, says := range map[string]string{"-0.4": "this adds nothing for you", "0": "makes no difference here", "0.6": "nothing holds you back"} {
		h.exec(`update circle set rotation = $1::text::float8`, rotation)
		h.as(o.person).get(at).is(http.StatusOK).says(".ingredients", says).has(0, "#turn")
	}
}
