package lead_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"skein/internal/lead"
	"skein/internal/skein"
)

// walk is a life of a project in which anybody does anything, and the clock acts in any order.
type walk struct {
	*world
	t    *rapid.T
	keys map[string]bool              // under which claims were sent
	did  map[string]int               // how often each move was made
	tell map[skein.WindowID]time.Time // when everybody was told
	late map[skein.TermID]skein.Date  // when a lead was taken up again whose word had come due while nobody led it
	pair *walk                        // another project of the same people; nil: what they hold elsewhere is drawn
	amid bool                         // a verb of the other project: who has left and who is away was read before

	putOff bool // somebody who is asked in a reconsideration was away
}

// move is something that somebody does.
type move struct {
	name  string
	by    skein.PersonID
	light bool   // of one claim alone, while claims gather
	due   string // what the clock acts on
	run   func() error
}

const steps = 200

func TestWhateverAnybodyDoesTheRulesHold(t *testing.T) {
	t.Parallel()
	var mutex sync.Mutex
	made, states, walks := map[string]int{}, map[skein.ProjectState]int{}, 0
	walking := func(rt *rapid.T) {
		w := newWalk(t, rt)
		for range steps {
			w.step()
			if w.project.State.Over() && w.draw(9) == 0 {
				break
			}
		}
		mutex.Lock()
		defer mutex.Unlock()
		for name, n := range w.did {
			made[name] += n
		}
		states[w.project.State]++
		walks++
	}
	for range 12 { // until each move was made: some are rare
		if rapid.Check(t, walking); walks < 50 || len(unmade(made)) == 0 {
			break
		}
	}
	if walks < 50 {
		return // somebody looks at a single walk
	}
	for _, name := range unmade(made) {
		t.Errorf("in %d walks nobody could ever %s", walks, name)
	}
	t.Logf("%d walks ended %v; moves %v", walks, states, made)
}

// unmade are the moves and clocks that no walk came to.
func unmade(made map[string]int) []string {
	var all []string
	for _, m := range allMoves {
		if made[m.name] == 0 {
			all = append(all, m.name)
		}
	}
	for _, c := range lead.Clocks {
		if name := "clock " + string(c); made[name] == 0 {
			all = append(all, name)
		}
	}
	return all
}

func newWalk(t *testing.T, rt *rapid.T) *walk {
	t.Helper()
	w := drawnWalk(t, rt)
	switch w.draw(13) {
	case 12:
		w.done()
	case 11:
		w.askingAdvice()
	case 0, 1:
		w.begun()
		w.proposed()
	case 9, 10:
		w.reconsidering()
	case 2:
		w.fromFile()
	case 3, 4:
		w.short()
	case 5, 6, 7:
		w.handing()
	}
	return w
}

// drawnWalk is a draft and what is true of people, all of it drawn.
func drawnWalk(t *testing.T, rt *rapid.T) *walk {
	t.Helper()
	w := &walk{world: newWorld(t), t: rt, keys: map[string]bool{}, did: map[string]int{}, late: map[skein.TermID]skein.Date{}, tell: map[skein.WindowID]time.Time{}}
	w.fail = rt.Fatalf
	w.project.Trust = skein.Trusts[w.draw(len(skein.Trusts))]
	w.project.EndOn = skein.Day(w.now).AddDate(0, 0, 20+w.draw(85))
	w.phase.Situation = skein.Situation{Uncertainty: skein.Complex, Stakes: 3, Urgency: 3 + w.draw(3), Reach: 3}
	w.rules.ConfirmWeighed = w.draw(2) == 0
	w.rules.LeadsAtOnce, w.rules.LongestMonths = w.draw(3), w.draw(3)
	w.rules.Guardrails = []lead.Guardrail{{Guardrail: skein.Guardrail{Kind: skein.LongestTerm, Number: 3}}}
	w.forPriority, w.checkIn = []skein.PersonID{"", zoe, noor, sofie}[w.draw(4)], w.draw(15)
	w.readers = w.readers[:1+w.draw(3)]
	w.remit, w.others = decidesHere, map[skein.CircleID][]lead.Steward{"lab": {{Person: zoe}}}
	w.execs = []skein.PersonID{eve} // who never leaves
	if w.draw(4) == 0 {
		w.project.Circle, w.stewards = "", nil
	}
	for range w.draw(3) {
		w.needs = append(w.needs, skein.Need{
			ID: skein.NeedID(w.id()), Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: []skein.PersonID{dario, kim, ""}[w.draw(3)],
		})
	}
	for _, p := range everybody {
		w.found[p] = found{
			place: 1 + w.draw(5), band: w.draw(3), zone: []skein.Zone{skein.Ready, skein.Ready, skein.Stretch, skein.NotYet}[w.draw(4)],
			written: w.draw(8) == 0,
		}
		w.elsewhere[p] = w.draw(3)
		w.free[p] = float64(8 + w.draw(30))
		w.later[p], w.stopped[p] = w.draw(12) == 11 && p != ada, w.draw(6) == 5
		if w.draw(3) == 0 {
			w.ready = append(w.ready, p)
		}
	}
	return w
}

