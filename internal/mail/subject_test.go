package mail

import (
	"mime"
	"strings"
	"testing"
)

// A subject keeps its text, and no line of it is empty or longer than a header's may be.
func TestASubjectFillsItsFirstLine(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{
		"", "You were chosen", "Überprüfung", strings.Repeat("Größere Übung für Fähigkeiten ", 9), strings.Repeat("漢字", 60),
		strings.Repeat("many plain words ", 20), "=?utf-8?q?no?=",
	} {
		line := "Subject: " + subjectLine(subject)
		for i, part := range strings.Split(line, "\r\n") {
			if len(part) > 78 || strings.TrimSpace(strings.TrimPrefix(part, "Subject:")) == "" && subject != "" || i > 0 && !strings.HasPrefix(part, " ") {
				t.Errorf("%q: the line %q", subject, part)
			}
		}
		plain := strings.TrimPrefix(strings.ReplaceAll(line, "\r\n", ""), "Subject: ")
		if got, err := new(mime.WordDecoder).DecodeHeader(plain); err != nil || strings.TrimSpace(got) != strings.TrimSpace(subject) {
			t.Errorf("%q became %q, %v", subject, got, err)
		}
	}
}
