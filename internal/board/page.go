package board

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	factsdb "skein/internal/postgres/facts"
	"skein/internal/skein"
)

// Query is what somebody looks for on the board.
type Query struct {
	Circle      skein.CircleID // with all that lies within it: projects of these, and those that one of them must move with
	Priority    skein.PriorityID
	MostHours   *float64
	ClosesBy    time.Time // zero: any time
	OpenEnded   bool      // only what is open until taken
	Uncertainty skein.Uncertainty
	LeastStakes int
	LeastReach  int
	Text        string
	Sort        Sort
	After       Key // where the page before ended
	Limit       int
	Today       skein.Date
	Now         time.Time // what has closed by then is not open any more
}

// Sort is the order of the board.
type Sort string

// The orders. By what suits somebody is: ready before a stretch before not yet, then by fit, then
// by what closes first.
const (
	BySuits    Sort = "suits"
	ByClosing  Sort = "closing"
	ByPriority Sort = "priority"
	ByNewest   Sort = "newest"
)

// Key is a place in one order: the sorting value as text, and the id. By what suits somebody
// the id alone is the place.
type Key struct {
	Value string
	ID    skein.ProjectID
}

// Row is a lead on the board, as the viewer sees it.
type Row struct {
	factsdb.Lead
	Own     string           // the viewer's place here: "lead", "co", "shadow", "member", or ""
	Moves   string           // the circle that was asked for and must move with it, by name; empty: it belongs to one of those itself
	Claim   skein.ClaimState // of the viewer's own claim
	SortKey string
}

// Page is one page of the board.
type Page struct {
	Open       []Row
	Counts     Counts
	Next       *Key  // where the next page begins; nil: there is none
	Deciding   []Row // claims have closed, and it is being decided who leads
	Soon       []Row // led, and opening within two months or open for the next already
	Beside     []Row // led, with a place beside the lead; those that suit best first
	Nearest    []Row // open leads that the filters leave out, the ones closing first
	Circles    []skein.Circle
	Priorities []skein.Priority
	OpenInAll  int // open leads, whatever the filters
}

// Counts are how many leads there are of a kind under the filters; a page shows the first of them.
type Counts struct {
	Open     int // from where the page begins
	Deciding int
	Soon     int
	Beside   int
}

// How far ahead in days the board looks for terms that end, how many leads of those it names, at
// how many it looks for a place beside them, and how many it names when nothing is left.
const (
	soon        = 60
	mostSoon    = 40
	mostDecided = 40
	mostBeside  = 40
	besideShown = 4
	mostNearest = 3
)

// cut is which leads a page of the board shows, by their places.
type cut struct {
	open, deciding, soon, beside, nearest []int
	under                                 map[skein.CircleID]bool // nil: whatever circle
	more                                  bool
	openInAll                             int
	counts                                Counts
}

// Page is one page of the board as the person sees it.
func (s *Standings) Page(ctx context.Context, q Query) (Page, error) {
	c, err := s.cut(ctx, q)
	if err != nil {
		return Page{}, err
	}
	key := sortKey(q.Sort)
	if key == nil {
		key = closingKey
	}
	rows := func(of []int, key func(*lead) string) []Row { return s.rows(of, key, c.under) }
	p := Page{
		Open: rows(c.open, key), Deciding: rows(c.deciding, nil), Soon: rows(c.soon, nil), Beside: rows(c.beside, nil), Nearest: rows(c.nearest, nil),
		Circles: s.leads.circles, Priorities: s.leads.priorities, OpenInAll: c.openInAll, Counts: c.counts,
	}
	if c.more {
		last := p.Open[len(p.Open)-1]
		p.Next = &Key{last.SortKey, last.ID}
	}
	return p, nil
}

