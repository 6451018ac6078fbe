package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"skein/internal/evaluate"
)

// printResult prints the figures for people, each method a line.
func printResult(out io.Writer, r evaluate.Result) error {
	fmt.Fprintf(out, "%d projects tested, the newest 40 %%; candidates at the median %g; leads among the candidates %.1f %%.\n",
		r.Projects, r.CandidatesMedian, 100*r.Ceiling)
	how := "the defaults"
	if r.Calibrated {
		how = fmt.Sprintf("chosen on %d earlier projects", r.Tuned)
	}
	fmt.Fprintf(out, "Half-life %g days, w0 %g, rotation %g: %s.\n", r.Settings.HalfLifeDays, r.Settings.W0, r.Settings.Rotation, how)
	t := printed{out, tabwriter.NewWriter(out, 0, 4, 2, ' ', tabwriter.AlignRight)}
	fmt.Fprintln(out, "\nEach figure with the wider of two intervals of 95 %: projects drawn anew 1,000 times, and people who led.")
	t.figures("all", r.Methods)
	t.ahead("skein less", r.Methods, r.Ahead)
	fmt.Fprintf(out, "\nOf these, the %d first primary leads; %.1f %% of them had any evidence before, %.1f %% are candidates:\n",
		r.FirstTime.Projects, 100*r.FirstTime.Evidence, 100*r.FirstTime.Ceiling)
	t.figures("first leads", r.FirstTime.Methods)
	t.ahead("skein less", r.FirstTime.Methods, r.FirstTime.Ahead)
	fmt.Fprintf(out, "\nThe list of those who never led, by itself: the %d first primary leads who are candidates, ranked on it.\n",
		r.Methods[evaluate.Skein].FirstList.Candidates)
	t.lists(r)
	fmt.Fprintln(out, "\nWho comes first: the share of the candidates who have been there for less long, and how many led before.")
	t.tops(r)
	if r.Calibration != nil {
		fmt.Fprintln(out, "\nThe settings beside the defaults, on the tested projects:")
		t.calibration(*r.Calibration)
	}
	_, err := fmt.Fprintln(out, "\n"+r.Note)
	return err
}

// printed prints tables.
type printed struct {
	out   io.Writer
	table *tabwriter.Writer
}

func (t printed) line(cells ...string) { fmt.Fprintln(t.table, strings.Join(cells, "\t")+"\t") }

func (t printed) end() { _ = t.table.Flush() } // what cannot be written, the last line finds out

func (t printed) figures(title string, of map[string]evaluate.Method) {
	t.line(title, "recall@1", "@5", "@10", "@20", "MRR", "nDCG@10")
	for _, name := range evaluate.Methods {
		cells := []string{name}
		for i, v := range of[name].Figures.List() {
			cells = append(cells, figure(v, of[name].Intervals.Wider(i)))
		}
		t.line(cells...)
	}
	t.end()
}

// ahead prints by how much skein is ahead of each method, and whether that is more than chance.
func (t printed) ahead(title string, of map[string]evaluate.Method, ahead map[string]evaluate.Bounds) {
	fmt.Fprintln(t.out)
	t.line(title, "recall@10", "by project", "by person", "", "MRR", "by project", "by person", "")
	mine := of[evaluate.Skein].Figures.List()
	for _, name := range evaluate.Methods[1:] {
		cells := []string{name}
		for _, i := range []int{evaluate.Recall10, evaluate.MRR} {
			by := mine[i] - of[name].Figures.List()[i]
			cells = append(cells, fmt.Sprintf("%+.3f", by), between(ahead[name].ByProject[i]), between(ahead[name].ByPerson[i]), verdict(ahead[name].Wider(i)))
		}
		t.line(cells...)
	}
	t.end()
	t.verdicts(ahead, evaluate.Recall10, evaluate.MRR)
}

// verdicts names the methods that two figures are behind of, and those that they are within chance of.
func (t printed) verdicts(ahead map[string]evaluate.Bounds, recall, mrr int) {
	for _, what := range []string{"behind", "within chance"} {
		var of []string
		for _, name := range evaluate.Methods[1:] {
			var figures []string
			if verdict(ahead[name].Wider(recall)) == what {
				figures = append(figures, "recall@10")
			}
			if verdict(ahead[name].Wider(mrr)) == what {
				figures = append(figures, "MRR")
			}
			if len(figures) > 0 {
				of = append(of, name+" ("+strings.Join(figures, ", ")+")")
			}
		}
		if len(of) > 0 {
			fmt.Fprintf(t.out, "Skein is %s: %s.\n", what, strings.Join(of, "; "))
		}
	}
}

