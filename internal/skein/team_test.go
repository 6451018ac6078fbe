package skein_test

import (
	"errors"
	"testing"

	"skein/internal/skein"
)

func TestANeedIsGrantedByWhoeverMay(t *testing.T) {
	t.Parallel()
	var refused skein.Refused
	for name, c := range map[string]struct {
		by                            skein.PersonID
		steward, executive, stewarded bool
		may                           bool
	}{
		"the one who is asked":             {by: "ada", stewarded: true, may: true},
		"a steward":                        {by: "ben", steward: true, stewarded: true, may: true},
		"an executive where no steward is": {by: "ben", executive: true, may: true},
		"an executive where there is one":  {by: "ben", executive: true, stewarded: true},
		"anybody":                          {by: "ben", stewarded: true},
		"nobody":                           {steward: true, stewarded: true},
	} {
		n := skein.Need{AskedOf: "ada"}
		err := n.Grant(by(c.by), skein.Answering{Steward: c.steward, Executive: c.executive, Stewarded: c.stewarded}, skein.Date{})
		if c.may != (err == nil) || !c.may && (!errors.As(err, &refused) || refused.Who == "") || c.may && n.GrantedBy != c.by {
			t.Errorf("%s: %v", name, err)
		}
	}
	n := skein.Need{AskedOf: "ada"}
	if n.Grant(by("ada"), skein.Answering{Stewarded: true}, noon.AddDate(0, 0, -2)) == nil {
		t.Error("it was granted until yesterday")
	}
	if n.Grant(by("ada"), skein.Answering{Stewarded: true}, skein.Date{}) != nil || n.Grant(by("ada"), skein.Answering{Stewarded: true}, skein.Date{}) == nil {
		t.Error("it was granted twice, or never")
	}
	if n.Waive(by("eve"), "eve") == nil {
		t.Error("what was granted was waived")
	}
}

func TestOnlyTheLeadDoesWithout(t *testing.T) {
	t.Parallel()
	var n skein.Need
	if n.Waive(by("ada"), "") == nil || n.Waive(by("ada"), "ben") == nil {
		t.Error("somebody else did without it")
	}
	if n.Waive(by("ada"), "ada") != nil || !n.Settled() || n.Waive(by("ada"), "ada") == nil {
		t.Error("the lead could not do without it, or could twice")
	}
}

func TestPlacesBesideTheLead(t *testing.T) {
	t.Parallel()
	p := skein.Project{ID: "night", State: skein.Led}
	clocks := skein.Clocks{Answer: 48 * 3600e9}
	if _, err := skein.AskToCoLead(p, "1", by("ada"), "", clocks); err == nil {
		t.Error("nobody was asked")
	}
	if _, err := skein.AskToCoLead(p, "1", by("ben"), "ben", clocks); err == nil {
		t.Error("the lead asked themselves")
	}
	asked, err := skein.AskToCoLead(p, "1", by("ada"), "ben", clocks)
	if err != nil || asked.State != skein.TermAsked || !asked.AnswerBy.After(noon) {
		t.Fatalf("%+v %v", asked, err)
	}
	if asked.AnswerCoLead(by("cem"), "ben", true) == nil {
		t.Error("somebody else answered")
	}
	if err := asked.AnswerCoLead(by("ben"), "ben", true); err != nil || asked.State != skein.TermLive || asked.From.IsZero() {
		t.Errorf("%+v %v", asked, err)
	}
	if asked.AnswerCoLead(by("ben"), "ben", false) == nil {
		t.Error("it was answered twice")
	}
	if _, err := skein.BeginShadow(p, "1", by("ben"), "ben"); err == nil {
		t.Error("the lead shadows themselves")
	}
	for _, state := range []skein.ProjectState{skein.Draft, skein.Completed, skein.Cancelled} {
		p.State = state
		if _, err := skein.BeginShadow(p, "1", by("ada"), "ben"); err == nil {
			t.Errorf("somebody shadows what is %s", state)
		}
	}
}

func TestAProblemBecomesADraft(t *testing.T) {
	t.Parallel()
	me := skein.Person{ID: "ada", Circle: "leaks"}
	p, err := skein.InTheWay("  Nobody answers the night phone. It rings for an hour.\nThen it stops.", me, noon)
	if err != nil || p.Title != "Nobody answers the night phone" || p.State != skein.Draft || p.ProposedBy != "ada" || p.Circle != "leaks" {
		t.Errorf("%+v %v", p, err)
	}
	long, err := skein.InTheWay("The pump of the old works at the bridge stops whenever the river is higher than the second mark and nobody notices", me, noon)
	if err != nil || len([]rune(long.Title)) > 81 || long.Check() != nil {
		t.Errorf("%q %v", long.Title, err)
	}
	if _, err := skein.InTheWay(" \n ", me, noon); err == nil {
		t.Error("nothing was in the way")
	}
}
