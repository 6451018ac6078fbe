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
	{"Tomas", []struct{ name, address string }{
		{"led-own", "/projects/drought-desk"},
		{"led-change", "/projects/drought-desk/change"},
		{"led-work", "/projects/drought-desk/work"},
		{"led-remit", "/projects/drought-desk/remit"},
		{"led-something-changed", "/projects/drought-desk/changed"},
		{"led-hand-over", "/projects/drought-desk/hand-over"},
		{"led-stand-in", "/projects/drought-desk/stand-in"},
		{"led-step-down", "/projects/drought-desk/step-down"},
		{"led-complete", "/projects/drought-desk/complete"},
		{"decision-new", "/projects/drought-desk/decisions/new"},
		{"decisions", "/decisions"},
		{"library", "/growth/library"},
		{"how-did-it-go-closed", "/projects/bathing-signs/how-did-it-go"},
		{"project-reviewed", "/projects/bathing-signs"},
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
