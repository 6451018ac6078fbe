package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"skein/internal/words"
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
		`update skill set name = 'ידע 5!'`,
		`update organisation set name = 'ארגון 8!', vision = 'חזון 9!', purpose = 'תכלית: 10!'`,
		`update claim set why = 'סיבה: 11!'`, `update review set what = 'האם 12!'`, `update pick set reason = 'כי 13!'`,
		`update need set what = 'כלי 14!'`, `update guardrail set reason = 'כי 15!'`,
	} {
		h.exec(sql)
	}
}

// TestNamesThatRunTheOtherWayStandApart looks at every page: wherever a letter runs from right to left,
// something around it holds it apart from what stands beside it.
func TestNamesThatRunTheOtherWayStandApart(t *testing.T) {
	t.Parallel()
	for _, row := range matrix() {
		if row.method != http.MethodGet {
			continue
		}
		t.Run(row.route, func(t *testing.T) {
			t.Parallel()
			h := newTest(t, func(c *Config) { c.Demo = true })
			h.exec(`update organisation set demo = true`)
			people := h.cast()
			at := h.place(row)
			h.exec(`insert into skill (id, name) values ('valve', 'Valve data') on conflict do nothing`)
			h.exec(`insert into evidence (person_id, skill_id, kind, level, observed_on) select id, 'valve', 'self', 3, $1 from person`, wall)
			h.exec(`insert into requirement (phase_id, skill_id, importance) values ('00000000-0000-7000-8000-000000000002', 'valve', 5) on conflict do nothing`)
			h.exec(`update priority set owner_id = 'ines-calder'`)
			h.rightToLeft()
			found := false
			for _, hat := range everyHat {
				if hat == asAnonymous || hat == asDeactivated || row.who[hat] != comesIn {
					continue
				}
				a := h.as(people[hat]).get(at)
				if !strings.HasPrefix(a.Response.Header.Get("Content-Type"), "text/html") {
					continue
				}
				for _, node := range a.Find("body").Nodes {
					apart(t, node, false, &found)
				}
			}
		})
	}
}

// apart reports texts below a node that run from right to left and are not held apart.
func apart(t *testing.T, n *html.Node, held bool, found *bool) {
	t.Helper()
	if n.Type == html.TextNode && words.RightToLeft(n.Data) {
		*found = true
		if !held && !isolated(n.Data) {
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
		apart(t, c, held, found)
	}
}

// isolated tells whether every letter that runs from right to left stands between two marks.
func isolated(text string) bool {
	depth := 0
	for _, r := range text {
		switch {
		case r == 0x2068:
			depth++
		case r == 0x2069:
			depth--
		case depth == 0 && words.RightToLeft(string(r)):
			return false
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
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
