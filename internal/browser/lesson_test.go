package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// Lessons come and go beside what is typed of a proposal, before anything is sent.
func TestLessonsComeBesideWhatIsTyped(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	h.exec(`
		update outcome_answer set library_at = now(), library_by = person_id
		where again <> '' and outcome_id in (select id from outcome where project_id = 'bathing-signs' and state = 'closed')`)
	ines := h.as("Ines", browser.Look{})
	ines.Visit(h.url + "/projects/new")
	if ines.Has("heading", "Learnt in work like this") {
		t.Error("lessons stand there before anything is typed")
	}
	ines.Field("What is it called?").Type("Signs for bathing")
	ines.Heading("Learnt in work like this")
	ines.Says("Put up one sign, wait two weeks, then make the others.")
	ines.Sound()
	ines.Pictures("lessons-beside-a-proposal")
}

// What somebody says back is kept while they type: a closed tab loses nothing.
func TestWhatIsSaidBackIsThereAgainAfterAClosedTab(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/pipe-bridge/handing-on"
	hamish := h.as("Hamish", browser.Look{})
	hamish.Visit(at)
	hamish.Says("Nobody reads this before you sign.")
	hamish.Field("How it is now, in your words").Type("It may turn this week.")
	hamish.Says("Kept at")
	hamish.Sound()
	hamish.Pictures("said-back-so-far")
	hamish.Visit(h.url + "/")
	hamish.Visit(at)
	if got := hamish.Field("How it is now, in your words").Value(); got != "It may turn this week." {
		t.Errorf("it says %q", got)
	}
}
