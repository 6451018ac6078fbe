package server

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"skein/internal/lead"
	"skein/internal/skein"
	"skein/web/path"
)

var wholeNote = []string{
	"now", "watch", "summary", "Nine streets hold.", "what.0", "Answer Bram", "who.0", "Sunita", "if.0", "the Corrie falls", "then.0", "stop the pump",
}

// A lead is handed on: written, said back, signed, and in that instant the next leads.
func TestALeadIsHandedOnSaidBackAndSigned(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.handingOn("draft")
	at, note := path.Project("night-pressure"), path.HandingOn("night-pressure")
	ines, teo, marta, noor := h.as(people[asLead]), h.as(people[asStaff]), h.as(people[asSteward]), h.as(people[asCoLead])

	ines.get(path.Home).says("main", "Write what Teo Marchi must know to lead Night Pressure").has(1, `main a[href="`+note+`"]`)
	ines.get(at).says(".panel", "You write what Teo Marchi must know by").has(1, `.panel a[href="`+note+`"]`)
	teo.get(at).says(".panel .state", "Yours, once it is handed over.").says(".panel", "without a note the lead moves then")
	teo.get(note).says("main", "is handed on to you").has(0, "main form")
	noor.get(note).is(http.StatusForbidden)

	ines.post(note, "summary", "Nine", "ready", "no").goesTo(note)
	ines.post(path.KeepNote("night-pressure"), "summary", "Nine", "who.0", "Sunita", "if.0", "the Corrie falls", "by.0", "half a day").is(http.StatusNoContent)
	ines.get(note).has(1, `form[data-autosave="`+path.KeepNote("night-pressure")+`"]`).has(1, `input[name="who.0"][value="Sunita"]`)
	ines.post(path.KeepNote("night-pressure"), "version", "of another", "summary", "Ten").is(http.StatusConflict)
	ines.get(note).says("textarea", "Nine").says("main", "Kept").says("main", "then Teo begins without it")
	ines.post(note, "summary", "Nine", "by.0", "nonsense").is(http.StatusUnprocessableEntity).says(".wrong", "Choose the day")
	ines.post(note, "summary", "Nine").is(http.StatusUnprocessableEntity).says(".wrong", "Say how it is now")
	ines.post(note, wholeNote...).goesTo(note)
	ines.get(note).has(0, "form[data-autosave]")
	ines.post(path.KeepNote("night-pressure"), "summary", "Ten").is(http.StatusConflict)
	teo.get(path.Notices).says("main", "What you must know to lead Night Pressure is written.")
	teo.get(path.Home).says("main", "Say back what you must know to lead Night Pressure")
	teo.get(at).says(".panel", "Say it back")
	teo.get(note).says("main", "Say Night Pressure back").says("main", "Watch it. It may turn within days.").says("main", "Answer Bram. Sunita").
		says("main", "If the Corrie falls, stop the pump.").has(4, "main textarea")
	teo.post(path.SayBack("night-pressure"), "version", theNote.Version(), "now", "Not safe.").is(http.StatusUnprocessableEntity).
		says(".wrong", "Say in your own words what it is in short.").says(".wrong", "Say what you would do if this happens: the Corrie falls").
		lacks(".wrong", "how it is now").says("textarea", "Not safe.")
	teo.post(path.SayBack("night-pressure"), "version", "of another", "now", "Not safe.").is(http.StatusUnprocessableEntity).
		says(".wrong", "The note was mended meanwhile.").says("textarea", "Not safe.")
	ines.post(path.SignHandover("night-pressure")).is(http.StatusConflict)

	keep := path.KeepBack("night-pressure")
	ines.post(keep, "summary", "No").is(http.StatusForbidden)
	teo.post(keep, "summary", strings.Repeat("x", 1201)).is(http.StatusUnprocessableEntity)
	teo.post(keep, "version", "of another", "summary", "Nine, half kept.", "if.0", "Nobody pumps.", "of.0", "it rains", "if.1", "I stop it.", "of.1", "the Corrie falls").is(http.StatusNoContent)
	teo.get(note).has(1, `form[data-autosave="`+keep+`"]`).says(`textarea[name=summary]`, "Nine, half kept.").says(`textarea[name="if.0"]`, "I stop it.").
		says("main", "Nobody reads this before you sign.")
	for _, other := range []*browser{ines, marta} {
		other.get(note).lacks("main", "half kept").lacks("main", "I stop it.")
	}
	if mine := ines.get(path.SettingsData); strings.Contains(mine.body, "half kept") {
		t.Error("whoever hands on reads what is being said back among their own data")
	}
	if mine := teo.get(path.SettingsData); !strings.Contains(mine.body, "half kept") {
		t.Error("whoever says it back does not find it among their own data")
	}
	teo.post(path.SayBack("night-pressure"), saidBack...).goesTo(at)
	teo.post(keep, "summary", "No").is(http.StatusConflict)
	teo.get(at).says(".panel", "Teo Marchi has said it back. Ines Calder signs by")

	ines.get(path.Home).says("main", "Teo Marchi has said back what they must know to lead Night Pressure")
	ines.get(note).says("main", "Nine streets hold.").says("main", "We hold nine streets.").has(1, `main form[action="`+path.SignHandover("night-pressure")+`"]`)
	ines.get(note+"?right=yes").says("main", "Put it right").says("textarea", "Nine streets hold.")
	marta.get(note).says("main", "We hold nine streets.").has(0, "main form")
	marta.post(path.SignHandover("night-pressure")).is(http.StatusForbidden)
	ines.post(path.SignHandover("night-pressure"), "version", theNote.Version()).is(http.StatusConflict) // the note alone is not what is signed
	ines.post(path.SignHandover("night-pressure")).goesTo(note)
	teo.get(at).says(".panel .state", "You lead this")
	ines.get(note).says("main", "Night Pressure is Teo’s").says("main", "You wrote it down, Teo Marchi said it back, and both of you signed.").
		says("main", "What you decided, the right to change the project and the hours are Teo’s.").says(".flight .front", "Teo Marchi").says(".flight", "drops back")
	teo.get(note).says("main", "Night Pressure is yours").lacks("main", "You led it")
	teo.post(path.ThankTeam("night-pressure")).is(http.StatusForbidden)
	ines.post(path.ThankTeam("night-pressure")).goesTo(note)
	ines.post(path.ThankTeam("night-pressure")).goesTo(note)
	ines.get(note).says("main", "You thanked the team on").lacks("main", "Thank the team")
	teo.get(path.Notices).says("main", "Ines Calder, who led Night Pressure until now, thanks you.")
	if got := h.text(`select count(*)::text from notice where code = 'thanks' and person_id = 'teo-marchi'`); got != "1" {
		t.Errorf("thanked %s times", got)
	}
	noor.get(note).says("main", "We hold nine streets.") // everybody reads it now
	noor.get(at).says("main", "handed over, said back").has(1, `.panel a[href="`+note+`"]`)
	if got := h.text(`select string_agg(state, ' ' order by state) from term where role = 'primary'`); got != "ended live" {
		t.Error(got)
	}
	ines.post(path.SignHandover("night-pressure")).is(http.StatusForbidden)
}