// cut finds out which leads a page shows.
func (s *Standings) cut(ctx context.Context, q Query) (*cut, error) {
	c := &cut{}
	if q.Circle != "" {
		c.under = s.leads.under(q.Circle)
	}
	fits, err := s.filter(ctx, q, c.under)
	if err != nil {
		return nil, err
	}
	var open, deciding, later, led []int
	for i := range s.leads.list {
		one := &s.leads.list[i]
		claimable := one.canClaim(q.Now)
		if claimable {
			c.openInAll++
		}
		if !fits(one) {
			continue
		}
		switch {
		case claimable:
			open = append(open, i)
		case one.decides(q.Now):
			deciding = append(deciding, i)
		case one.State.HasLead() && one.opens(q.Today):
			later = append(later, i)
		}
		if one.State == skein.Led && s.besideOthers(one) {
			led = append(led, i)
		}
	}
	c.open, c.counts.Open = s.page(open, q)
	c.more = c.counts.Open > len(c.open) && len(c.open) > 0
	if q.After.ID != "" {
		return c, nil
	}
	c.deciding = s.smallest(deciding, mostDecided, s.bySoon)
	c.soon = s.smallest(later, mostSoon, s.bySoon)
	led = slices.DeleteFunc(led, func(i int) bool { return s.leads.list[i].CoLed && s.leads.list[i].Shadowed })
	c.beside = s.beside(led)
	c.counts.Deciding, c.counts.Soon, c.counts.Beside = len(deciding), len(later), len(led)
	if len(open) == 0 {
		c.nearest = s.nearest(q.Now)
	}
	return c, nil
}

// filter tells which leads a query asks for, whose circles are those; nil: any.
func (s *Standings) filter(ctx context.Context, q Query, under map[skein.CircleID]bool) (func(*lead) bool, error) {
	var found map[skein.ProjectID]bool
	if q.Text != "" {
		ids, all, err := s.db.Facts.SearchLeads(ctx, q.Text)
		if err != nil {
			return nil, err
		}
		if !all {
			found = make(map[skein.ProjectID]bool, len(ids))
			for _, id := range ids {
				found[id] = true
			}
		}
	}
	return func(l *lead) bool {
		return (under == nil || under[l.Circle] || l.moves(under) != "") &&
			(q.Priority == "" || l.PriorityID == q.Priority) &&
			(q.MostHours == nil || l.HoursPerWeek != nil && *l.HoursPerWeek <= *q.MostHours) &&
			(q.ClosesBy.IsZero() || !l.ClosesAt.IsZero() && !l.ClosesAt.After(q.ClosesBy)) &&
			(!q.OpenEnded || l.Window != "" && l.ClosesAt.IsZero()) &&
			(q.Uncertainty == "" || l.Uncertainty == q.Uncertainty) &&
			l.Stakes >= q.LeastStakes && l.Reach >= q.LeastReach &&
			(found == nil || found[l.ID])
	}, nil
}

// opens tells whether somebody can claim a lead that somebody holds, or before long.
func (l *lead) opens(today skein.Date) bool {
	if l.State.Seeks() {
		return l.Window != "" // else somebody is being chosen, or is to lead from a day on
	}
	return opensBy(l, today)
}

// opensBy tells whether a led project is due to open before long.
func opensBy(l *lead, today skein.Date) bool {
	return !l.EndsOn.IsZero() && !l.EndsOn.Before(today) && !l.EndsOn.After(today.AddDate(0, 0, soon)) &&
		(l.EndOn.IsZero() || l.EndOn.After(l.EndsOn))
}

// besideOthers tells whether somebody else leads it and the person has no place in it.
func (s *Standings) besideOthers(l *lead) bool {
	return l.LeadID != "" && l.LeadID != s.own.person() && !slices.ContainsFunc(s.own.Places, func(p factsdb.OwnPlace) bool {
		return p.Project == l.ID && p.State.Placed()
	})
}

// page cuts one page out of the open leads, and tells how many there are from its beginning.
func (s *Standings) page(open []int, q Query) (shown []int, all int) {
	key := sortKey(q.Sort)
	order := s.by(key)
	if key == nil {
		order = s.bySuit
		if at, ok := s.leads.at[q.After.ID]; ok && slices.Contains(open, at) {
			open = slices.DeleteFunc(open, func(i int) bool { return order(i, at) <= 0 })
		}
	} else if q.After.ID != "" {
		open = slices.DeleteFunc(open, func(i int) bool {
			l := &s.leads.list[i]
			return cmp.Or(cmp.Compare(key(l), q.After.Value), cmp.Compare(l.ID, q.After.ID)) <= 0
		})
	}
	return s.smallest(open, q.Limit, order), len(open)
}

