package peopledb

// Follows are the columns that a merge gives to whom is kept.
func Follows() []string {
	var all []string
	for _, f := range follows {
		all = append(all, f.table+"."+f.column)
	}
	return all
}

// ProjectsSQL lists the projects that a merge locks.
const ProjectsSQL = projectsSQL

// MyDataSQL reads what is kept about one person.
func MyDataSQL() string { return myDataSQL }
