package lead_test

import (
	"strings"
	"testing"

	"skein/internal/lead"
	"skein/internal/skein"
)

func ask(says string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Ask(by, says) }
}

func reply(id skein.QuestionID, says string) verb {
	return func(l *lead.Lead, by skein.By) error { return l.Reply(by, id, says) }
}

func (w *world) lastQuestion() skein.QuestionID {
	if n := len(w.questions); n > 0 {
		return w.questions[n-1].ID
	}
	return "nothing"
}

func (w *walk) anyQuestion() skein.QuestionID {
	return anyOf(w, w.questions, func(q skein.Question) skein.QuestionID { return q.ID })
}

// awaitedAnswers are questions to whoever leads, and their answers.
func (w *walk) awaitedAnswers(add func(string, skein.PersonID, verb)) {
	for _, t := range w.terms {
		if t.Role != skein.Primary || !t.State.Holds() {
			continue
		}
		add("ask the lead", lee, ask("Are hosepipes next?"))
		for _, q := range w.questions {
			if q.AnsweredAt.IsZero() {
				add("answer a question", t.Person, reply(q.ID, "Not yet."))
			}
		}
	}
}

// questionsStand: nobody has more than three that wait, and whoever asked is not who answers for the lead.
func (w *walk) questionsStand() {
	open := map[skein.PersonID]int{}
	for _, q := range w.questions {
		if q.AnsweredAt.IsZero() {
			if open[q.AskedBy]++; open[q.AskedBy] > skein.MostOpenQuestions {
				w.fail("%s waits for %d answers", q.AskedBy, open[q.AskedBy])
			}
		}
		if (q.AnsweredBy == "") != (q.Answer == "") {
			w.fail("half an answer: %+v", q)
		}
	}
}

func TestAnybodyAsksTheLeadAndTheAnswerStandsInPublic(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.beside(kim)
	w.refused(t, "invalid says", lee, ask(" \u200b"))
	w.refused(t, "invalid says", lee, ask(strings.Repeat("rain ", 130)))
	w.refused(t, "refused", noor, ask("Are hosepipes next?"))
	w.must(lee, ask("Are hosepipes next?"))
	w.saw(t, "lead.ask", "noor asked/lead of lee")
	w.must(lee, ask(" Are hosepipes next? ")) // once
	w.saw(t, "", "")
	w.must(lee, ask("And tankers?"))
	w.must(lee, ask("And mains?"))
	w.forget()
	w.refused(t, "invalid says", lee, ask("And boats?"))
	w.must(kim, ask("And boats?")) // who leads it beside noor asks her too
	w.saw(t, "lead.ask", "noor asked/lead of kim")
	first := w.questions[0].ID
	w.refused(t, "refused", lee, reply(first, "Yes."))
	w.refused(t, "not found", noor, reply("nothing", "Yes."))
	w.refused(t, "invalid answer", noor, reply(first, ""))
	w.refused(t, "invalid answer", noor, reply(first, strings.Repeat("rain ", 250)))
	w.must(kim, reply(first, " Not above Weir Lane. "))
	w.saw(t, "lead.reply", "lee asked/answer of kim")
	if q := w.questions[0]; q.Answer != "Not above Weir Lane." || q.AnsweredBy != kim || q.AnsweredAt != w.now {
		t.Errorf("%+v", q)
	}
	w.refused(t, "conflict", noor, reply(first, "No."))
	w.must(lee, ask("And boats?"))
	w.must(kim, reply(w.questions[3].ID, "I know now.")) // whoever answers themselves is not told
	w.saw(t, "lead.ask, lead.reply", "noor asked/lead of lee")
	w.must(noor, complete)
	w.forget()
	w.refused(t, "conflict", noor, reply(w.lastQuestion(), "Yes."))
	w.refused(t, "conflict", lee, ask("And now?"))
}

func TestWhoStandsInIsAsked(t *testing.T) {
	t.Parallel()
	w := led(t, noor)
	w.ready = []skein.PersonID{mia}
	w.must(noor, w.askStandIn("", w.in(30)))
	w.must(mia, w.answerStandIn(true))
	w.forget()
	w.refused(t, "refused", mia, ask("Are hosepipes next?"))
	w.refused(t, "refused", noor, ask("Are hosepipes next?"))
	w.must(lee, ask("Are hosepipes next?"))
	w.saw(t, "lead.ask", "mia asked/lead of lee")
	w.must(noor, stepDown)
	w.forget()
	w.must(lee, ask("And now?")) // mia stands in until somebody leads
	w.saw(t, "lead.ask", "mia asked/lead of lee")
	w.must(mia, reply(w.lastQuestion(), "We wait."))
	w.must(mia, w.endStandIn())
	w.forget()
	w.refused(t, "conflict", lee, ask("And then?"))
}
