package index

import (
	"maps"
	"math"
	"slices"

	"skein/internal/comparison"
	"skein/internal/match"
	"skein/internal/skein"
)

// base is many people, laid out for ranking. It never changes once it is built.
//
// What rows hold is enough to say everything about a person again, exactly; the lists only bound
// it, so that most of it is never looked at.
type base struct {
	asOf   skein.Date // the day that the lists were made for
	skill  map[skein.SkillID]uint32
	skills []skein.SkillID
	texts  []string

	ids     []skein.PersonID // ascending; a person's number is the place here
	flags   []uint8
	hours   []float64 // NaN: not stated
	leads   []int32
	lastLed []int32 // days since 1970; never: the smallest number
	extras  map[uint32]extra
	first   []uint32 // where a person's rows begin; one more at the end
	rows    []row

	lists   []list                // by skill
	holders []int32               // by skill: people with any evidence in it
	decays  map[float64][]float64 // by half-life: what each age in days counts for
	led     map[uint32][]uint32   // by skill: who has led in that area
}

// The flags of a person.
const (
	isActive = 1 << iota
	hasExtra
	hasAbsence
)

// extra is what most people do not have.
type extra struct {
	earlier  []comparison.EarlierLead
	wishes   []skein.SkillID
	absences []skein.Absence
}

const never = math.MinInt32

// builder makes a base of people who come sorted by id.
type builder struct {
	*base
	words *words
}

func newBuilder(w *words, asOf skein.Date) *builder {
	return &builder{&base{asOf: asOf, extras: map[uint32]extra{}, first: []uint32{0}}, w}
}

// add takes in a person; false when rows cannot hold everything about them.
func (b *builder) add(f comparison.Facts) bool {
	var last int32 = never
	if !f.LastLed.IsZero() {
		day, ok := dayOf(f.LastLed)
		if !ok {
			return false
		}
		last = int32(day)
	}
	if f.Leads < 0 || f.Leads > math.MaxInt32 {
		return false
	}
	from := len(b.rows)
	for _, e := range f.Evidence {
		var ok bool
		if b.rows, ok = b.words.pack(b.rows, e, b.asOf); !ok || e.Person != f.Person {
			b.rows = b.rows[:from]
			return false
		}
	}
	for _, e := range f.Earlier { // an area counts though nobody has evidence in it
		for _, skill := range e.Area {
			b.words.skillNumber(skill)
		}
	}
	own := b.rows[from:]
	sortRows(own)
	markTangled(own)
	b.column(f.Person, flagsOf(f), f.HoursFree, int32(f.Leads), last, extra{f.Earlier, f.Wishes, f.Absences})
	return true
}

// column appends everything about a person but the rows, which are there already.
func (b *builder) column(id skein.PersonID, flags uint8, hours *float64, leads, last int32, x extra) {
	if flags&hasExtra != 0 {
		b.extras[uint32(len(b.ids))] = x
	}
	b.ids = append(b.ids, id)
	b.flags = append(b.flags, flags)
	free := math.NaN()
	if hours != nil {
		free = *hours
	}
	b.hours = append(b.hours, free)
	b.leads = append(b.leads, leads)
	b.lastLed = append(b.lastLed, last)
	b.first = append(b.first, uint32(len(b.rows)))
}

func flagsOf(f comparison.Facts) uint8 {
	var flags uint8
	if f.Active {
		flags |= isActive
	}
	if len(f.Earlier)+len(f.Wishes)+len(f.Absences) > 0 {
		flags |= hasExtra
	}
	if len(f.Absences) > 0 {
		flags |= hasAbsence
	}
	return flags
}

// sortRows sorts by skill; a second row stays behind its first.
func sortRows(rows []row) {
	if !slices.IsSortedFunc(rows, bySkill) {
		slices.SortStableFunc(rows, bySkill)
	}
}

func bySkill(a, b row) int { return int(int64(a.skill) - int64(b.skill)) }

