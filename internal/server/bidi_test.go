package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/path"
)

// rightToLeft writes all names and texts of the cast from right to left, each with an end that would
// stand at the wrong side of it, were it not held apart from the words beside it.
func (h *house) rightToLeft() {
	h.Helper()
	h.exec(`update person set name = 'דנה' || chr(1488 + place::int) || '! לוי 7!', about = 'עליי: 100% נכון!'
		from (select id, row_number() over (order by id) as place from person) p where p.id = person.id`)
	for _, sql := range []string{
		`update project set title = 'פרויקט (שלב 2)! ' || chr(1488 + length(id)) || '9!', purpose = 'מטרה: להגיע ל-100% עד 2027!', judged_by = 'לפי 3 דברים!'`,
		`update circle set name = 'צוות 3!', purpose = 'מטרה: 4!'`,
		`update priority set title = 'מטרה 4!', measure = 'לפי 5!', horizon = 'עד 6!'`,
		`update skill set name = 'ידע ' || chr(1488 + place::int) || ' 5!'
			from (select id, row_number() over (order by id) as place from skill) s where s.id = skill.id`,
		`update member set brings = 'עם 17!'`, `update ask set about = 'לפני 18!'`,
		`update organisation set name = 'ארגון 8!', vision = 'חזון 9!', purpose = 'תכלית: 10!'`,
		`update claim set why = 'סיבה: 11!'`, `update review set what = 'האם 12!'`, `update pick set reason = 'כי 13!'`,
		`update need set what = 'כלי 14!'`, `update guardrail set reason = 'כי 15!'`,
	} {
		h.exec(sql)
	}
}

// TestNamesThatRunTheOtherWayStandApart looks at every page, and at those that tell of a lead's life at
// each of its stations: wherever a letter runs from right to left, something around it holds it apart
// from what stands beside it.
func TestNamesThatRunTheOtherWayStandApart(t *testing.T) {
	t.Parallel()
	stations := map[string]func(*house) string{}
	for _, row := range matrix() {
		if row.method == http.MethodPost && row.set != nil && row.route != "/invitations/{token}" {
			stations[row.route] = row.set
		}
	}
	for _, row := range matrix() {
		if row.method != http.MethodGet {
			continue
		}
		t.Run(row.route, func(t *testing.T) {
			t.Parallel()
			h, people := opposite(t)
			at := h.place(row)
			h.rightToLeft()
			h.lookAt(t, people, row.who, at)
		})
	}
	for station, set := range stations {
		t.Run("at "+station, func(t *testing.T) {
			t.Parallel()
			h, people := opposite(t)
			set(h)
			h.exec(`insert into notice (person_id, kind, project_id, who_id, skill_id, made_at, about)
				select person.id, kind, 'meter-letters', 'noor-basri', 'valve2', $1, kind
				from person, unnest(array['offer', 'taken', 'check', 'restarted', 'closing', 'invite', 'review', 'nobody', 'endorsed']) as kind`, wall)
			h.rightToLeft()
			for _, at := range []string{
				path.Home, path.Notices, path.Result("meter-letters"), path.Project("meter-letters"), path.Project("night-pressure"),
				path.Team("leaks"), path.Teams, path.TeamsIn("leaks", ""), path.TeamsIn("leaks", "tree"), path.Person("ines-calder"), path.Person("teo-marchi"), path.ClaimProject("meter-letters"), "/asks/00000000-0000-7000-8000-0000000000cc",
			} {
				h.lookAt(t, people, allStaff(), at)
			}
		})
	}
}

// opposite is a house in which everybody knows something, before it is written from right to left.
func opposite(t *testing.T) (*house, map[string]skein.PersonID) {
	t.Helper()
	h := newTest(t, func(c *Config) { c.Demo = true })
	h.exec(`update organisation set demo = true`)
	people := h.cast()
	h.exec(`insert into skill (id, name) values ('valve2', 'Valve data too')`)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) select id, 'valve2', 'self', 3, $1 from person`, wall)
	h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on, given_by, note)
		select id, 'valve2', 'peer', 4, $1::date - 9, 'noor-basri', 'טוב 16!' from person where id <> 'noor-basri'`, wall)
	h.exec(`insert into requirement (phase_id, skill_id, importance) values ('00000000-0000-7000-8000-000000000002', 'valve2', 5)`)
	h.exec(`update priority set owner_id = 'ines-calder'`)
	return h, people
}

// lookAt looks at one page in the name of each who comes in.
func (h *house) lookAt(t *testing.T, people map[string]skein.PersonID, who access, at string) {
	t.Helper()
	for _, hat := range everyHat {
		if hat == asAnonymous || hat == asDeactivated || who[hat] != comesIn {
			continue
		}
		a := h.as(people[hat]).get(at)
		if a.Response.StatusCode >= 500 {
			t.Errorf("%s: %d\n%s", at, a.Response.StatusCode, h.log)
		}
		if !strings.HasPrefix(a.Response.Header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, node := range a.Find("body").Nodes {
			apart(t, node, false)
		}
	}
}

// apart reports texts below a node that run from right to left and are not held apart.
func apart(t *testing.T, n *html.Node, held bool) {
	t.Helper()
	if n.Type == html.TextNode && words.RightToLeft(n.Data) {
		if !(held && !strings.ContainsFunc(n.Data, latin)) && !isolated(n.Data) {
			t.Errorf("not held apart: %q in %s", strings.TrimSpace(n.Data), trail(n))
		}
	}
	if n.Type == html.ElementNode {
		if slices.Contains([]string{"script", "style", "option", "title", "svg"}, n.Data) {
			return
		}
		held = held || n.Data == "bdi" || attribute(n, "dir") == "auto"
		if n.Data == "input" && words.RightToLeft(attribute(n, "value")) && attribute(n, "type") != "hidden" && slices.Contains([]string{"", "text", "search"}, attribute(n, "type")) && !held {
			t.Errorf("%s runs one way only", attribute(n, "name"))
		}
		if value := attribute(n, "value"); strings.ContainsAny(value, "\u2068\u2069") {
			t.Errorf("a mark of direction would be sent: %q", value)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		apart(t, c, held)
	}
}

func latin(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// isolated tells whether every letter that runs from right to left stands between two marks, with
// nothing of the sentence around it.
func isolated(text string) bool {
	for _, part := range strings.Split(text, "\u2069") {
		outside, inside, marked := cutLast(part, "\u2068")
		if words.RightToLeft(outside) || marked && words.RightToLeft(inside) && strings.ContainsFunc(inside, latin) {
			return false
		}
	}
	return strings.Count(text, "\u2068") == strings.Count(text, "\u2069")
}

// cutLast cuts a text at the last mark; all of it is before one that is not there.
func cutLast(text, mark string) (before, after string, found bool) {
	if i := strings.LastIndex(text, mark); i >= 0 {
		return text[:i], text[i+len(mark):], true
	}
	return text, "", false
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// trail is where a node stands, for whoever mends it.
func trail(n *html.Node) string {
	var names []string
	for p := n.Parent; p != nil && len(names) < 5; p = p.Parent {
		name := p.Data
		if class := attribute(p, "class"); class != "" {
			name += "." + class
		}
		names = append(names, name)
	}
	slices.Reverse(names)
	return strings.Join(names, " > ")
}
