//go:build ignore

// Breaks the engine, the index and the life of a lead by hand, one small change at a time, and sees that some test
// notices: what nobody notices is not tested. Run it with make mutants; nothing is changed on disk.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

type mutant struct{ file, is, becomes string }

var mutants = []mutant{
	// the engine
	{"internal/match/sums.go", "d := math.Exp2(-age(", "d := math.Exp2(age("},
	{"internal/match/sums.go", "s[k].L += d * float64(e.Level)", "s[k].L += float64(e.Level)"},
	{"internal/match/sums.go", "return level * strength / (strength + w0)", "return level * strength / (strength + 2*w0)"},
	{"internal/match/evidence.go", "e.Skill == skill && e.ObservedOn.Before(asOf)", "e.Skill == skill && !e.ObservedOn.After(asOf)"},
	{"internal/match/evidence.go", "e.ExpiresOn.Before(asOf)", "!e.ExpiresOn.After(asOf)"},
	{"internal/match/evidence.go", "e.Kind == skein.Self || giver(k) == giver(e)", "e.Kind == skein.Self"},
	{"internal/match/evidence.go", "e.GivenBy == person || stranger || returned(", "e.GivenBy == person || stranger && false || returned("},
	{"internal/match/query.go", "r.Weight = r.Counts * r.Rarity", "r.Weight = r.Counts"},
	{"internal/match/query.go", "if floor.Above(stated) {", "if stated.Above(floor) {"},
	{"internal/match/query.go", "room := own * most / (1 - most)", "room := own * most"},
	{"internal/match/rank.go", "return fit/best + turn", "return fit/best - turn"},
	{"internal/match/scale.go", "return int((best - own) / max(1, width))", "return int((best - own + 1) / max(1, width))"},
	{"internal/match/scale.go", "if zone(*q, met) == NotYet {", "if zone(*q, met) != Ready {"},
	{"internal/match/scale.go", "if !Passes(q, c) {", "if false {"},
	{"internal/match/turn.go", "return -q.Rotation * earlier", "return q.Rotation * earlier"},
	{"internal/match/turn.go", "if d.Before(asOf) {", "if true {"},
	{"internal/match/turn.go", "return min(t.TurnMost, sum)", "return sum"},
	{"internal/match/zone.go", "z.shown >= set.ReadyShare*z.all-slack", "z.shown > 0"},
	{"internal/match/zone.go", "z.unready = z.unready || s != Shown", "z.unready = z.unready || s == Missing"},
	{"internal/match/standing.go", "return count(rows, skein.Peer) >= 2", "return count(rows, skein.Peer) >= 1"},
	{"internal/match/standing.go", "outcomes(rows) >= 2", "outcomes(rows) >= 1"},
	{"internal/match/standing.go", "case m.Corroborated && sure >= want-1:", "case m.Corroborated && sure >= want-2:"},
	{"internal/match/standing.go", "sure = min(sure, withoutAnyone(rows, v))", "sure = min(sure, others)"},
	{"internal/match/gate.go", "c.Leads < q.LeadsAtOnce", "c.Leads <= q.LeadsAtOnce"},
	{"internal/match/gate.go", "if m.Standing == Missing {", "if m.Standing == Shown {"},
	{"internal/match/gate.go", "q.Rotation >= 0 || c.TermsRunning", "q.Rotation > 0 || c.TermsRunning"},
	{"internal/match/before.go", "t.fit += shareOf(weight, m.Satisfied, t.weight)", "t.fit += m.Satisfied"},
	{"internal/match/day.go", "n -= days(from, s.to)", "n += days(from, s.to)"},
	{"internal/match/compared.go", "return cmp.Compare(a.Load, b.Load)", "return cmp.Compare(b.Load, a.Load)"},
	{"internal/match/compared.go", "return 2*p.Leads + p.CoLeads", "return p.Leads + p.CoLeads"},
	{"internal/match/compared.go", "case p.Leads > 0:", "case false:"},
	{"internal/match/compared.go", "x.Zone, x.Band, x.Order, x.Equal = stand.Zone, stand.Band, 0, &stand", "x.Equal = &stand"},
	{"internal/index/best.go", "int(b.leads[p]) >= q.LeadsAtOnce", "int(b.leads[p]) >= q.LeadsAtOnce-1"},
	{"internal/index/best.go", "if q.Rotation < 0 {", "if false {"},
	{"internal/index/best.go", "if r.run() {", "if r.run() || true {"},
	{"internal/index/best.go", "for _, f := range s.odd {", "for _, f := range s.odd[:0] {"},
	{"internal/match/invite.go", "|| away[r.Person] ||", "||"},

	// the index
	{"internal/index/list.go", "s := math.Ceil(4*math.Log2(n)-1e-9) + sumOne", "s := math.Floor(4*math.Log2(n)-1) + sumOne"},
	{"internal/index/list.go", "return key | uint32(math.Ceil(highest*4-1e-9))", "return key | uint32(math.Floor(highest*2))"},
	{"internal/index/list.go", "return until != 0 && int(until) < today", "return until != 0 && int(until) <= today"},
	{"internal/index/list.go", "if e.AsSelf {", "if false {"},
	{"internal/index/base.go", "return a.kind() == 0 || a.from == b.from && (a.bits^b.bits)&isSource == 0", "return a.kind() == 0"},
	{"internal/index/base.go", "if len(f.Absences) > 0 {", "if len(f.Absences) > 9 {"},
	{"internal/index/row.go", "if r.bits&asSelf != 0 {", "if false {"},
	{"internal/index/row.go", "if second.day != 0 {", "if false {"},
	{"internal/index/search.go", "t.stop, t.rest = 0, t.most(0)", "t.stop, t.rest = 0, t.most(1)"},
	{"internal/index/search.go", "least := min(s.best.least(s.k), s.most)", "least := 1.2 * min(s.best.least(s.k), s.most)"},
	{"internal/index/search.go", "if _, changed := s.stale[p]; changed {", "if false {"},
	{"internal/index/search.go", "return rest + uint32(math.Ceil(float64(x)*s.step))", "return uint32(math.Ceil(float64(x) * s.step))"},
	{"internal/index/search.go", "s.read(need - rest)", "s.read(need)"},
	{"internal/index/search.go", "y := min(x+add, boundMost)", "y := (x + add) & boundMost"},
	{"internal/index/plan.go", "high, low := max(last.most, most), min(least, most)", "high, low := last.most/2, min(least, most)"},
	{"internal/index/search.go", "if l.halfLife != t.halfLife || len(s.terms) == termsMost {", "if len(s.terms) == termsMost {"},
	{"internal/index/top.go", "if q.Rotation != 0 {", "if q.Rotation > 0 {"},
	{"internal/index/top.go", "if x.fit+r.most*x.turn >= least || x.fit >= r.most-1e-9 {", "if x.fit >= least {"},
	{"internal/index/top.go", "if !r.run() {", "if r.run(); false {"},
	{"internal/index/index.go", "if c.number <= s.number && !odd[id] {", "if c.number <= s.number {"},
	{"internal/index/index.go", "if _, changed := s.stale[i]; !changed {", "if true {"},
	{"internal/index/index.go", "n := -s.gone[skill]", "n := 0"},

	// the life of a lead
	{"internal/lead/close.go", "if l.Window.TakesClaims(by.At) || l.Window.State.Over() {", "if l.Window.State.Over() {"},
	{"internal/lead/close.go", "if c.WithAgreed.IsZero() {", "if !c.WithAgreed.IsZero() {"},
	{"internal/lead/close.go", `if j.Stops == "" && j.Turn == 0 && !j.Written {`, `if j.Stops == "" && j.Turn == 0 {`},
	{"internal/lead/pick.go", "part.add(c.Person, c.With, c.Coach)", "part.add(c.Person, c.With)"},
	{"internal/lead/check.go", "err != nil || p.State != skein.PickWaiting || p.AnswerBy.After(by.At)", "err != nil || p.State != skein.PickWaiting"},
	{"internal/lead/check.go", "if !slices.Contains(written, id) {", "if !slices.Contains(written, id) && false {"},
	{"internal/lead/begin.go", "if err := l.endHolders(by); err != nil {", "if err := error(nil); err != nil {"},
	{"internal/lead/begin.go", `c.With == "" || c.WithAgreed.IsZero() ||`, `c.With == "" ||`},
	{"internal/lead/window.go", `c.DecidedAt, c.Kept, c.Passed = skein.Claim{}.DecidedAt, false, ""`, `c.Kept, c.Passed = false, ""`},
	{"internal/lead/window.go", "l.Window.ClaimCame(l.Trust, c.Judged.Zone, l.Phase.Situation.Urgency, l.Rules.Clocks, by.At)\n\t}", "}"},
	{"internal/lead/window.go", "if l.Window.ToldAt.IsZero() {", "if false {"},
	{"internal/lead/window.go", "l.terms(skein.TermState.Waits)", "l.terms(skein.TermState.Coming)"},
	{"internal/lead/invite.go", "all.add(l.Before...)", "all.add()"},
	{"internal/lead/invite.go", "all.add(l.Holder())", "all.add()"},
	{"internal/lead/invite.go", "band = max(band, i.Band)", "band = 0"},
	{"internal/lead/end.go", "if t.Role == skein.Primary || !t.State.Holds() {", "if true {"},
	{"internal/lead/end.go", "if !l.Window.State.Going() {", "if true {"},
	{"internal/lead/need.go", "primary(skein.TermState.Stays)", "primary(skein.TermState.Holds)"},
	{"internal/lead/need.go", "if !n.Settled() && who != by.Person {", "if who != by.Person {"},
	{"internal/lead/propose.go", "moved = p.Moved(before) && p.Project.State != skein.Draft", "moved = p.Moved(before)"},
	{"internal/lead/propose.go", "if len(l.Changes.Refusals) > 0 {", "if false {"},
	{"internal/lead/review.go", "if l.Window.ToldAt.IsZero() || c.DecidedAt.IsZero() {", "if l.Window.ToldAt.IsZero() {"},
	{"internal/lead/review.go", "not.add(p.AnsweredBy)", "not.add(p.AnsweredBy[:0])"},
	{"internal/lead/send.go", "if before.State != skein.ClaimSubmitted {", "if true {"},
	{"internal/lead/send.go", "c.With, c.WithAgreed = typed.With, time.Time{}", "c.With = typed.With"},
	{"internal/lead/send.go", "l.Window = s.Window", "_ = s.Window"},
	{"internal/lead/team.go", "if m.Person == by.Person && m.LeftAt.IsZero() {", "if m.Person == by.Person && false {"},
	{"internal/lead/clock.go", "return !until.IsZero() && !until.After(now)", "return !until.IsZero() && until.Before(now)"},
	{"internal/lead/clock.go", "(t.State == skein.TermOffered || t.State == skein.TermAsked) && due", "t.State == skein.TermOffered && due"},
	{"internal/lead/close.go", "return a.Judged.Turn - b.Judged.Turn", "return b.Judged.Turn - a.Judged.Turn"},
	{"internal/lead/close.go", "if c.CoachAgreed.IsZero() {", "if false {"},
	{"internal/lead/close.go", `if c.Passed != "" {`, "if false {"},
	{"internal/lead/close.go", "l.Window.Sealed, l.Window.Restarts = time.Time{}, false, 0", "l.Window.Sealed = time.Time{}, false"},
	{"internal/lead/pick.go", "if first == nil && !written {", "if first == nil {"},
	{"internal/lead/pick.go", "!part.has(r.Person) && !awayFor(r.AwayUntil, by, within)", "!part.has(r.Person)"},
	{"internal/lead/pick.go", "if len(l.unread()) == 0 {\n\t\t\tl.tell", "if true {\n\t\t\tl.tell"},
	{"internal/lead/pick.go", "if len(l.unread()) == 0 {\n\t\t\tl.tell", "if false {\n\t\t\tl.tell"},
	{"internal/lead/pick.go", "if !l.Window.ToldAt.IsZero() {", "if false {"},
	{"internal/lead/pick.go", "c.State != skein.ClaimNotChosen || c == who {", "c.State != skein.ClaimNotChosen {"},
	{"internal/lead/pick.go", `case c.Passed != "":`, "case false:"},
	{"internal/lead/pick.go", "case who.Judged.Band > 0 && c.Judged.Band == who.Judged.Band:", "case c.Judged.Band > 0:"},
	{"internal/lead/pick.go", "return l.follow(by, who, len(order)-slices.Index(order, who))", "return l.follow(by, who, len(order)-min(0, slices.Index(order, who)))"},
	{"internal/lead/pick.go", "if first == nil {\n\t\t\treturn l.nobodyPasses(by)", "if first == nil {\n\t\t\treturn skein.ErrNotFound"},
	{"internal/lead/check.go", "*p = asked\n", "_ = asked\n"},
	{"internal/lead/check.go", "if why != \"\" {", "if false {"},
	{"internal/lead/hold.go", "!until.Before(by.Day.AddDate(0, 0, int(answer/(24*time.Hour))))", "!until.Before(by.Day)"},
	{"internal/lead/hold.go", "min(len(after), max(10, len(l.held)))", "min(len(after), 10)"},
	{"internal/lead/hold.go", "maps.Copy(l.held, held)", "l.held = maps.Clone(held)"},
	{"internal/lead/hold.go", "case h.Gone:", "case false:"},
	{"internal/lead/hold.go", "case answer > 0 && awayFor(", "case awayFor("},
	{"internal/lead/hold.go", "r == skein.Primary && l.Rules.LeadsAtOnce > 0 &&", "l.Rules.LeadsAtOnce > 0 &&"},
	{"internal/lead/hold.go", "h.Leads >= l.Rules.LeadsAtOnce", "h.Leads > l.Rules.LeadsAtOnce"},
	{"internal/lead/hold.go", "h.Hours+*l.Project.HoursPerWeek > *h.Free", "h.Hours+*l.Project.HoursPerWeek >= *h.Free"},
	{"internal/lead/hold.go", "h.Hours+*l.Project.HoursPerWeek > *h.Free", "h.Hours > *h.Free"},
	{"internal/lead/hold.go", `c.Passed = ""`, "_ = c"},
	{"internal/lead/hold.go", "if l.answered(order[0]) {", "if false {"},
	{"internal/lead/hold.go", "c.Passed = why", "_ = why"},
	{"internal/lead/offer.go", "accepted := l.answered(c)", "accepted := l.Trust == skein.Open"},
	{"internal/lead/offer.go", "return l.Trust == skein.Open ||", "return l.Project.Trust == skein.Open ||"},
	{"internal/lead/offer.go", "if err := l.refuseFull(by, skein.Primary); err != nil {", "if err := error(nil); err != nil {"},
	{"internal/lead/offer.go", "l.undoNeeds(*t)\n", "\n"},
	{"internal/lead/offer.go", `c.Judged.Turn == 0 && c.Judged.Place == 0 && c.Judged.Stops == ""`, "c.Judged.Turn == 0 && c.Judged.Place == 0"},
	{"internal/lead/begin.go", "if c.Judged.Zone == skein.Stretch {", "if true {"},
	{"internal/lead/begin.go", "return by != t.Person }", "return false }"},
	{"internal/lead/begin.go", "needs := l.needsOf(*t)", "needs := l.Needs"},
	{"internal/lead/begin.go", "l.undoNeeds(*t)\n", "\n"},
	{"internal/lead/begin.go", `if why := l.cannot(by, h, skein.CoLead, 0); why != "" {`, "if why := l.cannot(by, h, skein.CoLead, 0); false {"},
	{"internal/lead/invite.go", "h.Leads += h.Invites", ""},
	{"internal/lead/invite.go", "n == 0 || n < len(l.held)", "n == 0"},
	{"internal/lead/invite.go", "if err := l.refuseFull(by, skein.Primary); err != nil {", "if err := error(nil); err != nil {"},
	{"internal/lead/invite.go", "s.Holder = l.Holder()\n", "\n"},
	{"internal/lead/need.go", "l.askForCoach(n)", ""},
	{"internal/lead/need.go", "l.askForCoach(*n)", ""},
	{"internal/lead/need.go", `n.AskedOf != coach || n.WaivedBy != ""`, "n.AskedOf != coach"},
	{"internal/lead/need.go", `n.WaivedBy != "" && n.Claim == "" && of(n.WaivedBy)`, `n.WaivedBy != "" && n.Claim == ""`},
	{"internal/lead/need.go", "if !s.Left {", "if true {"},
	{"internal/lead/end.go", "!t.State.Holds() || t.EndsOn.IsZero() || !t.EndsOn.Before(by.Day)", "t.EndsOn.IsZero() || !t.EndsOn.Before(by.Day)"},
	{"internal/lead/end.go", "t.EndsOn.IsZero() || !t.EndsOn.Before(by.Day)", "t.EndsOn.IsZero() || t.EndsOn.After(by.Day)"},
	{"internal/lead/end.go", "end.AddDate(0, 0, PastDays).Before(by.Day)", "!end.AddDate(0, 0, PastDays).After(by.Day)"},
	{"internal/lead/end.go", "l.Window.State != skein.WindowPicked && l.primary", "l.primary"},
	{"internal/lead/end.go", "l.tellEnded(by, *t, skein.CodeWhole)\n\treturn l.void(by)", "l.tellEnded(by, *t, skein.CodeWhole)\n\treturn nil"},
	{"internal/lead/propose.go", "l.Window.Restarts >= MostRestarts", "l.Window.Restarts > MostRestarts"},
	{"internal/lead/propose.go", "l.Window.Restarts = before + 1", "l.Window.Restarts = min(before, 0) + 1"},
	{"internal/lead/propose.go", "moved && l.gathers() && l.Window", "moved && l.Window"},
	{"internal/lead/review.go", "|| slices.Contains(l.Gone, r.AskedOf)", ""},
	{"internal/lead/review.go", "r.AnsweredAt = by.At\n", "\n"},
	{"internal/lead/send.go", `if s.Holder != "" && s.Holder == by.Person {`, "if false {"},
	{"internal/lead/withdraw.go", "was == skein.ClaimChosen || was == skein.ClaimSubmitted && l.readsNothing()", "was == skein.ClaimChosen"},
	{"internal/lead/withdraw.go", "was == skein.ClaimSubmitted && l.readsNothing()", "was == skein.ClaimSubmitted"},
	{"internal/lead/withdraw.go", "case role == skein.BesideWith:", "case false:"},
	{"internal/lead/withdraw.go", "case c.State == skein.ClaimAccepted:", "case false:"},
	{"internal/lead/team.go", `if why := l.cannot(by, h, skein.CoLead, 0); why != "" {`, "if why := l.cannot(by, h, skein.CoLead, 0); false {"},
	{"internal/lead/gone.go", "if !slices.Contains(l.Gone, p) {", "if false {"},
	{"internal/lead/gone.go", "if !l.Project.State.Over() {", "if true {"},
	{"internal/lead/gone.go", "l.goneFromNeeds(p) // what they could do without is open again", ""},
	{"internal/lead/gone.go", "!c.unsent() && comes {", "!c.unsent() && (comes || true) {"},
	{"internal/lead/gone.go", "|| c.State == skein.ClaimNotChosen && l.Window.State.Going()", ""},
	{"internal/lead/gone.go", "n.AskedOf != p || n.Settled() ||", "n.AskedOf != p ||"},
	{"internal/lead/gone.go", "|| n.Kind == skein.NeedCoach && n.Claim != \"\"", ""},
	{"internal/lead/gone.go", "!l.Window.State.Going() || c.State == skein.ClaimDraft", "c.State == skein.ClaimDraft"},
	{"internal/lead/gone.go", "l.goneFromLead, l.goneFromChecks,", "l.goneFromLead,"},
	{"internal/lead/gone.go", "l.undoNeeds(*t)\n", "\n"},
	{"internal/lead/gone.go", "return l.nextBand(by)", "return nil"},
	{"internal/lead/gone.go", "if c.State == skein.ClaimAccepted {\n\t\t\tl.coachAnswers", "if false {\n\t\t\tl.coachAnswers"},
	{"internal/lead/gone.go", "pick.State == skein.PickWaiting && pick.AskedOf == p", "pick.State == skein.PickWaiting"},
	{"internal/lead/clock.go", "case t.State.Holds() && !t.EndsOn.IsZero()", "case t.State == skein.TermLive && !t.EndsOn.IsZero()"},
}

