package view

import (
	"slices"
	"strings"
	"testing"

	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// signedView is a lead that Ada hands on to Ben on a day to come, of which a note stands.
func signedView(me skein.PersonID, state skein.HandoverState) projectView {
	x := laterView(true, me)
	v := ines()
	v.Person.ID = me
	x.Viewer, x.clock = v, v.Clock()
	x.p.Terms[0].ID, x.p.Terms[0].Claim, x.p.Terms[1].ID = "next", "c", "was"
	x.p.Project.Title = "Weir"
	x.p.Handover = &leaddb.HandoverRow{
		Handover: skein.Handover{
			HandoverText: skein.HandoverText{Now: skein.NowWatch, Summary: "It holds."}, Term: "was", Next: "next", State: state,
			Writer: "ada", SignedBy: "ada", SignedAt: wall, SaidAt: wall,
		},
		Giver: "ada", GiverName: "Ada Lund", Taker: "ben", TakerName: "Ben Moss", WriterName: "Ada Lund", SignedName: "Ada Lund",
	}
	return x
}

// What is signed, and begins on a day to come, is said so to everybody who reads it; nobody is told that the lead moves
// in an instant, or that something is waited for.
func TestWhatIsSignedForADayToComeIsSaidSo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		me      skein.PersonID
		state   skein.HandoverState
		right   bool
		purpose string
	}{
		{"ada", skein.HandoverSigned, false, "Ben Moss has said it back, and you have signed. The lead moves on 11_June."},
		{"ben", skein.HandoverSigned, false, "You have said it back, and Ada Lund has signed. The lead moves on 11_June."},
		{"ben", skein.HandoverUnsigned, false, "You have said it back, and no signature is waited for. The lead moves on 11_June."},
		{"ada", skein.HandoverSigned, true, "Ben Moss has said it back, and you have signed. The lead moves on 11_June. Put it right, and they are asked to say it back anew; then it is signed again."},
		{"ada", skein.HandoverSaid, false, "Ben Moss has said back what they must know. When you have signed, Weir is theirs on 11_June."},
		{"ada", skein.HandoverDraft, false, "Ben Moss was chosen to follow. Write what they must know; they say it back, both of you sign, and on 11_June it is theirs."},
	} {
		x := signedView(c.me, c.state)
		d, err := HandingOn(x.Viewer, x.p, c.right)
		if err != nil {
			t.Fatal(err)
		}
		say(t, d.Purpose, c.purpose)
		if c.state.Stands() && (d.Sign != "" || d.Write != "" != c.right || d.Right != "" != (c.me == "ada" && !c.right)) {
			t.Errorf("%+v", d)
		}
		if c.right && (d.Keep != "" || d.Autosave != "") {
			t.Error("what is signed is kept unfinished")
		}
	}
	for _, me := range []skein.PersonID{"ada", "ben"} {
		panel := signedView(me, skein.HandoverSigned).panel()
		var ways []string
		for _, w := range panel.Ways {
			ways = append(ways, w.Label)
		}
		if all := strings.Join(ways, ", "); !strings.Contains(all, "What was said back") || strings.Contains(all, "Write what") {
			t.Error(me, all)
		}
	}
	h, _ := signedView("ben", skein.HandoverWritten).handing()
	if got := h.sayWords(); !strings.Contains(got, "When both have signed you lead from 11\u00a0June on, and") {
		t.Error(got)
	}
}

// Whoever hands on again begins with what they wrote before they took it back, and with nothing that another wrote.
func TestHandingOnAgainBeginsWithWhatWasWritten(t *testing.T) {
	t.Parallel()
	for term, want := range map[skein.TermID]string{"was": "It leaks.", "another": ""} {
		x := signedView("ada", "")
		x.p.Terms, x.p.Handover = x.p.Terms[1:], nil
		x.p.TakenBack = &skein.Handover{HandoverText: skein.HandoverText{Summary: "It leaks."}, Term: term, State: skein.HandoverVoid, Writer: "ada", WrittenAt: wall}
		d, err := HandingOn(x.Viewer, x.p, false)
		if err != nil {
			t.Fatal(err)
		}
		if d.Form.Summary != want || strings.Contains(d.Known, "before the handing on was taken back") != (want != "") || d.Version != (skein.HandoverText{}).Version() {
			t.Errorf("of %s: %+v, %q", term, d.Form, d.Known)
		}
	}
}