func (t printed) lists(r evaluate.Result) {
	t.line("never led", "recall@10", "MRR", "skein less: @10", "by project", "by person", "", "MRR", "by project", "by person", "")
	mine := r.Methods[evaluate.Skein].FirstList
	for _, name := range evaluate.Methods {
		l := r.Methods[name].FirstList
		cells := []string{name, figure(l.Recall, l.Intervals.Wider(0)), figure(l.MRR, l.Intervals.Wider(1))}
		if name != evaluate.Skein {
			for i, by := range []float64{mine.Recall - l.Recall, mine.MRR - l.MRR} {
				in := r.AheadList[name]
				cells = append(cells, fmt.Sprintf("%+.3f", by), between(in.ByProject[i]), between(in.ByPerson[i]), verdict(in.Wider(i)))
			}
		}
		t.line(cells...)
	}
	t.end()
	t.verdicts(r.AheadList, 0, 1)
}

func (t printed) tops(r evaluate.Result) {
	t.line("", "tenure, of the first", "of the first ten", "led before, of the first", "of the first ten")
	line := func(name string, top evaluate.Top) {
		in := top.Intervals
		t.line(name, figure(top.TenureFirst, in.Wider(0)), figure(top.TenureTen, in.Wider(1)),
			figure(top.LedFirst, in.Wider(2)), figure(top.LedTen, in.Wider(3)))
	}
	for _, name := range evaluate.Methods {
		line(name, *r.Methods[name].Top)
	}
	reality := r.Reality
	t.line("who did lead", figure(reality.TenureFirst, reality.Intervals.Wider(0)), "", figure(reality.LedFirst, reality.Intervals.Wider(2)), "")
	t.end()
}

// calibration sets chosen settings beside the defaults, and says where they are behind.
func (t printed) calibration(p evaluate.Proposal) {
	t.line("", "defaults", "chosen", "difference", "by project", "by person", "")
	line := func(what string, now, then float64, in evaluate.Bounds, i int) {
		t.line(what, fmt.Sprintf("%.3f", now), fmt.Sprintf("%.3f", then), fmt.Sprintf("%+.3f", then-now),
			between(in.ByProject[i]), between(in.ByPerson[i]), verdict(in.Wider(i)))
	}
	both := func(of string, now, then evaluate.Method, in evaluate.Bounds) {
		for _, i := range []int{evaluate.Recall10, evaluate.MRR} {
			line(of+map[int]string{evaluate.Recall10: ", recall@10", evaluate.MRR: ", MRR"}[i], now.Figures.List()[i], then.Figures.List()[i], in, i)
		}
	}
	both("all", p.Now.All, p.Proposed.All, p.Difference.All)
	both("first primary leads", p.Now.FirstTime, p.Proposed.FirstTime, p.Difference.FirstTime)
	line("list of those who never led, recall@10", p.Now.All.FirstList.Recall, p.Proposed.All.FirstList.Recall, p.Difference.List, 0)
	now, then, in := p.Now.All.Top.LedTen, p.Proposed.All.Top.LedTen, p.Difference.Top
	t.line("led before, of the first ten", fmt.Sprintf("%.3f", now), fmt.Sprintf("%.3f", then), fmt.Sprintf("%+.3f", then-now),
		between(in.ByProject[3]), between(in.ByPerson[3]), "")
	t.end()
	for _, of := range []string{evaluate.All, evaluate.FirstLeads, evaluate.NeverLed} {
		if said := worse(of, p.Worse); said != "" {
			fmt.Fprintln(t.out, said)
		}
	}
}

// worse says where chosen settings are behind the defaults; empty: nowhere.
func worse(of string, all []evaluate.Worse) string {
	var figures []string
	for _, w := range all {
		if w.Of != of {
			continue
		}
		chance := ", within chance"
		if w.Interval[1] < 0 {
			chance = ""
		}
		figures = append(figures, fmt.Sprintf("%s by %.3f%s", w.Figure, -w.By, chance))
	}
	if len(figures) == 0 {
		return ""
	}
	return "Warning: worse than the defaults for " + of + ": " + strings.Join(figures, "; ") + "."
}

func figure(v float64, in evaluate.Interval) string {
	return fmt.Sprintf("%.3f [%.2f, %.2f]", v, in[0], in[1])
}

func between(in evaluate.Interval) string { return fmt.Sprintf("[%+.3f, %+.3f]", in[0], in[1]) }

// verdict says what an interval of a difference allows to say.
func verdict(in evaluate.Interval) string {
	switch {
	case in[0] > 0:
		return "ahead"
	case in[1] < 0:
		return "behind"
	}
	return "within chance"
}
