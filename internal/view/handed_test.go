package view

import (
	"strings"
	"testing"
	"time"

	homedb "skein/internal/postgres/home"
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/web/path"
)

func TestTheResultSaysWhomOneLeadsTogetherWith(t *testing.T) {
	t.Parallel()
	for me, want := range map[skein.PersonID][2]string{
		"noor": {"Tam Moss, together with Una Lake, was chosen for Leak Sensors", "Tam Moss claimed it together with Una Lake."},
		"una":  {"Tam Moss, together with you, was chosen for Leak Sensors", "Tam Moss claimed it together with you."},
		"tam":  {"You, together with Una Lake, were chosen for Leak Sensors", "You claimed it together with Una Lake."},
	} {
		p := decidedFor("tam", "Tam Moss", skein.TermOffered)
		p.Pick.With, p.Pick.WithName = "una", "Una Lake"
		v := ines()
		v.Person.ID = me
		d, err := Result(v, p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		say(t, d.Title, want[0])
		if got := strings.Join(d.Decided, " "); !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), want[1]) {
			t.Error(got)
		}
	}
}

// Whoever said yes to a lead that is handed on reads what waits for whom, and finds the way there.
func TestTheResultSaysWhatAHandingOnWaitsFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		step        leaddb.HandingStep
		says, label string
	}{
		"to be said back": {leaddb.HandingStep{State: skein.HandoverWritten, Holds: true}, "say back by", "Say it back"},
		"to be signed":    {leaddb.HandingStep{State: skein.HandoverSaid, Holds: true}, "Otto, or a steward in their place, signs by", "Read the note"},
		"left":            {leaddb.HandingStep{State: skein.HandoverSaid}, "A steward signs by", "Read the note"},
		"to be written":   {leaddb.HandingStep{State: skein.HandoverDraft, Holds: true}, "Otto, or a steward in their place, writes by", "Look at it"},
	} {
		p := decidedFor("ines", "Ines Calder", skein.TermAccepted)
		c.step.GiverName, c.step.Due = "Otto Berg", in(24)
		p.Handing, p.Term.NeedsBy = &c.step, time.Time{}
		d, err := Result(ines(), p, ResultForm{})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(d.ActNote, c.says) || d.Acts[0].Label != c.label {
			t.Errorf("%s: %q, %+v", name, d.ActNote, d.Acts[0])
		}
		if !strings.HasPrefix(d.If, "You lead once it is handed over") || strings.Contains(d.If, "Nothing is open") {
			t.Errorf("%s: %q", name, d.If)
		}
	}
	p := decidedFor("ines", "Ines Calder", skein.TermOffered)
	p.Holder = "otto"
	if d, err := Result(ines(), p, ResultForm{}); err != nil || !strings.HasPrefix(d.If, "You lead once you have said yes and it is handed over") {
		t.Error(d.If, err)
	}
}

func TestHomeSaysWhatAHandingOnWaitsFor(t *testing.T) {
	t.Parallel()
	due := in(24 * 20)
	row := func(state skein.TermState, h homedb.HandedOn) (string, string) {
		h.NoteOf = "Otto Berg"
		d := Home(ines(), homedb.Home{Terms: []homedb.HeldTerm{{Title: "A", Project: "a", State: state, Role: skein.Primary, HandedOn: h}}}, nil, key)
		way := ""
		for _, a := range d.Leads[0].Acts {
			if a.URL == path.HandingOn("a") {
				way = a.Label
			}
		}
		return d.Leads[0].Note, way
	}
	for name, c := range map[string]struct {
		state     skein.TermState
		h         homedb.HandedOn
		says, way string
	}{
		"nobody yet":      {skein.TermHandingOver, homedb.HandedOn{}, "You hand it on; it stays yours until somebody has taken over.", ""},
		"chosen":          {skein.TermHandingOver, homedb.HandedOn{Next: "Zara Moss", NextBy: &due}, "You hand it on: Zara Moss was chosen to follow, and answers by 31_May.", ""},
		"led on":          {skein.TermHandingOver, homedb.HandedOn{Next: "Ines Calder", NextYes: true, NextMine: true, NextFrom: &due}, "You lead it on from 31_May, as a file says.", ""},
		"to be said back": {skein.TermHandingOver, homedb.HandedOn{Next: "Zara Moss", NextYes: true, NoteIs: skein.HandoverWritten, NoteDue: &due}, "You hand it on to Zara Moss, who says your note back by 31_May; then you sign.", "The note"},
		"to be signed":    {skein.TermHandingOver, homedb.HandedOn{Next: "Zara Moss", NextYes: true, NoteIs: skein.HandoverSaid, NoteDue: &due}, "You hand it on to Zara Moss, who has said your note back: you sign by 31_May.", ""},
		"theirs to say":   {skein.TermAccepted, homedb.HandedOn{Next: "Ines", NextYes: true, NoteIs: skein.HandoverWritten, NoteDue: &due}, "You say back what Otto Berg wrote by 31_May.", ""},
		"said":            {skein.TermAccepted, homedb.HandedOn{Next: "Ines", NextYes: true, NoteIs: skein.HandoverSaid, NoteDue: &due, NoteLeft: true}, "You have said it back; a steward signs by 31_May.", "The note"},
		"not written":     {skein.TermAccepted, homedb.HandedOn{Next: "Ines", NextYes: true, NoteIs: skein.HandoverDraft, NoteDue: &due}, "Otto Berg writes what you must know by 31_May; then you say it back.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			says, way := row(c.state, c.h)
			say(t, says, c.says)
			if way != c.way {
				t.Errorf("%q", way)
			}
		})
	}
}

