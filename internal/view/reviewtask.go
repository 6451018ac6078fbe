package view

import (
	"fmt"
	"strings"

	gameboarddb "skein/internal/postgres/gameboard"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// reviewTasks lists at most three things that wait for an executive: for any of them, where there are several.
func reviewTasks(q gameboarddb.Quarter, v Viewer, clock words.Clock) (tasks []page.ReviewTask) {
	for _, n := range q.Overdue {
		tasks = append(tasks, page.ReviewTask{
			Sentence: fmt.Sprintf("Grant what %s needs: %s.", n.Title, strings.TrimSuffix(needWords(n.Need, v.Org.Currency), ".")),
			Note:     needDue(n, clock),
			Button: component.Button{
				Label: "Grant it", Kind: component.Outlined, About: "for " + words.Name(n.Title), Action: path.GrantNeed(string(n.Project), string(n.ID)),
				Hidden: []component.Hidden{{Name: "back", Value: path.Admin}},
			},
			More: component.Button{
				Label: "Less, or no", Kind: component.Plain, About: "for " + words.Name(n.Title), URL: path.AnswerNeed(string(n.Project), string(n.ID)),
			},
		})
	}
	for _, p := range q.Priorities {
		if p.Owner == "" || p.Away() != "" {
			note := "Nobody is named yet."
			if p.Owner != "" {
				note = words.Name(p.OwnerName) + p.Away() + "."
			}
			tasks = append(tasks, page.ReviewTask{
				Sentence: "Say who answers for", Waters: priorityLink(p), Note: note,
				Button: component.Button{
					Label: "Name somebody", Kind: component.Outlined, About: "for " + words.Name(p.Title),
					URL: path.AdminVision + "?change=priority:" + string(p.ID) + "#change",
				},
			})
		}
	}
	for _, g := range q.Guardrails {
		if away := g.Away(); away != "" {
			tasks = append(tasks, page.ReviewTask{
				Sentence: "Say who answers for “" + g.Rule() + "”.",
				Note:     words.Name(g.OwnerName) + away + ".",
				Button: component.Button{
					Label: "Name somebody", Kind: component.Outlined, About: "for this guardrail",
					URL: path.AdminVision + "?change=guardrail:" + g.ID + "#change",
				},
			})
		}
		if !g.ReviewOn.IsZero() && g.ReviewOn.Before(v.Today().AddDate(0, 0, 30)) {
			tasks = append(tasks, page.ReviewTask{
				Sentence: "Keep or change “" + g.Rule() + "”.",
				Note:     "It is due for a look by " + clock.Date(g.ReviewOn) + ".",
				Button: component.Button{
					Label: "Look", Kind: component.Plain, About: "at this guardrail",
					URL: path.AdminVision + "?change=guardrail:" + g.ID + "#change",
				},
			})
		}
	}
	return tasks[:min(len(tasks), 3)]
}

// needDue says until when executives answer for a need, or that nobody did.
func needDue(n gameboarddb.OverdueNeed, clock words.Clock) string {
	switch {
	case n.Nobody:
		return "Nobody was left to answer. It can still be granted."
	case n.AnswerBy.IsZero():
		return "No steward is there to answer for it."
	case n.AnswerBy.Before(clock.Now):
		return "An answer was due by " + clock.Date(n.AnswerBy) + "."
	}
	return "An answer is wanted by " + clock.Date(n.AnswerBy) + "."
}
