package view

import (
	homedb "skein/internal/postgres/home"
	"skein/internal/skein"
	"skein/internal/words"
	"skein/web/component"
	"skein/web/page"
	"skein/web/path"
)

// Setup is the list by which an organisation starts, each line as it stands.
func Setup(v Viewer, s homedb.Setup) page.SetupData {
	d := page.SetupData{Title: SetupTitle(s), Away: v.Org.SetupAway}
	done, all := s.Steps()
	if done < all && v.Is(skein.Administrator) && v.Is(skein.Executive) {
		d.Roles = "You administer Skein and are an executive: you bring people in, and you say what matters until others do. Give either role to others on their page, and keep what is yours."
	}
	d.Steps = []page.SetupStep{peopleStep(s), circleStep(v, s), matterStep(v, s), stewardStep(v, s), leadStep(s), mailStep(s, v.Clock())}
	filled := false
	for i := range d.Steps {
		step := &d.Steps[i]
		for k := range step.Acts {
			switch act := &step.Acts[k]; {
			case step.Done || k > 0:
				act.Kind = component.Plain
			case filled:
				act.Kind = component.Outlined
			default:
				filled = true
			}
		}
	}
	return d
}

// SetupTitle says how much is left.
func SetupTitle(s homedb.Setup) string {
	done, all := s.Steps()
	switch {
	case done < all:
		return words.UpperFirst(words.Count(all-done, "thing", "things")) + ", and somebody leads"
	case s.Led > 0:
		return "Somebody leads"
	}
	return "The first lead is open"
}

// setupRow says on an administrator's home page how much of the list is left; nil where nothing is.
func setupRow(s *homedb.Setup) *page.HomeRow {
	if s == nil {
		return nil
	}
	if done, all := s.Steps(); done == all {
		return nil
	}
	return &page.HomeRow{
		ID: "setup", Said: page.Said{Before: SetupTitle(*s) + "."},
		Note: "A list that ticks itself says what is missing.",
		Acts: []component.Button{{Label: "Go on", Kind: component.Outlined, URL: path.AdminSetup, About: "with setting up"}},
	}
}

func act(label, to string) component.Button { return component.Button{Label: label, URL: to} }

func peopleStep(s homedb.Setup) page.SetupStep {
	step := page.SetupStep{ID: "people", Said: "Bring your people.", Done: s.HasPeople()}
	if !step.Done {
		step.Note = "From a file or one by one: names, addresses and hours a week are enough. Skills can come later, from themselves and their colleagues."
		step.Acts = []component.Button{act("Bring a file", path.Import), act("One by one", path.AdminPeople)}
		return step
	}
	step.Note = words.UpperFirst(words.Count(s.People, "person is", "people are")) + " here"
	if s.Away > 0 {
		step.Note += ", " + words.Number(s.Away) + " of them on leave today"
	}
	step.Note += ". " + words.UpperFirst(words.Number(s.Accounts)) + " can sign in."
	step.Acts = []component.Button{act("Bring more", path.Import), act("Let them in", path.AdminPeople+"?show=without")}
	return step
}

func circleStep(v Viewer, s homedb.Setup) page.SetupStep {
	team := v.Org.CircleWord
	step := page.SetupStep{ID: "teams", Said: "Name the " + v.Org.Circles() + ".", Done: s.HasCircles()}
	if !step.Done {
		step.Note = "Each " + team + " holds people and projects, and has a steward. They lie within each other as deep as you like."
		step.Acts = []component.Button{act("Name them", path.AdminTeams)}
		return step
	}
	step.Note = words.UpperFirst(words.Number(s.Circles)) + "."
	if s.Depth > 1 {
		step.Note = words.UpperFirst(words.Number(s.Circles)) + ", " + words.Number(s.Depth) + " deep."
	}
	step.Acts = []component.Button{act("See them", path.AdminTeams)}
	return step
}

func matterStep(v Viewer, s homedb.Setup) page.SetupStep {
	step := page.SetupStep{ID: "matters", Said: "Say what matters.", Done: s.SaysWhatMatters()}
	mine := v.Is(skein.Executive)
	if step.Done {
		step.Note = words.UpperFirst(words.Count(s.Priorities, "priority", "priorities")) + "."
	} else {
		step.Note = "What you are for, and a few priorities in their order: each project serves one."
	}
	switch {
	case mine && step.Done:
		step.Acts = []component.Button{act("Change them", path.AdminVision)}
	case mine:
		step.Acts = []component.Button{act("Say it", path.AdminVision)}
	case len(s.Executives) == 0:
		step.Note += " An executive says it, and nobody who can sign in is one: give somebody the role, on their page."
		step.Acts = []component.Button{act("Find somebody", path.AdminPeople)}
	default:
		step.Note += " " + words.Few(s.Executives) + " " + words.Verb(len(s.Executives), "say") + " it; you do not have to."
		step.Acts = []component.Button{act("Read it", path.Vision)}
	}
	return step
}

func stewardStep(v Viewer, s homedb.Setup) page.SetupStep {
	team := v.Org.CircleWord
	step := page.SetupStep{ID: "steward", Said: "Name a steward.", Done: s.HasSteward()}
	if step.Done {
		var of []string
		for i, name := range s.Stewards {
			of = append(of, words.Name(name)+" for "+words.Name(s.Stewarded[i]))
		}
		step.Note = words.Few(of) + "."
		switch {
		case s.Without > 0:
			step.Note += " " + words.UpperFirst(words.Count(s.Without, team+" has", v.Org.Circles()+" have")) + " none, nor one above: there executives and administrators are asked."
		default:
			step.Note += " Every " + team + " has one, or one above it."
		}
		step.Acts = []component.Button{act("Name another", path.AdminTeams)}
		return step
	}
	step.Note = "Somebody who grants what a lead needs, checks picks they had no part in, and has a good word for beginners."
	if s.LargestName != "" {
		step.Said = "Name a steward for " + words.Name(s.LargestName) + "."
		if s.Without > 1 {
			step.Note += " The other " + words.Count(s.Without-1, team, v.Org.Circles()) + " can wait."
		}
	} else {
		step.Note += " A steward has one of your " + v.Org.Circles() + ": name that first."
	}
	step.Acts = []component.Button{act("Name a steward", path.AdminTeams)}
	return step
}

func leadStep(s homedb.Setup) page.SetupStep {
	step := page.SetupStep{ID: "lead", Said: "Open the first lead.", Done: s.HasLead()}
	if step.Done {
		step.Note = words.UpperFirst(words.Count(s.Published, "was", "were")) + " opened. Somebody leads " + words.Number(s.Led) + " of them now."
		if s.Led == 0 {
			step.Note = words.UpperFirst(words.Count(s.Published, "was", "were")) + " opened. Nobody leads one now."
		}
		step.Acts = []component.Button{act("See them", path.Leads)}
		return step
	}
	step.Note = "Small, six weeks, a thing that annoys people. Before it is published, Skein says what is still missing, and what the guardrails say of it."
	step.Acts = []component.Button{act("Propose one", path.NewProject)}
	if s.Draft != "" {
		step.Note = "Your draft is begun. Publish it when it is whole."
		step.Acts = []component.Button{act("Go on with it", path.Project(string(s.Draft)))}
	}
	return step
}