// The clocks: nobody writes; what is written is not said back; what was said back is not signed.
func TestNobodyWaitsForEverForAHandingOn(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]struct{ first, then, says string }{
		"draft":     {"ended live", "ended live", ""},
		"written":   {"accepted handing_over", "handing_over lapsed", ""},
		"said_back": {"accepted handing_over", "ended live", "The lead moved without a second signature."},
	} {
		t.Run(state, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			people := h.cast()
			h.handingOn(state)
			states := func() string {
				return h.text(`select string_agg(state, ' ' order by state) from term where role = 'primary'`)
			}
			h.tick(lead.HandoverTime)
			if got := states(); got != want.first {
				t.Errorf("%s: first %s", state, got)
			}
			if state != "draft" {
				h.as(people[asSteward]).get(path.Notices).says("main", "Night Pressure")
			}
			if state == "said_back" {
				h.as(people[asSteward]).get(path.Home).says("main", "has said back what they must know to lead Night Pressure")
			}
			h.tick(lead.HandoverTime)
			if got := states(); got != want.then {
				t.Errorf("%s: then %s", state, got)
			}
			if want.says != "" {
				h.as(people[asCoLead]).get(path.HandingOn("night-pressure")).says("main", want.says)
			} else {
				h.as(people[asStaff]).get(path.Project("night-pressure")).lacks("main", "said back,").lacks("main", "handed over, said back")
			}
			h.tick(time.Hour)
		})
	}
}