// Of a lead that is handed on, its page and everybody's Home say the same: that it is, and its last day as the latest.
func TestAPageAndHomeAgreeOnALeadThatIsHandedOn(t *testing.T) {
	t.Parallel()
	hands := func(x *projectView) {
		x.p.Terms[0].State, x.p.Terms[0].EndsOn = skein.TermHandingOver, x.Today().AddDate(0, 0, 30)
		x.p.Project.State = skein.HandingOver
		x.p.Window = &skein.Window{State: skein.WindowOpen, OpenedAt: wall, ClosesAt: wall.Add(48 * time.Hour)}
	}
	x := ledView("ada", hands)
	last := x.p.Terms[0].EndsOn
	latest := "at the latest " + x.clock.Until(last) + "."
	if got := x.panel().State; got != "You lead this until somebody has taken over, "+latest {
		t.Error(got)
	}
	teller := homeTeller{clock: x.clock}
	held := homedb.HeldTerm{Title: "Weir", Project: "p", Role: skein.Primary, State: skein.TermHandingOver, EndsOn: &last}
	if got := teller.term(held); got.Said.After != ", "+latest || !strings.HasPrefix(got.Note, "You hand it on; it stays yours until somebody has taken over.") {
		t.Errorf("%q, %q", got.Said.After, got.Note)
	}
	held.NextMine, held.NextFrom, held.Next = true, &last, "Ada Lund"
	if got := teller.term(held); got.Said.After != ", "+x.clock.Until(last)+"." {
		t.Errorf("of who leads it on: %q", got.Said.After)
	}
	kim := ledView("kim", hands)
	if got := strings.Join(kim.panel().Led.Beside, " "); !strings.Contains(got, "Ada hands it on, and leads until somebody has taken over, "+latest) {
		t.Error(got)
	}
	say(t, teller.beside(homedb.HeldTerm{Title: "Weir", Project: "p", Role: skein.CoLead, State: skein.TermLive, Beside: "Ada Lund", Leaving: true}).Is, "you lead it beside Ada Lund; it is being handed on")
	if got := strings.Join(x.panel().Led.Beside, " "); strings.Contains(got, "hands it on") {
		t.Errorf("to themselves: %q", got)
	}
}

// On the day on which a week's word is due, on the day before and after it, Home says so and offers it.
func TestHomeSaysThatAWordIsDue(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]string{
		2: "", 1: "A word on how it stands is due tomorrow.", 0: "A word on how it stands is due today.",
		-1: "A word on how it stands was due yesterday.", -4: "A word on how it stands was due on 7_May.",
	} {
		from, due := in(-24*30), in(24*days)
		day := in(-24 * 10)
		for _, state := range []skein.WordState{"", skein.WordOnTrack} {
			held := homedb.HeldTerm{Title: "A", State: skein.TermLive, Role: skein.Primary}
			held.LedFrom, held.WordDue, held.WordState = &from, &due, state
			if state != "" {
				held.WordDay = &day
			}
			d := Home(ines(), homedb.Home{Terms: []homedb.HeldTerm{held}}, nil, key)
			note := strings.ReplaceAll(d.Leads[0].Note, "\u00a0", "_")
			if want != "" != strings.HasPrefix(note, "A word") || !strings.HasPrefix(note, want) {
				t.Errorf("%d days, %q: %q", days, state, note)
			}
			if got := strings.Contains(d.Purpose, "due on what you lead"); got != (want != "") {
				t.Errorf("%d days: %q", days, d.Purpose)
			}
		}
	}
}

// A word that is due of whoever stands in is said as one on what they lead is; before their first day it is not theirs.
func TestHomeSaysThatAWordIsDueOfWhoeverStandsIn(t *testing.T) {
	t.Parallel()
	led, due := in(-24*30), in(0)
	word := leaddb.LastWord{LedFrom: &led, WordDue: &due}
	stands := func(from int) homedb.StandsIn {
		return homedb.StandsIn{Title: "B", For: "Tam Orr", From: skein.Day(in(24 * from)), LastWord: word}
	}
	own := homedb.HeldTerm{Title: "A", State: skein.TermLive, Role: skein.Primary, LastWord: word}
	for want, home := range map[string]homedb.Home{
		"Nobody is waiting for you.": {StandsIn: []homedb.StandsIn{stands(1)}},
		"Nobody is waiting for an answer of yours; one_word is due on what you look after.":            {StandsIn: []homedb.StandsIn{stands(0)}},
		"Nobody is waiting for an answer of yours; two_words are due on what you lead and look after.": {StandsIn: []homedb.StandsIn{stands(-1)}, Terms: []homedb.HeldTerm{own}},
	} {
		say(t, Home(ines(), home, nil, key).Purpose, want)
	}
}

func TestWhoAnswersForThePriorityIsNotSaidToHaveBeenThere(t *testing.T) {
	t.Parallel()
	for about, want := range map[string]string{"owner": "led it, and you answer for its priority.", "": "led it, and you were there."} {
		d := Home(ines(), homedb.Home{Waits: 1, Waiting: []homedb.Wanted{{Kind: homedb.WaitOutcome, Title: "A", Who: "Tam", About: about}}}, nil, key)
		if !strings.Contains(d.Waiting[0].Note, want) {
			t.Error(d.Waiting[0].Note)
		}
	}
}