func main() {
	lived := 0
	if len(os.Args) > 1 { // only those of some files, or of some words
		mutants = slices.DeleteFunc(mutants, func(m mutant) bool { return !strings.Contains(m.file+": "+m.is, os.Args[1]) })
	}
	for i, m := range mutants {
		switch said, err := try(m); {
		case err != nil:
			fmt.Printf("%2d broken  %s: %v\n", i+1, m.file, err)
			lived++
		case said == "":
			fmt.Printf("%2d LIVES   %s: %s -> %s\n", i+1, m.file, m.is, m.becomes)
			lived++
		default:
			fmt.Printf("%2d killed  %-32s by %s\n", i+1, m.file, said)
		}
	}
	fmt.Printf("%d of %d mutants were killed\n", len(mutants)-lived, len(mutants))
	if lived > 0 {
		os.Exit(1)
	}
}

// try returns which test noticed; nothing when none did.
func try(m mutant) (string, error) {
	source, err := os.ReadFile(m.file)
	if err != nil {
		return "", err
	}
	if n := bytes.Count(source, []byte(m.is)); n == 0 {
		return "", fmt.Errorf("%q is not there any more", m.is)
	}
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	broken, overlay := filepath.Join(dir, "broken.go"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(broken, bytes.Replace(source, []byte(m.is), []byte(m.becomes), 1), 0o600); err != nil {
		return "", err
	}
	file, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{file: broken}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		return "", err
	}
	for _, room := range []string{filepath.Dir(m.file), "internal/bench"} {
		if room == "internal/bench" && !strings.Contains(m.file, "/index/") {
			continue
		}
		args := []string{"test", "-overlay", overlay, "-failfast", "-vet=off", "-count=1", "-timeout=5m", "./" + room}
		if room == "internal/bench" {
			args = append(args, "-run=Thousands")
		} else {
			args = append(args, "-rapid.nofailfile") // what a mutant fails on is no test of ours
		}
		out, err := exec.Command("go", args...).CombinedOutput()
		if err == nil {
			continue
		}
		if bytes.Contains(out, []byte("[build failed]")) || bytes.Contains(out, []byte("[setup failed]")) {
			return "", fmt.Errorf("it does not compile:\n%s", out)
		}
		return named(string(out)), nil
	}
	return "", nil
}

// named is the first test that failed.
func named(out string) string {
	_, after, ok := strings.Cut(out, "--- FAIL: ")
	if !ok {
		return "a panic, or the time limit"
	}
	name, _, _ := strings.Cut(after, " ")
	return name
}
