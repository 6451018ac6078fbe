package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// The day on which a lead began is a page to show: to whoever leads, to everybody, and to nobody once nobody leads.
func TestTheDayItGoesLiveIsAPageToShow(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	at := path.Live("night-pressure")
	h.as(people[asLead]).get(at).says("h1", "You lead Night Pressure").says(".flight .front", "Ines Calder").says("main", "first lead of your own").
		has(1, `main a[href="`+path.Week("night-pressure")+`"]`)
	h.as(people[asStaff]).get(at).says("h1", "Ines Calder leads Night Pressure").says(".flight", "Noor Basri").lacks("main", "Tell the team")
	h.as(people[asStaff]).get(path.Project("night-pressure")).has(1, `#team a[href="`+at+`"]`)
	h.exec(`update project set state = 'completed' where id = 'night-pressure'`)
	h.as(people[asStaff]).get(at).goesTo(path.Project("night-pressure"))
	h.as(people[asStaff]).get(path.Live("nowhere")).is(http.StatusNotFound)
}
