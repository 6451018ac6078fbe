package mail

import (
	"encoding/base64"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	maildb "skein/internal/postgres/mail"
)

// Message is a mail, written.
type Message struct {
	ID       string // the same however often it is sent
	ToName   string
	To       string
	Subject  string
	Text     string
	HTML     string
	Stop     string // where one click ends mails like it; empty: it was asked for
	Calendar []byte // an invitation; nil: none
}

// encode makes of it what is handed to a server. Names are what people made of them: none may begin another header.
func (m Message) encode(from mail.Address) (*gomail.Msg, error) {
	if to, err := mail.ParseAddress(m.To); err != nil || to.Address != m.To || oneLine(m.To) != m.To {
		return nil, maildb.RefusedError{Says: "it is no address to which mail can be sent"}
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from.Name = oneLine(from.Name)
	msg.FromMailAddress(&from)
	msg.ToMailAddress(&mail.Address{Name: oneLine(m.ToName), Address: m.To})
	msg.SetGenHeaderPreformatted(gomail.HeaderSubject, subjectLine(oneLine(m.Subject)))
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Stop != "" {
		msg.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.Stop+">")
		msg.SetGenHeaderPreformatted("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	if m.Calendar != nil {
		err := msg.AttachReader("skein.ics", strings.NewReader(string(m.Calendar)), gomail.WithFileContentType("text/calendar; method=PUBLISH; charset=UTF-8"))
		if err != nil {
			return nil, err
		}
	}
	return msg, nil
}

// subjectBytes is how much of a subject one encoded word holds: with it the first line, which begins with the header's
// name, stays below the 76 characters of RFC 2047. A longer first word would leave that line empty.
const subjectBytes = 36

// subjectLine is a subject as the header holds it, in lines that are no longer than may be.
func subjectLine(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) && !strings.Contains(s, "=?") {
		return foldedASCII(s)
	}
	var lines []string
	for s != "" {
		end := 0
		for _, r := range s {
			if end+utf8.RuneLen(r) > subjectBytes {
				break
			}
			end += utf8.RuneLen(r)
		}
		lines = append(lines, "=?UTF-8?b?"+base64.StdEncoding.EncodeToString([]byte(s[:end]))+"?=")
		s = s[end:]
	}
	return strings.Join(lines, "\r\n ")
}

// foldedASCII breaks a subject at its spaces, so that lines stay below 76 characters where its words do.
func foldedASCII(s string) string {
	var b strings.Builder
	at := len("Subject:")
	for i, word := range strings.Split(s, " ") {
		if i > 0 && at+1+len(word) > 76 {
			b.WriteString("\r\n ")
			at = 0
		} else if i > 0 {
			b.WriteString(" ")
		}
		b.WriteString(word)
		at += 1 + len(word)
	}
	return b.String()
}

// oneLine is a text as a header may hold it.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}