// Where the lead moved on a later day than it was signed, it did not move in that instant.
func TestWhatWasSignedBeforeItMovedIsSaidSo(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]string{
		0: "Since today_09:00. Ada Lund wrote it down, you said it back, and both of you signed.",
		3: "Ada Lund wrote it down, and you said it back. Ada Lund signed on 11_May, and the lead moved on 14_May.",
	} {
		x := signedView("ben", skein.HandoverSigned)
		x.p.Handover.Moved, x.p.Project.State = true, skein.Led
		x.p.Terms[0].State, x.p.Terms[0].StartsOn, x.p.Terms[0].From = skein.TermLive, skein.Date{}, skein.Day(wall).AddDate(0, 0, days)
		x.p.Terms[1].State = skein.TermEnded
		h, _ := x.handing()
		say(t, h.movedWords(), want)
	}
}

// What is asked about and not decided yet comes along by itself: what, who is asked and until when; whoever takes over
// finds it in the note with its link, and as it stands now beside that. A draft stays with those who decide it.
func TestOpenDecisionsGoWithTheNote(t *testing.T) {
	t.Parallel()
	day := skein.Day(wall).AddDate(0, 0, 5)
	decision := func(id skein.DecisionID, state skein.DecisionState, asks string, asked ...string) leaddb.DecisionRow {
		r := leaddb.DecisionRow{Asked: asked, At: wall}
		r.ID, r.State, r.Question, r.AdviceOn = id, state, asks, day
		return r
	}
	all := []leaddb.DecisionRow{
		decision("d1", skein.DecisionAsking, "Who digs?", "Kim Vale", "Lee Ode"), decision("d2", skein.DecisionDraft, "Who pays?"), decision("d3", skein.DecisionDecided, "Where?"),
	}
	x := signedView("ada", "")
	x.p.Terms, x.p.Handover, x.p.Decisions = x.p.Terms[1:], nil, all
	d, err := HandingOn(x.Viewer, x.p, false)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Form.Actions) != 1 || d.Form.Actions[0] != (page.HandoverField{What: "Decide: Who digs?", Who: "Kim Vale and Lee Ode", By: day.Format("2006-01-02")}) {
		t.Errorf("%+v", d.Form.Actions)
	}
	say(t, d.Known, "One came along by itself: one_open decision.")

	x = signedView("ben", skein.HandoverWritten)
	x.p.Decisions = all
	x.p.Handover.Actions = []skein.HandoverAction{{What: "Decide: Who digs?"}, {What: "Decide: Where?"}, {What: "Decide: Who pays?"}, {What: "Pump."}}
	if d, err = HandingOn(x.Viewer, x.p, false); err != nil {
		t.Fatal(err)
	}
	var links []string
	for _, p := range d.Pieces {
		for _, l := range p.Lines {
			links = append(links, l.URL)
		}
	}
	if want := []string{path.Decision("d1"), path.Decision("d3"), "", ""}; !slices.Equal(links, want) {
		t.Errorf("%q, want %q", links, want)
	}
	if len(d.Decisions) != 1 || d.Decisions[0].URL != path.Decision("d1") || !strings.Contains(d.Decisions[0].Note, "Kim and Lee are asked") {
		t.Errorf("%+v", d.Decisions)
	}
}

// What was put right after it was said back is not shown as if it had been said back so; and when it has been put right as
// often as it can be, no way leads there any more, and the page says what to do.
func TestWhatWasPutRightIsNotSaidToBeSaidBack(t *testing.T) {
	t.Parallel()
	x := signedView("ben", skein.HandoverUnsigned)
	x.p.Handover.WrittenAt, x.p.Handover.SignedBy = wall.Add(1), ""
	d, err := HandingOn(x.Viewer, x.p, false)
	if err != nil || d.Said || d.SaidBy != "" {
		t.Errorf("%+v, %v", d, err)
	}
	say(t, d.Purpose, "You have said it back before it was put right, and no signature is waited for. The lead moves on 11_June.")
	if panel := x.panel(); !slices.ContainsFunc(panel.Ways, func(b component.Button) bool { return b.Label == "The note that was handed on" }) {
		t.Errorf("%+v", panel.Ways)
	}
	h, _ := x.handing()
	h.moved = true
	if got := h.movedWords(); !strings.Contains(got, "It was put right after that, and not said back anew.") {
		t.Error(got)
	}
	for _, state := range []skein.HandoverState{skein.HandoverSaid, skein.HandoverSigned} {
		x := signedView("ada", state)
		x.p.Handover.Renewed = skein.MostAnew
		d, err := HandingOn(x.Viewer, x.p, true)
		if err != nil || d.Right != "" || d.Write != "" || !strings.Contains(d.Until, "What is new since, tell Ben yourself.") {
			t.Errorf("%s: %+v, %v", state, d, err)
		}
	}
}
