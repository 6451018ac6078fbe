package chooser

import "testing"

func TestWhatEvidenceCameFromInWords(t *testing.T) {
	t.Parallel()
	titles := map[string]string{"led:dock": "Dock Repair", "role-lead:v1.37-docs": "Release 1.37: docs"}
	for source, want := range map[string]string{
		"led:dock":                                 "Dock Repair",
		"role-lead:v1.37-docs":                     "“Release 1.37: docs”",
		"role-shadow:v1.36-docs":                   "v1.36 docs (role shadow)",
		"Mains Renewal":                            "Mains Renewal",
		"https://x.org/a:b":                        "https://x.org/a:b",
		"before Skein: the pumps":                  "before Skein: the pumps",
		"0197b2a4-0000-4000-8000-000000000001":     "",
		"led:0197b2a4-0000-4000-8000-000000000001": "",
		"": "",
	} {
		if got := sourceName(titles, source); got != want {
			t.Errorf("%q reads %q, want %q", source, got, want)
		}
	}
	for source, want := range map[string]string{"role-lead:v1.37-docs": "role lead", "Mains Renewal": "", "before Skein: the pumps": ""} {
		if got := DoneThere(source, ""); got != want {
			t.Errorf("%q: done there %q, want %q", source, got, want)
		}
	}
}