// markTangled marks the skills in which one row may replace another: of self rows, and of one
// giver's peer rows, only the latest counts.
func markTangled(rows []row) {
	for lo := 0; lo < len(rows); {
		hi, found := lo, false
		for ; hi < len(rows) && rows[hi].skill == rows[lo].skill; hi++ {
			for _, other := range rows[lo:hi] {
				found = found || replaces(rows[hi], other)
			}
		}
		if found {
			for i := lo; i < hi; i++ {
				rows[i].bits |= tangled
			}
		}
		lo = hi
	}
}

func replaces(a, b row) bool {
	if (a.bits|b.bits)&isSecond != 0 || a.kind() != b.kind() || a.kind() > 1 {
		return false
	}
	return a.kind() == 0 || a.from == b.from && (a.bits^b.bits)&isSource == 0
}

// finish makes the lists, with each skill's half-life.
func (b *builder) finish(halfLife func(skein.SkillID) float64, before *base) *base {
	b.skills, b.texts = b.words.skills, b.words.texts
	if before != nil && len(before.skills) == len(b.skills) {
		b.skill = before.skill // nothing new: a map that nobody writes to is shared
	} else {
		b.skill = maps.Clone(b.words.skill)
	}
	b.trim()
	b.base.list(halfLife)
	b.area()
	return b.base
}

// trim gives back the room that was kept for more people.
func (b *builder) trim() {
	b.ids, b.flags, b.hours = slices.Clone(b.ids), slices.Clone(b.flags), slices.Clone(b.hours)
	b.leads, b.lastLed, b.first = slices.Clone(b.leads), slices.Clone(b.lastLed), slices.Clone(b.first)
	if cap(b.rows)-len(b.rows) > len(b.rows)/64 {
		b.rows = append(make([]row, 0, len(b.rows)), b.rows...)
	}
}

// area notes who has led in each area.
func (b *base) area() {
	b.led = map[uint32][]uint32{}
	for p, x := range b.extras {
		for _, e := range x.earlier {
			for _, s := range e.Area {
				n := b.skill[s]
				if some := b.led[n]; len(some) == 0 || some[len(some)-1] != p {
					b.led[n] = append(some, p)
				}
			}
		}
	}
}

// number is a person's place; false when they are not here.
func (b *base) number(id skein.PersonID) (uint32, bool) {
	n, ok := slices.BinarySearch(b.ids, id)
	return uint32(n), ok
}

// facts says again what is known of a person, with the evidence in the skills that keep accepts.
func (b *base) facts(p uint32, keep func(skill uint32) bool) comparison.Facts {
	f := comparison.Facts{Person: b.ids[p], Active: b.flags[p]&isActive != 0, Leads: int(b.leads[p])}
	if h := b.hours[p]; !math.IsNaN(h) {
		f.HoursFree = &h
	}
	if b.lastLed[p] != never {
		f.LastLed = dateOf(uint16(b.lastLed[p]))
	}
	if b.flags[p]&hasExtra != 0 {
		x := b.extras[p]
		f.Earlier, f.Wishes, f.Absences = x.earlier, x.wishes, x.absences
	}
	for i := b.first[p]; i < b.first[p+1]; {
		if !keep(b.rows[i].skill) {
			i++
			continue
		}
		var e comparison.Seen
		e, i = b.unpack(f.Person, i)
		f.Evidence = append(f.Evidence, e)
	}
	return f
}

// turn is what turns add to somebody's order; see match.TurnAdds.
func (b *base) turn(p uint32, q *match.Query) float64 {
	if q.Rotation == 0 {
		return 0
	}
	lately := 0.0
	if b.flags[p]&hasExtra != 0 {
		lately = earlier(b.extras[p].earlier, *q)
	}
	return match.TurnAdds(*q, lately)
}

func earlier(leads []comparison.EarlierLead, q match.Query) float64 {
	var began []skein.Date
	for _, e := range leads {
		if match.SameArea(e.Area, q.Area) {
			began = append(began, e.From)
		}
	}
	if len(began) == 0 {
		return 0
	}
	return match.Earlier(q.Policy.Trust, began, q.AsOf)
}
