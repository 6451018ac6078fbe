package server

import (
	"net/http"
	"testing"

	"skein/web/path"
)

// Where nobody has taken a lead and people are invited, a steward sees who is ready and never led; nobody
// else does, and whether somebody was asked or has claimed changes nothing of it.
func TestAStewardSeesWhoIsReadyAndNeverLed(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.valves(people[asStaff])
	h.valves(people[asLead]) // who leads something
	h.exec(`delete from requirement where skill_id <> 'letters'`)
	at, marta := path.Project("meter-letters"), h.as(people[asSteward])
	const says = "Ready for this, and never led yet: Teo Marchi."
	marta.get(at).is(http.StatusOK).silent(says) // claims have an end yet
	h.exec(`update claim_window set closes_at = null, state = 'inviting' where project_id = 'meter-letters'`)
	before := marta.get(at).is(http.StatusOK).says("main", says)
	for _, other := range []string{asStaff, asLead, asExecutive, asAdministrator} {
		h.as(people[other]).get(at).is(http.StatusOK).silent("never led yet")
	}
	h.exec(`insert into claim (window_id, project_id, phase_id, person_id, state, drafted_at, changed_at, submitted_at)
		select id, project_id, phase_id, $2, 'submitted', $1, $1, $1 from claim_window where project_id = 'meter-letters'`, wall, people[asStaff])
	if after := marta.get(at).is(http.StatusOK); after.said("main") != before.said("main") {
		t.Errorf("a claim is told:\n%s\n%s", before.said("main"), after.said("main"))
	}
	h.exec(`update claim set person_id = $1`, people[asSteward])
	marta.get(at).is(http.StatusOK).silent("never led yet") // she has a part
	h.exec(`update claim set state = 'withdrawn', withdrawn_at = changed_at`)
	h.exec(`update circle set matching = false`)
	marta.get(at).is(http.StatusOK).silent("never led yet")
}