// smallest returns the first few in an order, which leaves no two equal.
func (s *Standings) smallest(all []int, most int, order func(a, b int) int) []int {
	first := make([]int, 0, min(most, len(all)))
	for _, i := range all {
		if len(first) == most && (most == 0 || order(i, first[most-1]) > 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(first, i, order)
		if len(first) == most {
			first = first[:most-1]
		}
		first = slices.Insert(first, at, i)
	}
	return first
}

func closingKey(l *lead) string { return l.ClosingKey }

// sortKey is the value that an order sorts by.
func sortKey(sort Sort) func(*lead) string {
	switch sort {
	case ByClosing:
		return closingKey
	case ByPriority:
		return func(l *lead) string { return l.PriorityKey }
	case ByNewest:
		return func(l *lead) string { return l.NewestKey }
	}
	return nil
}

func (s *Standings) by(key func(*lead) string) func(a, b int) int {
	return func(a, b int) int {
		x, y := &s.leads.list[a], &s.leads.list[b]
		return cmp.Or(strings.Compare(key(x), key(y)), cmp.Compare(a, b))
	}
}

// bySuit sorts by zone, then by fit, then by what closes first.
func (s *Standings) bySuit(a, b int) int {
	if c := cmp.Compare(s.scores.zone[b], s.scores.zone[a]); c != 0 {
		return c
	}
	if c := cmp.Compare(s.scores.fit[b], s.scores.fit[a]); c != 0 {
		return c
	}
	return s.by(closingKey)(a, b)
}

// bySoon sorts by when claims close, else by when the term ends.
func (s *Standings) bySoon(a, b int) int {
	at := func(l *lead) time.Time {
		switch {
		case !l.ClosesAt.IsZero():
			return l.ClosesAt
		case !l.EndsOn.IsZero():
			return l.EndsOn
		}
		return time.Unix(1<<40, 0)
	}
	return cmp.Or(at(&s.leads.list[a]).Compare(at(&s.leads.list[b])), cmp.Compare(a, b))
}

// beside are the few places beside a lead that suit best, of those published last.
func (s *Standings) beside(led []int) []int {
	newest := s.smallest(led, mostBeside, func(a, b int) int {
		x, y := &s.leads.list[a], &s.leads.list[b]
		return cmp.Or(y.PublishedAt.Compare(x.PublishedAt), cmp.Compare(a, b))
	})
	slices.SortStableFunc(newest, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.scores.zone[b], s.scores.zone[a]), cmp.Compare(s.scores.fit[b], s.scores.fit[a]))
	})
	return newest[:min(len(newest), besideShown)]
}

// nearest are the open leads that close first, whatever is asked for.
func (s *Standings) nearest(now time.Time) []int {
	var open []int
	for i := range s.leads.list {
		if s.leads.list[i].canClaim(now) {
			open = append(open, i)
		}
	}
	return s.smallest(open, mostNearest, s.by(closingKey))
}

// moves is the first of some circles that must move with a lead, beside its own; "": none of them must.
func (l *lead) moves(under map[skein.CircleID]bool) skein.CircleID {
	for _, c := range l.Further {
		if under[c] {
			return c
		}
	}
	return ""
}

// rows adds what the person has to do with leads, of which those of some circles were asked for.
func (s *Standings) rows(of []int, key func(*lead) string, under map[skein.CircleID]bool) []Row {
	all := make([]Row, len(of))
	for n, i := range of {
		l := &s.leads.list[i]
		all[n] = Row{Lead: l.Lead, Own: s.own.places[l.ID]}
		if claim := s.own.claims[l.Window]; claim != nil {
			all[n].Claim = claim.State
		}
		if moves := l.moves(under); moves != "" && !under[l.Circle] {
			all[n].Moves = s.leads.nameOf(moves)
		}
		if key != nil {
			all[n].SortKey = key(l)
		}
	}
	return all
}
