package view

import (
	"net/url"
	"slices"

	"skein/internal/words"

	peopledb "skein/internal/postgres/people"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// People is a page of the list of people, as it was asked for.
func People(v Viewer, q peopledb.PeopleQuery, list peopledb.PeopleList) page.PeopleData {
	d := page.PeopleData{
		Words: q.Words, Circle: string(q.Circle), Skill: q.Skill,
		Word:    words.UpperFirst(v.Org.CircleWord),
		Circles: []component.Option{{Label: "any " + v.Org.CircleWord}}, Skills: []component.Option{{Label: "anything"}},
	}
	for _, c := range list.Circles {
		d.Circles = append(d.Circles, component.Option{Value: string(c.ID), Label: c.Name})
	}
	for _, skill := range list.Skills {
		d.Skills = append(d.Skills, component.Option{Value: skill.Name, Label: skill.Name})
	}
	d.Skills = offer(d.Skills, q.Skill)
	for _, p := range list.People {
		line := page.PersonLine{Name: p.Name, URL: path.Person(string(p.ID)), Circle: p.Circle, Known: knownFor(p)}
		if p.Shared {
			line.Apart = string(p.ID)
		}
		d.People = append(d.People, line)
	}
	filter := url.Values{"q": {q.Words}, "circle": {d.Circle}, "skill": {q.Skill}}
	if q.After.Name != "" {
		d.First = path.With(path.People, filter)
	}
	if q.Words != "" || q.Circle != "" || q.Skill != "" {
		d.Clear = path.People
	}
	if list.Next != nil {
		filter.Set("after", list.Next.Name)
		filter.Set("id", string(list.Next.ID))
		d.Next = path.With(path.People, filter)
	}
	return d
}

// offer keeps what was asked for among the options, also when it is too rare to be offered.
func offer(options []component.Option, chosen string) []component.Option {
	known := func(o component.Option) bool { return o.Value == chosen }
	if !slices.ContainsFunc(options, known) {
		options = append(options, component.Option{Value: chosen, Label: chosen})
	}
	return options
}
