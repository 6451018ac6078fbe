package path

import "net/url"

// Library is what was learnt, for everybody to find again.
const Library = "/growth/library"

// HowDidItGo asks how a time in office went, and says what the team said.
func HowDidItGo(id string) string { return under(Projects, id, "how-did-it-go") }

// HowDidItGoOf is that of one time in office, where a project had several.
func HowDidItGoOf(id, review string) string {
	return HowDidItGo(id) + "?" + url.Values{"of": {review}}.Encode()
}

// AnswerOutcome takes how one time in office went.
func AnswerOutcome(id, review string) string { return under(Projects, id, "how-did-it-go", review) }

// ShowLed lets others read what was said of how it was led, or keeps it from them.
func ShowLed(id, review string) string { return under(Projects, id, "how-did-it-go", review, "led") }

// ThankThem thanks everybody who was asked.
func ThankThem(id, review string) string {
	return under(Projects, id, "how-did-it-go", review, "thanks")
}

// KeepLesson brings a lesson into the library, or takes it out.
func KeepLesson(id, review string) string {
	return under(Projects, id, "how-did-it-go", review, "lesson")
}

// Lesson is one lesson in the library.
func Lesson(key string) string { return Library + "#lesson-" + key }
