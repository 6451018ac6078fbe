package view

import (
	doordb "skein/internal/postgres/door"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// MergeFound are people who may be one with somebody, to choose from.
func MergeFound(id skein.PersonID, found []peopledb.Double) []page.MergeChoice {
	var all []page.MergeChoice
	for _, d := range found {
		if d.ID == id {
			continue
		}
		all = append(all, page.MergeChoice{
			URL: path.With(path.MergePerson(string(id)), map[string][]string{"with": {string(d.ID)}}), Name: d.Name, Says: mergeKnown(string(d.ID), d.Circle, d.Email),
		})
	}
	return all
}

// mergeKnown is what tells one entry from another of the same name.
func mergeKnown(id, circle, email string) string {
	says := "Id " + id
	if circle != "" {
		says += ", in " + words.Name(circle)
	}
	if email != "" {
		says += ", " + email
	}
	return says + "."
}

// MergeChosen is two side by side, and what becomes of what they have when the second is kept.
func MergeChosen(v Viewer, ahead peopledb.MergeAhead, from, into doordb.PersonAccess) page.MergeChosen {
	c := page.MergeChosen{
		Both: []page.MergeSide{mergeSide(v, from, ahead.From), mergeSide(v, into, ahead.Into)},
		Becomes: []string{
			"What was said of both, and what both lead, led, are in and asked for, is one’s. The log shows both as one.",
			mergeDoor(from, into),
		},
		Wrong: skein.Invalid{}.On,
	}
	if ahead.Between > 0 {
		c.Becomes = append(c.Becomes, words.UpperFirst(words.Several(ahead.Between, "endorsement"))+" of one by the other "+words.Verb(ahead.Between, "go")+", because nobody speaks for themselves.")
	}
	if ahead.Twice > 0 {
		c.Becomes = append(c.Becomes, "Of what both have of the same skill, day and source, one stays.")
	}
	c.Becomes = append(c.Becomes, "The id that goes leads to the one that stays, in addresses and in files, and is not given to anybody else.")
	for _, s := range ahead.Stops {
		c.Stops = append(c.Stops, s.Says())
	}
	return c
}

// mergeDoor says how they sign in.
func mergeDoor(from, into doordb.PersonAccess) string {
	switch {
	case from.Email == "" && into.Email == "":
		return "Neither has signed in so far. A link that was made for the one that goes stops working."
	case from.Email == "" || into.Email == "":
		return "They sign in with " + from.Email + into.Email + ", as now."
	}
	return "They sign in as they did last, with that password. The other address leads there too, and its sessions end."
}

func mergeSide(v Viewer, p doordb.PersonAccess, has peopledb.MergeSide) page.MergeSide {
	s := page.MergeSide{ID: string(p.ID), Name: p.Name, URL: path.AdminPerson(string(p.ID))}
	add := func(what, answer string) {
		if answer != "" {
			s.Has = append(s.Has, component.Pair{What: what, Answer: answer})
		}
	}
	add(words.UpperFirst(v.Org.CircleWord), p.Circle)
	add("E-mail address", p.OwnEmail)
	add("Signs in with", p.Email)
	add("Came in last", day(v.Clock(), p.SignedInAt))
	if len(p.Hats) > 0 {
		add("Roles", Hats(p.Hats))
	}
	if p.Deactivated != nil {
		add("The door", "closed since "+day(v.Clock(), p.Deactivated))
	}
	for _, c := range []struct {
		what      string
		n         int
		noun, all string
	}{
		{"Said of them", has.Evidence, "thing", ""},
		{"Said by them of others", has.Given, "thing", ""},
		{"Leads, now and before", has.Led, "project", ""},
		{"Places beside a lead", has.Beside, "place", ""},
		{"Teams they are in", has.Teams, "team", ""},
		{"Proposed", has.Proposed, "project", ""},
		{"Answers for", has.Duties, "priority or guardrail", "priorities and guardrails"},
		{"Would like to learn", has.Wishes, "skill", ""},
	} {
		switch {
		case c.n == 0:
		case c.all != "":
			add(c.what, words.Count(c.n, c.noun, c.all))
		default:
			add(c.what, words.Counted(c.n, c.noun))
		}
	}
	if len(s.Has) == 0 {
		add("So far", "nothing but a name")
	}
	return s
}
