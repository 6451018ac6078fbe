package lead

import (
	"cmp"
	"slices"
	"time"

	"skein/internal/skein"
)

// concludes does what an answer says; without one it is handed on.
func (l *Lead) concludes(by skein.By, t *skein.Term, r *skein.Reconsideration, answer skein.ReconsiderAnswer) error {
	back := r.State.HandsOn()
	if err := l.endReconsidering(by, r, answer.Ends()); err != nil {
		return err
	}
	if r.State.HandsOn() && r.Steward != skein.AnswerKeep {
		r.HandedBy = r.StewardBy
	}
	if answer != skein.AnswerHandOn && answer != "" { // from now on it is what they lead
		t.ChosenFor, t.ChosenHow = l.Phase.Situation, skein.ChosenKept
	}
	action := map[skein.ReconsiderAnswer]string{
		skein.AnswerKeep: "reconsider.keep", skein.AnswerCoLead: "reconsider.co_lead", skein.AnswerHandOn: "reconsider.hand_on",
		skein.AnswerSplit: "reconsider.split", "": "reconsider.unanswered",
	}
	l.noteReconsider(action[answer], t)
	switch answer {
	case skein.AnswerKeep:
		l.tellReconsidered(by, r, skein.CodeKept)
		if back {
			return l.leadsOn(by, t)
		}
		return nil
	case skein.AnswerCoLead:
		return l.looksBeside(by, t, r)
	case skein.AnswerSplit:
		l.tellReconsidered(by, r, skein.CodeTwo)
		return l.split(by, t, r)
	}
	l.tellReconsidered(by, r, cmp.Or(map[bool]skein.NoticeCode{true: skein.CodeSilent}[answer == ""], skein.CodePasses))
	if err := l.voidRenewal(by, t); err != nil {
		return err
	}
	return l.opensForNext(by, t, "")
}

// looksBeside looks for somebody to lead it beside whoever leads it, and tells whether anybody is asked: else those around
// it would read that people are asked where nobody is.
func (l *Lead) looksBeside(by skein.By, t *skein.Term, r *skein.Reconsideration) error {
	asked, err := l.seekBeside(by, t, r)
	if err != nil {
		return err
	}
	code := skein.CodeAlone
	if asked {
		code = skein.CodeBeside
	}
	l.tellReconsidered(by, r, code)
	return nil
}

// leadsOn takes back that a lead is handed on: what was claimed or asked meanwhile is void.
func (l *Lead) leadsOn(by skein.By, t *skein.Term) error {
	if err := l.voidNext(by); err != nil {
		return err
	}
	if err := move(&t.State, skein.TermLive); err != nil {
		return err
	}
	l.restoreNeeds(*t)
	l.Project.Version++
	return move(&l.Project.State, skein.Led)
}

// split makes a draft of the other of two, which whoever leads owns: it is like this one, and asks for the same.
func (l *Lead) split(by skein.By, t *skein.Term, r *skein.Reconsideration) error {
	if l.Proposal == nil {
		return errNoProposal
	}
	p := l.Proposal.Clone()
	p.Project = l.Project
	p.Project.ID, p.Project.Title, p.Project.ProposedBy = skein.ProjectID(l.port.ID()), r.Part, t.Person
	p.Project.State, p.Project.MadeAt, p.Project.PublishedAt, p.Project.StartOn, p.Project.Version = skein.Draft, by.At, time.Time{}, skein.Date{}, 1
	p.Phase = skein.Phase{ID: skein.PhaseID(l.port.ID()), Situation: l.Phase.Situation, Requirements: p.Phase.Requirements, Struck: p.Phase.Struck}
	p.Needs = nil
	for _, n := range l.Needs {
		if !ofTheClaim(n) {
			p.Needs = append(p.Needs, skein.Need{ID: skein.NeedID(l.port.ID()), Kind: n.Kind, What: n.What, Amount: n.Amount})
		}
	}
	r.Split, l.Changes.Split = p.Project.ID, &p
	l.Changes.Events = append(l.Changes.Events, skein.Event{
		Action: "project.create", Noun: "project", NounID: string(r.Split), Project: r.Split, Circle: p.Project.Circle,
		Details: map[string]any{"title": r.Part, "part_of": l.Project.ID},
	})
	return nil
}

// endReconsidering ends a reconsideration, or what became of it.
func (l *Lead) endReconsidering(by skein.By, r *skein.Reconsideration, state skein.ReconsiderState) error {
	if err := move(&r.State, state); err != nil {
		return err
	}
	r.Due, r.EndedAt = time.Time{}, by.At
	return nil
}

// overtaken ends the reconsideration of a lead that ends, or is handed on, before there is an answer, and that somebody
// is asked to lead it beside them.
func (l *Lead) overtaken(by skein.By, t *skein.Term) error {
	next := l.renewalOf(t)
	if t.Role == skein.Primary && (next == nil || next.State.Coming() && next.StartsOn.After(by.Day)) {
		if err := l.seekNobody(by); err != nil {
			return err
		}
	}
	if r := l.Reconsidering(); r != nil && r.Term == t.ID {
		return l.endReconsidering(by, r, skein.ReconsiderVoid)
	}
	return nil
}

func (l *Lead) noteReconsider(action string, t *skein.Term) {
	l.noteProject(action, map[string]any{"lead": t.Person})
}

// askBoth tells whoever leads, and the nearest stewards, that they say what becomes of it; of those who have answered
// only where the two differ. It may come again, as another question. That the two differ whoever answered last is told
// too: it waits for both of them.
func (l *Lead) askBoth(by skein.By, t *skein.Term, r skein.Reconsideration, code skein.NoticeCode) {
	var told people
	if r.Lead == "" || r.Differ() {
		told.add(t.Person)
	}
	if r.Steward == "" || r.Differ() {
		told.add(l.sayingAsStewards(by)...)
	}
	if r.Differ() {
		told.add(r.StewardBy)
	}
	if code == skein.CodeDiffer {
		by.Person = ""
	}
	l.tellOthers(by, told, skein.Notice{
		Kind: skein.NoticeChanged, Code: code, Who: t.Person, Of: string(r.ID), By: r.Due,
		About: string(code) + ":" + string(r.ID) + ":" + by.At.UTC().Format(time.RFC3339Nano),
	})
}

// tellPutOff tells whoever leads, and the nearest stewards, that the date has moved.
func (l *Lead) tellPutOff(by skein.By, t *skein.Term, r skein.Reconsideration) {
	told := people{t.Person}
	told.add(l.sayingAsStewards(by)...)
	told.add(r.StewardBy)
	l.tellOthers(by, told, skein.Notice{
		Kind: skein.NoticeChanged, Code: skein.CodeMoved, Who: t.Person, Of: string(r.ID), By: r.Due,
		About: string(skein.CodeMoved) + ":" + string(r.ID) + ":" + by.At.UTC().Format(time.RFC3339Nano),
	})
}

// tellReconsidered tells those around a lead that it is reconsidered, or what became of that; whoever leads and the
// stewards, who are asked, only what became of it.
func (l *Lead) tellReconsidered(by skein.By, r *skein.Reconsideration, code skein.NoticeCode) {
	holder := l.Holder()
	both := people{holder}
	both.add(l.sayingAsStewards(by)...)
	told := l.around()
	told.add(l.Answers)
	if code == "" {
		told = slices.DeleteFunc(told, both.has)
	} else {
		told.add(both...)
	}
	l.tellOthers(by, told, skein.Notice{
		Kind: skein.NoticeChanged, Code: code, Who: holder, Of: string(r.ID), About: "reconsider:" + string(code) + ":" + string(r.ID),
	})
}