// fromFile begins the walk with somebody whom a file names as the lead from a day to come on, with or
// without somebody who leads until then.
func (w *walk) fromFile() {
	w.later[noor], w.later[kim], w.later[ada] = false, false, false
	w.publish()
	if len(w.windows) == 0 { // a guardrail said no
		return
	}
	starts := skein.Day(w.now).AddDate(0, 0, 1+w.draw(20))
	w.windows[0].State, w.windows[0].ClosedAt, w.windows[0].ToldAt, w.windows[0].ClosesAt = skein.WindowPicked, w.now, w.now, time.Time{}
	w.terms = append(w.terms, skein.Term{
		ID: "next", Project: "p", Phase: "ph", Person: noor, Role: skein.Primary, State: skein.TermAccepted, OfferedAt: w.now,
		StartsOn: starts, EndsOn: starts.AddDate(0, 0, 5),
	})
	if w.draw(2) == 0 {
		w.project.State = skein.HandingOver
		w.terms = append(w.terms, skein.Term{
			ID: "now", Project: "p", Phase: "ph", Person: []skein.PersonID{kim, noor}[w.draw(2)], Role: skein.Primary, State: skein.TermHandingOver,
			From: skein.Day(w.now), EndsOn: starts.AddDate(0, 0, -1),
		})
	}
}

// begun begins the walk with somebody in the lead: many would never come to that.
func (w *walk) begun() {
	w.project.Trust, w.project.EndOn = skein.Open, skein.Day(w.now).AddDate(0, 0, 60)
	w.found[noor], w.elsewhere[noor], w.later[noor], w.later[ada] = found{}, 0, false, false
	w.publish()
	if w.draw(2) == 0 {
		w.needs = append(w.needs, skein.Need{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario})
	}
	w.claim(noor)
	w.pass(day)
	for _, n := range w.needs {
		if n.ID != "boat" {
			w.must(noor, w.waive(n.ID))
		}
	}
	if w.draw(3) == 1 { // a long leave, which hardly any walk would come to
		tomorrow := skein.Day(w.now).AddDate(0, 0, 1)
		w.away[noor], w.since[noor] = tomorrow.AddDate(0, 0, lead.LeaveAsks+w.draw(60)), tomorrow
	}
}

// short begins the walk with somebody who said yes, and to whom less, or no, was said of what they need.
func (w *walk) short() {
	w.needs = nil
	w.begun()
	if w.count(skein.TermLive) == 0 {
		return
	}
	w.must(noor, stepDown)
	w.needs = []skein.Need{{ID: "boat", Project: "p", Kind: skein.NeedTools, What: "a boat", AskedOf: dario, AnswerBy: w.now.Add(7 * day)}}
	if p := kim; !w.later[p] && w.elsewhere[p] == 0 {
		w.found[p] = found{}
		w.claim(p)
		w.pass(day)
	}
	if w.draw(2) == 0 {
		w.must(dario, w.less("boat", 2))
	} else {
		w.must(dario, w.none("boat", "Sold."))
	}
}

// handing begins the walk with somebody who hands on, and somebody who accepted it.
func (w *walk) handing() {
	w.needs = nil
	w.begun()
	if w.count(skein.TermLive) == 0 {
		return
	}
	w.must(noor, handOn)
	w.later[kim], w.elsewhere[kim], w.found[kim] = false, 0, found{}
	w.claim(kim)
	w.pass(day)
	if kim != w.load(w.by(skeinItself), "").Accepting() {
		return
	}
	step := []int{2, 3, 1, 0, 4, 5}[w.draw(6)] // up to which it goes on; then time goes by that a walk seldom lets go by
	if step == 0 {
		return
	}
	if step > 1 {
		w.must(noor, writeNote(noted("It leaks."), true))
	}
	if step > 2 {
		w.must(kim, w.sayBack())
	}
	if step > 4 {
		w.must(noor, sign)
		return
	}
	w.now = w.now.Add(lead.HandoverTime)
	w.tickOut()
}

// draw is a number below n.
func (w *walk) draw(n int) int { return rapid.IntRange(0, n-1).Draw(w.t, "n") }

// step is one move, or time that goes by. Whatever was refused has changed nothing; what was done
// can be done again without doing anything.
func (w *walk) step() {
	var m move
	awaited := w.awaited()
	switch n := w.draw(20); { // small numbers are drawn more often
	case n < 8 && len(awaited) > 0:
		m = awaited[w.draw(len(awaited))](w)
	case n < 13:
		who := everybody[w.draw(len(everybody))]
		if w.pair != nil && w.draw(3) > 0 { // who is likely to meet themselves there
			who = []skein.PersonID{noor, kim}[w.draw(2)]
		}
		m = allMoves[w.draw(len(allMoves))].with(w, who)
	case n < 17:
		w.goesBy()
		m = w.byTheClock()
	case n < 18:
		w.tickOut()
	default:
		w.elsewhereHappens()
		w.holds()
	}
	if m.run != nil && !w.out(m.by) {
		w.makes(m)
	}
}