// Where whoever led has left, the steward writes and signs in their place.
func TestTheStewardHandsOnInThePlaceOfWhoeverHasLeft(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.handingOn("draft")
	h.exec(`update person set deactivated_at = $1 where id = 'ines-calder'`, wall)
	h.tick(time.Hour)
	note, marta, teo := path.HandingOn("night-pressure"), h.as(people[asSteward]), h.as(people[asStaff])
	marta.get(path.Home).says("main", "Write what Teo Marchi must know to lead Night Pressure")
	marta.get(note).says("main", "You write in the place of Ines Calder, who has left.")
	h.as(people[asExecutive]).get(note).is(http.StatusForbidden)
	marta.post(note, wholeNote...).goesTo(note)
	teo.post(path.SayBack("night-pressure"), saidBack...).goesTo(path.Project("night-pressure"))
	marta.post(path.SignHandover("night-pressure")).goesTo(note)
	teo.get(path.Project("night-pressure")).says(".panel .state", "You lead this")
	teo.get(note).says("main", "Marta Lind wrote it down, you said it back, and both of you signed.").lacks(".flight", "Ines Calder")
	h.as(people[asCoLead]).get(note).says("main", "Marta Lind wrote it down, and Teo Marchi said it back. Marta Lind signed")
}

// A steward who is named in a claim does not read what whoever hands on notes for the next before all are told.
func TestAStewardWhoIsNamedInAClaimReadsNoNoteMeanwhile(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.handingOn("draft")
	note, marta := path.HandingOn("night-pressure"), h.as(people[asSteward])
	h.exec(`update term set state = 'void' where claim_id is not null and state = 'accepted'`)
	h.exec(`update handover set next_id = null, due = null`)
	h.exec(`update claim set state = 'submitted'`)
	h.exec(`update claim_window set state = 'open', closed_at = null, told_at = null, closes_at = $1::timestamptz + interval '7 days'`, wall)
	marta.get(note).is(http.StatusOK)
	h.exec(`update claim set coach_id = 'marta-lind'`)
	marta.get(note).is(http.StatusForbidden)
	h.as(people[asLead]).get(note).is(http.StatusOK)
	h.exec(`update claim set coach_id = null, with_person_id = 'marta-lind'`)
	marta.get(note).is(http.StatusForbidden)
	h.exec(`update claim_window set told_at = $1`, wall)
	marta.get(note).is(http.StatusOK)
}

