package browser_test

import (
	"strings"
	"testing"
	"time"

	"skein/internal/browser"
)

// A lead's week: on Monday they are reminded of their word and say the same as last week, or tell the team that it
// slips; who answers for the priority sees it; somebody asks, and the answer stands for everybody; the team ticks the plan.
func TestALeadsWeekIsToldAndItsQuestionsAnswered(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	at := h.url + "/projects/drought-desk"
	h.exec(`update term set word_due = $1::date where project_id = 'drought-desk' and role = 'primary' and state = 'live'`, time.Now().AddDate(0, 0, 1))
	skipping := h.as("Gethin", browser.Look{})
	skipping.Button("Skip to the next close").Click()
	tomas := h.as("Tomas", browser.Look{})
	tomas.Says("at risk. Two reservoirs fall faster than the plan.")
	tomas.Says("Bram Hollis asks you about Drought Desk.")
	tomas.Sound()
	tomas.Pictures("week-home")
	tomas.Visit(h.url + "/notices")
	tomas.Says("How does Drought Desk stand? A word is due on")
	tomas.Visit(h.url)
	tomas.Link("Tell the team Drought Desk").Click()
	tomas.Heading("This week on Drought Desk")
	tomas.Sound()
	tomas.Pictures("week-say")
	tomas.Role("radio", "off track").Click()
	tomas.Button("Tell the team").Click() // without a word
	tomas.Says("Say it in one sentence.")
	tomas.Sound()
	tomas.Field("In one sentence").Fill("Three reservoirs fall faster; I ask for two tankers.")
	tomas.Button("Tell the team").Click()
	tomas.Says("Everybody can read it; it can be mended until midnight.")
	tomas.Says("Three reservoirs fall faster; I ask for two tankers.")
	tomas.Sound()
	tomas.Pictures("week-project-lead")

	marta := h.as("Marta", browser.Look{})
	marta.Visit(at)
	marta.Button("I have seen it Drought Desk").Click()
	marta.Says("You have seen it.")
	marta.Sound()
	marta.Pictures("week-project-owner")

	hamish := h.as("Hamish", browser.Look{})
	hamish.Visit(at)
	hamish.Says("Marta Oyelaran, who answers for its priority, has seen it.")
	if strings.Contains(hamish.Text(), "It is done") {
		t.Error("somebody who is not in the team ticks the plan")
	}
	hamish.Field("Ask Tomas; everybody reads question and answer").Type("Which street is next?")
	hamish.Button("Ask").Click()
	hamish.Says("Asked. The answer stands here, for everybody, once there is one.")
	hamish.Button("Join the team").Click()
	hamish.Button("It is done Finish the reservoir model.").Click()
	hamish.Says("Hamish Orde, today.")
	hamish.Sound()
	hamish.Pictures("week-project-member")

	tomas.Visit(h.url + "/?all=yes")
	tomas.Says("Hamish Orde asks you about Drought Desk.")
	tomas.Visit(at)
	tomas.Link("Plan, team and links").Click()
	tomas.Sound()
	tomas.Pictures("week-work")
	tomas.Visit(at + "/week")
	tomas.Sound()
	tomas.Pictures("week-all")
	tomas.Visit(at)
	tomas.Link("Answer it").Click()
	tomas.Sound()
	tomas.Pictures("week-answer")
	tomas.Field("Your answer, which everybody reads").Type("Weir Lane, from Thursday.")
	tomas.Button("Answer").Click()
	tomas.Says("Answered. Everybody can read it.")
	hamish.Visit(at)
	hamish.Says("Weir Lane, from Thursday.")
	hamish.Visit(at + "/ask")
	hamish.Sound()
	hamish.Pictures("week-ask")
}
