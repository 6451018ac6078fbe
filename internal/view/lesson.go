package view

import (
	leaddb "skein/internal/postgres/lead"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

func (x outcomeView) lesson(a leaddb.OutcomeSaid) page.OutcomeLesson {
	id, review := string(x.p.Project.ID), string(x.r.ID)
	l := page.OutcomeLesson{Says: words.EndSentence(a.Again), By: words.Name(a.Name)}
	switch {
	case a.Own && a.Name == "":
		l.By = "You, without your name to others"
	case a.Own:
		l.By = "You"
	}
	if x.r.State != skein.OutcomeClosed {
		return l
	}
	hidden := func(keep string) []component.Hidden {
		return []component.Hidden{{Name: "lesson", Value: a.Key}, {Name: "keep", Value: keep}}
	}
	switch {
	case !a.LibraryAt.IsZero():
		l.Library = &component.NavItem{Label: "In the library, " + x.clock.Since(a.LibraryAt), URL: path.Lesson(a.Key)}
		if a.MayDrop {
			l.Act = &component.Button{Label: "Take it out", Kind: component.Plain, Action: path.KeepLesson(id, review), Hidden: hidden("no"), About: "of the library"}
		}
	case x.r.Said:
		l.Act = &component.Button{Label: "Bring it into the library", Kind: component.Plain, Action: path.KeepLesson(id, review), Hidden: hidden("yes")}
	}
	return l
}

// Library is the library, or what was found in it.
func Library(v Viewer, lessons []leaddb.Lesson, find string) page.LibraryData {
	d := page.LibraryData{Find: find, Lessons: LessonLines(v, lessons), Statement: "What we would do again, and what not, from work that is over."}
	switch {
	case find != "" && len(lessons) == 0:
		d.Empty = "Nothing here holds all of these words. Try one of them alone, or look at all lessons."
	case len(lessons) == 0:
		d.Empty = "Nothing is here yet. When somebody’s time in front ends, everybody who was there is asked how it went, and can bring a lesson here."
	case find != "":
		d.Statement = words.UpperFirst(words.Number(len(lessons))) + " " + words.Plural(len(lessons), "lesson") + " found."
	}
	return d
}

// LessonLines says lessons.
func LessonLines(v Viewer, lessons []leaddb.Lesson) []page.LessonLine {
	var lines []page.LessonLine
	for _, l := range lessons {
		line := page.LessonLine{
			Key: l.Key, Says: words.EndSentence(l.Says), By: words.Name(l.Name),
			Of:   component.NavItem{Label: l.Title, URL: path.HowDidItGoOf(string(l.Project), string(l.Review))},
			Went: words.UpperFirst(lessonWent(l.Result)) + ". Here since " + v.Clock().Day(l.LibraryAt) + ".",
		}
		if len(l.Skills) > 0 {
			line.Asks = "It asked for " + words.List(words.Names(l.Skills)) + "."
		}
		lines = append(lines, line)
	}
	return lines
}

func lessonWent(r skein.OutcomeResult) string {
	switch r {
	case skein.Reached:
		return "it got there"
	case skein.Partly:
		return "it got there in part"
	case skein.NotReached:
		return "it did not get there"
	}
	return "it was given up"
}
