package browser_test

import (
	"testing"

	"skein/internal/browser"
)

// How it went, from both sides: whoever was there answers, it closes, whoever led chooses what others read and thanks
// them, and what was learnt is found again where something like it is claimed.
func TestHowDidItGo(t *testing.T) {
	t.Parallel()
	h := demoHouse(t)
	h.exec(`update term set person_id = 'hamish-orde' where project_id = 'logger-trial'`) // whom one can be in the demo
	h.exec(`update outcome_answer set person_id = 'hamish-orde' where person_id = 'petra-lind'`)
	h.exec(`update outcome_answer set person_id = 'tomas-orr' where person_id = 'dario-venn'`)
	at := h.url + "/projects/logger-trial/how-did-it-go"
	ines := h.as("Ines", browser.Look{})
	ines.Visit(h.url + "/projects/logger-trial")
	ines.Says("How did it go while Hamish Orde led?")
	ines.Link("Answer").Click()
	ines.Heading("How did Logger Trial go?")
	ines.Sound()
	ines.Pictures("how-did-it-go")
	ines.Button("Send").Click()
	ines.Says("Say whether it got there")
	ines.Field("reached").Click()
	ines.Field("How was it led?").Type("She let me read the loggers alone.")
	ines.Field("What would we do again, and what not?").Type("Listen at night, when the street is quiet.")
	ines.Button("Send").Click()
	ines.Says("You have sent yours.")
	ines.Says("Change the batteries before the frost, not in it.")
	ines.Sound()
	ines.Pictures("how-it-went-so-far")

	hamish := h.as("Hamish", browser.Look{})
	hamish.Visit(at)
	hamish.Field("reached").Click()
	hamish.Button("Send").Click()
	tomas := h.as("Tomas", browser.Look{})
	tomas.Visit(at)
	tomas.Button("I was hardly there").Click()
	tomas.Says("Nobody waits for you.")
	tomas.Sound()
	tomas.Pictures("how-it-went-passed")
	tomas.Button("I was there after all").Click()
	tomas.Says("You are asked how it went.")
	tomas.Field("partly").Click()
	tomas.Field("How was it led?").Type("She asked the crew before each night.")
	tomas.Button("Send").Click()
	marta := h.as("Marta", browser.Look{})
	marta.Visit(at)
	marta.Field("reached").Click()
	marta.Button("Send").Click()
	marta.Says("Yours was the last, so it has closed.")
	h.says("reached", `select result from outcome where project_id = 'logger-trial'`)
	h.says("2", `select count(*)::text from evidence where person_id = 'hamish-orde' and kind = 'outcome' and source = 'logger-trial' and observed_on >= current_date - 1`)

	hamish.Visit(at)
	hamish.Heading("What the team said")
	hamish.Says("She let me read the loggers alone.")
	hamish.Says("Without names, in no order.")
	hamish.Sound()
	hamish.Pictures("what-the-team-said")
	hamish.Button("Thank them").Click()
	hamish.Says("You thanked them")

	ines.Visit(h.url + "/growth/library")
	ines.Says("Change the batteries before the frost, not in it.")
	ines.Sound()
	ines.Pictures("library")
	ines.Visit(h.url + "/projects/night-pressure/claim")
	ines.Says("From the library")
	ines.Pictures("claim-from-the-library")
}
