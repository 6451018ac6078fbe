package peopledb

// SeenTo are the columns that statements of a merge's own see to.
var SeenTo = seenTo

// ColumnsOfPeople and ProjectsOf are how a merge finds what it moves, and which projects it locks.
var (
	ColumnsOfPeople = columnsOfPeople
	ProjectsOf      = projectsOf
)

// MyDataSQL reads what is kept about one person.
func MyDataSQL() string { return myDataSQL }