// What whoever takes over typed stays when the note is mended meanwhile, each piece beside what it was said of; and what
// they had said back is where they begin when it is put right.
func TestWhatWasTypedStaysWhenTheNoteIsMendedMeanwhile(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.handingOn("written")
	note, ines, teo := path.HandingOn("night-pressure"), h.as(people[asLead]), h.as(people[asStaff])
	mended := []string{
		"now", "watch", "summary", "Ten streets hold.", "if.0", "the weir sticks", "then.0", "ring Owen", "if.1", "the Corrie falls", "then.1", "stop the pump",
	}
	ines.post(note, mended...).goesTo(note)
	typed := []string{
		"version", theNote.Version(), "now", "Not safe.", "summary", "Nine hold.", "actions", "Sunita first.", "if.0", "I stop it.", "of.0", "the Corrie falls",
	}
	page := teo.post(path.SayBack("night-pressure"), typed...).is(http.StatusUnprocessableEntity)
	page.says(".wrong", "The note was mended meanwhile.").says(`textarea[name="summary"]`, "Nine hold.").says(`textarea[name="if.1"]`, "I stop it.").
		lacks(`textarea[name="if.0"]`, "I stop it.").says("main", "In it no more").says("main", "Sunita first.")
	now := skein.HandoverText{
		Now: skein.NowWatch, Summary: "Ten streets hold.",
		Ifs: []skein.HandoverIf{{If: "the weir sticks", Then: "ring Owen"}, {If: "the Corrie falls", Then: "stop the pump"}},
	}.Version()
	teo.post(path.SayBack("night-pressure"), "version", now, "now", "Not safe.", "summary", "Ten hold.", "if.0", "I ring.", "if.1", "I stop it.").goesTo(path.Project("night-pressure"))
	right := []string{"now", "watch", "summary", "Eleven hold.", "if.0", "the Corrie falls", "then.0", "stop the pump"}
	ines.post(note, right...).goesTo(note)
	teo.get(note).says("main", "Eleven hold.").says(`textarea[name="summary"]`, "Ten hold.").says(`textarea[name="if.0"]`, "I stop it.").
		says("main", "This was put right since you wrote that.").says("main", "What you change here nobody reads before you sign.")
	ines.get(note).lacks("main", "Ten hold.") // it is not said back of what it says now
}

// A steward who wrote and signed in the place of whoever led is not thanked for leading; whoever led is, whoever wrote it.
func TestWhoeverLedIsThankedForIt(t *testing.T) {
	t.Parallel()
	for hat, thanked := range map[string]bool{asSteward: false, asLead: true} {
		t.Run(hat, func(t *testing.T) {
			t.Parallel()
			h := newTest(t)
			people := h.cast()
			h.handingOn("said_back")
			h.exec(`update handover set writer_id = 'marta-lind', again = true`)
			who := h.as(people[hat])
			who.post(path.SignHandover("night-pressure")).is(http.StatusSeeOther)
			says := who.get(path.HandingOn("night-pressure")).says("body", "You have signed, and it is handed on.").said("body")
			if strings.Contains(says, "Thank you for the time you led it") != thanked {
				t.Errorf("%s reads: %s", hat, says)
			}
		})
	}
}

// No steward is said to sign where there is none but whoever takes it over.
func TestNoStewardIsSaidToSignWhereThereIsNone(t *testing.T) {
	t.Parallel()
	h := newTest(t)
	people := h.cast()
	h.handingOn("said_back")
	ines := h.as(people[asLead])
	at := path.HandingOn("night-pressure")
	const asked, none = "; then a steward is asked to sign, where one is here; else the lead moves without a signature", "; then the lead moves without a signature, and the page says so."
	ines.get(at).says("main", asked)
	h.exec(`delete from hat where kind = 'steward'`)
	ines.get(at).says("main", none)
	h.exec(`insert into hat (person_id, kind, circle_id, given_at) select 'teo-marchi', 'steward', circle_id, $1 from project where id = 'night-pressure'`, wall)
	ines.get(at).says("main", none)
	h.exec(`update term set state = 'ended', ended_at = $1, end_reason = 'left the organisation', during = daterange(lower(during), ($1::timestamptz)::date, '[]') where state = 'handing_over'`, wall)
	h.exec(`update project set state = 'open' where id = 'night-pressure'`)
	h.exec(`update handover set state = 'written', said_by = null, said_at = null, said = '{}'`)
	h.as(people[asStaff]).get(at).silent("A steward reads this and signs").says("main", "Nobody waits for a second signature")
}