// makes makes a move, and holds what is true after each.
func (w *walk) makes(m move) {
	before := w.store.clone()
	w.forget()
	err := m.run()
	w.t.Logf("%s %s: %v", w.now.Format("2 Jan 15:04"), m.name, err)
	w.follows(m, before, err)
	w.holds()
	if err == nil {
		w.did[m.name]++
		w.withoutALoser(m, before)
		if m.name != "publish" || w.project.State != skein.Draft { // each refusal of a guardrail is noted
			w.twice(m)
		}
	}
}

// follows checks what a move has to leave behind.
func (w *walk) follows(m move, before *store, err error) {
	if err != nil {
		if s := sort(err); strings.HasPrefix(s, "a fault") {
			w.fail("%s: %v", m.name, err)
		}
		if strings.HasPrefix(m.name, "clock") {
			w.fail("%s: %v", m.name, err)
		}
		if len(w.events)+len(w.notices) > 0 || !reflect.DeepEqual(before, w.store.clone()) {
			w.fail("%s was refused and did something: %s", m.name, differs(before, w.store))
		}
		return
	}
	if at, waits := w.waiting()[m.due]; waits && !at.After(w.now) {
		w.fail("%s acted on %s, which is as due as before", m.name, m.due)
	}
	if moved := statesMoved(before, w.store); moved != "" && len(w.events) == 0 {
		w.fail("%s: %s, and nothing was noted", m.name, moved)
	}
	w.takenUp(before)
	w.rehomedRightly(m, before)
	w.toldRightly(m)
	w.namesNobody(m)
	w.givenRightly(m, before)
	w.settledAgain(m, before)
	w.inTurn(m)
	w.bothSides(m, before)
}

// twice makes the move that was just made again.
func (w *walk) twice(m move) {
	before := w.store.clone()
	w.forget()
	switch err := sort(m.run()); err {
	case "fine":
		if len(w.events)+len(w.notices) > 0 || !reflect.DeepEqual(before, w.store.clone()) {
			w.fail("%s did something twice: %s", m.name, differs(before, w.store))
		}
	case "conflict":
	default:
		// Whoever gave something up has nothing any more.
		gone := map[string]string{"withdraw": "not found", "answer": "not found", "step down": "refused", "complete": "refused", "sign": "refused", "say it back": "refused", "publish": "invalid state"}
		if gone[m.name] != err {
			w.fail("%s the second time: %s", m.name, err)
		}
	}
}

// goesBy lets some time go by, often just as much as it takes until something is due.
func (w *walk) goesBy() {
	switch w.draw(4) {
	case 0:
		var next time.Time
		for _, at := range w.waiting() {
			if at.After(w.now) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
		if !next.IsZero() {
			w.now = next
		}
	case 1:
		w.now = w.now.Add(time.Duration(1+w.draw(48)) * hour)
	case 2:
		w.now = w.now.Add(time.Duration(w.draw(8)) * day)
	}
}

// byTheClock is any of the moves that are due, whichever came first.
func (w *walk) byTheClock() move {
	type found struct {
		window skein.WindowID
		act    lead.Act
	}
	var all []found
	for window, acts := range due(w.aggregates(), w.now) {
		for _, a := range acts {
			all = append(all, found{window, a})
		}
	}
	if len(all) == 0 {
		return move{}
	}
	least := all[0]
	for _, d := range all { // any, but the same one whenever the walk is walked again
		if key(d.act) < key(least.act) {
			least = d
		}
	}
	if w.draw(2) == 0 {
		for _, d := range all {
			if key(d.act) > key(least.act) {
				least = d
			}
		}
	}
	return move{name: "clock " + string(least.act.Clock), due: key(least.act), run: func() error {
		return w.doIn(least.window, skeinItself, clockwork(least.act))
	}}
}

func key(a lead.Act) string { return string(a.Clock) + " " + a.ID }

// tickOut lets the clock act until nothing is due any more: at one moment that comes to an end.
func (w *walk) tickOut() {
	for range 100 {
		m := w.byTheClock()
		if m.run == nil {
			w.nobodyGoneHolds()
			return
		}
		before := w.store.clone()
		w.forget()
		err := m.run()
		w.t.Logf("%s %s: %v", w.now.Format("2 Jan 15:04"), m.name, err)
		w.holds()
		if err != nil {
			w.fail("%s: %v", m.name, err)
		}
		w.givenRightly(m, before)
		w.inTurn(m)
		w.did[m.name]++
	}
	w.fail("at one moment the clock acts for ever")
}
