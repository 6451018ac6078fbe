package evaluate

import (
	"cmp"
	"encoding/json"
	"slices"
)

// Method is what a way of ranking comes to.
type Method struct {
	Figures
	Intervals Bounds
	FirstList *List // how well it orders those who never led; nil in what is said of first leads alone
	Top       *Top  // whom it puts first
}

// MarshalJSON writes the figures with what belongs to them beside them.
func (m Method) MarshalJSON() ([]byte, error) {
	out := m.named()
	out["intervals"] = m.Intervals
	if m.FirstList != nil {
		out["first_list"] = m.FirstList
	}
	if m.Top != nil {
		out["top"] = m.Top
	}
	return json.Marshal(out)
}

// List is how well first primary leads who were candidates are found on the list of those who never
// led anything, which is shown by itself wherever people are invited.
type List struct {
	Recall     float64 `json:"recall@10"`
	MRR        float64 `json:"mrr"`
	Candidates int     `json:"candidates"` // first primary leads who were candidates: the projects measured
	Intervals  Bounds  `json:"intervals"`
}

// listNames names a list's figures, in their order.
var listNames = []string{"recall@10", "mrr"}

// Top is who comes first: how long they have been there beside the other candidates (0 the newest, 1
// who has been there longest, .5 chance), and how many of them have led before.
type Top struct {
	TenureFirst float64 `json:"tenure_percentile_first"`
	TenureTen   float64 `json:"tenure_percentile_10"`
	LedFirst    float64 `json:"led_before_first"`
	LedTen      float64 `json:"led_before_10"`
	Intervals   Bounds  `json:"intervals"`
}

// topNames names them, in their order.
var topNames = []string{"tenure_percentile_first", "tenure_percentile_10", "led_before_first", "led_before_10"}

// measured is what a method comes to, project by project.
type measured struct {
	each, first, list, top []row
}

// measure measures some scores of each project's candidates.
func (p *Past) measure(all []*occasion, scores [][]float64) measured {
	var m measured
	for i, o := range all {
		above, level := standing(scores[i], o.lead)
		of := figuresOf(above, level).List()
		r := row{of[:], o.Lead}
		m.each = append(m.each, r)
		m.top = append(m.top, row{o.top(scores[i]), o.Lead})
		if !o.first {
			continue
		}
		m.first = append(m.first, r)
		if o.lead >= 0 {
			m.list = append(m.list, row{o.onList(scores[i]), o.Lead})
		}
	}
	return m
}

// onList is the place of the lead, who never led before, among all who never did.
func (o *occasion) onList(scores []float64) []float64 {
	var never []float64
	one := 0
	for i, s := range scores {
		if i == o.lead {
			one = len(never)
		}
		if !o.led[i] {
			never = append(never, s)
		}
	}
	f := figuresOf(standing(never, one))
	return []float64{f.Recall[Recall10], f.MRR}
}

// top is who comes first, and who among the first ten: what is expected where equals draw lots.
func (o *occasion) top(scores []float64) []float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), a-b) })
	var tenure, led [2]float64
	for from, to := 0, 0; from < min(10, len(order)); from = to {
		for to < len(order) && scores[order[to]] == scores[order[from]] {
			to++
		}
		for n, k := range []int{1, 10} {
			k = min(k, len(order))
			in := float64(max(0, min(k-from, to-from))) / float64(to-from) / float64(k)
			for _, i := range order[from:to] {
				tenure[n] += in * o.tenure[i]
				if o.led[i] {
					led[n] += in
				}
			}
		}
	}
	return []float64{tenure[0], tenure[1], led[0], led[1]}
}

// reality is how long those who did lead had been there, and how many had led before: of those who
// were candidates.
func reality(all []*occasion) Top {
	var rows []row
	for _, o := range all {
		if o.lead < 0 {
			continue
		}
		led := 0.0
		if o.led[o.lead] {
			led = 1
		}
		rows = append(rows, row{[]float64{o.tenure[o.lead], o.tenure[o.lead], led, led}, o.Lead})
	}
	return topOf(rows)
}

// percentiles says of each value which part of all lies below it, equals counted by half.
func percentiles(values []float64) []float64 {
	sorted := slices.Sorted(slices.Values(values))
	out := make([]float64, len(values))
	for i, v := range values {
		below, _ := slices.BinarySearch(sorted, v)
		upto := below
		for upto < len(sorted) && sorted[upto] == v {
			upto++
		}
		out[i] = float64(below+upto) / 2 / float64(len(values))
	}
	return out
}

func (m measured) method() Method {
	list, top := m.listed(), topOf(m.top)
	return Method{Figures: figuresIn(m.each), Intervals: bounds(names[:], m.each), FirstList: &list, Top: &top}
}

func (m measured) firstTime() Method {
	return Method{Figures: figuresIn(m.first), Intervals: bounds(names[:], m.first)}
}

func (m measured) listed() List {
	of := means(len(listNames), m.list)
	return List{Recall: of[0], MRR: of[1], Candidates: len(m.list), Intervals: bounds(listNames, m.list)}
}

func topOf(rows []row) Top {
	of := means(len(topNames), rows)
	return Top{of[0], of[1], of[2], of[3], bounds(topNames, rows)}
}

func figuresIn(rows []row) Figures {
	of := means(len(names), rows)
	return Figures{Recall: [len(cuts)]float64(of[:len(cuts)]), MRR: of[MRR], NDCG: of[5]}
}

func means(figures int, rows []row) []float64 {
	out := make([]float64, figures)
	for _, r := range rows {
		for i, v := range r.values {
			out[i] += v / float64(len(rows))
		}
	}
	return out
}
