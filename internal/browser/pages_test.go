package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// pages are the addresses that each of the demo's people looks at, and the name of the picture.
var pages = []struct {
	who   string
	looks []struct{ name, address string }
}{
	{"Ines", []struct{ name, address string }{
		{"home", "/"},
		{"leads", "/leads"},
		{"leads-why", "/leads?why=night-pressure"},
		{"project-open", "/projects/night-pressure"},
		{"project-led", "/projects/mains-renewal"},
		{"project-history", "/projects/listening-school"},
		{"project-draft", "/projects/hydrant-paint"},
		{"project-over", "/projects/spring-clean"},
		{"claim", "/projects/night-pressure/claim"},
		{"result-chosen", "/projects/leak-sensors/result"},
		{"propose", "/projects/new"},
		{"people", "/people"},
		{"person", "/people/dario-venn"},
		{"oneself", "/people/ines-calder"},
		{"team", "/teams/network"},
		{"settings", "/settings"},
		{"how", "/how"},
		{"vision-read", "/vision"},
		{"notices", "/notices"},
		{"search", "/search?q=leak"},
		{"in-the-way", "/in-the-way"},
	}},
	{"Hamish", []struct{ name, address string }{{"result-not-chosen", "/projects/leak-sensors/result"}}},
	{"Teo", []struct{ name, address string }{{"first-sign-in", "/"}}},
	{"Marta", []struct{ name, address string }{
		{"check", "/projects/stop-tap-register/result"}, {"team-steward", "/teams/leaks"},
	}},
	{"Judith", []struct{ name, address string }{
		{"review", "/admin"},
		{"review-move", "/admin?move=bills-people-understand"},
		{"vision", "/admin/vision"},
		{"vision-change", "/admin/vision?change=priority:bills-people-understand"},
		{"guardrail-change", "/admin/vision?add=guardrail"},
	}},
	{"Gethin", []struct{ name, address string }{
		{"access", "/admin/people"},
		{"access-person", "/admin/people/ines-calder"},
		{"audit", "/admin/audit"},
	}},
}

// Every page, wide and on a phone, in light and dark: axe finds nothing, nothing scrolls sideways,
// the browser reports no error. With SKEIN_SCREENSHOTS set it takes the pictures too.
func TestEveryPageIsSound(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	door := browser.Open(t, h.url+"/sign-in", browser.Look{})
	door.Sound()
	door.Pictures("sign-in")
	for _, person := range pages {
		p := h.as(person.who, browser.Look{})
		for _, look := range person.looks {
			p.Visit(h.url + look.address)
			if p.Has("heading", "Nothing is here") {
				t.Errorf("%s finds nothing at %s", person.who, look.address)
				continue
			}
			p.Sound()
			p.Pictures(look.name)
		}
	}
}
