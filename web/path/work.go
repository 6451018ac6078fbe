package path

// Work is where whoever leads a project sets where its work happens, and its plan.
func Work(id string) string { return under(Projects, id, "work") }

// AddLink adds a link to where the work happens.
func AddLink(id string) string { return under(Projects, id, "links") }

// DropLink takes a link away.
func DropLink(id, link string) string { return under(Projects, id, "links", link, "drop") }

// AddStep adds a step to the plan.
func AddStep(id string) string { return under(Projects, id, "steps") }

// TickStep says whether a step is done.
func TickStep(id, step string) string { return under(Projects, id, "steps", step) }

// DropStep takes a step out of the plan.
func DropStep(id, step string) string { return under(Projects, id, "steps", step, "drop") }

// Remit is what the lead of a project decides, as it is proposed anew and agreed.
func Remit(id string) string { return under(Projects, id, "remit") }

// AnswerRemit answers a change of what the lead decides, or takes it back.
func AnswerRemit(id, change string) string { return under(Projects, id, "remit", change) }

// ChangeLed changes the words of a project that is led, and its end.
func ChangeLed(id string) string { return under(Projects, id, "change") }
