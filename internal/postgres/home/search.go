package homedb

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"skein/internal/postgres/core"
	peopledb "skein/internal/postgres/people"
	"skein/internal/skein"
)

// Found is what a search finds, the best first.
type Found struct {
	Projects []FoundProject
	People   []peopledb.ListedPerson
}

// FoundProject is one project that a search finds.
type FoundProject struct {
	ID       skein.ProjectID
	Title    string
	Purpose  string
	State    skein.ProjectState
	Lead     string
	Coming   string // who accepted its lead and has not begun, as far as everybody knows
	ComingOn skein.Date
}

// Search finds projects and people by words. A draft is found by whoever proposed it.
func (db *Store) Search(ctx context.Context, viewer skein.PersonID, words string, today skein.Date) (Found, error) {
	var found Found
	batch := &pgx.Batch{}
	core.Collect(batch, &found.Projects, `
		select project.id,
			project.title,
			project.purpose,
			project.state,
			coalesce(person.name, '') as lead,
			coalesce(coming.name, '') as coming,
			coming.starts_on as coming_on
		from project
		left join term on term.project_id = project.id and term.role = 'primary' and term.state in `+core.TermHolds+`
		left join person on person.id = term.person_id
		left join lateral `+core.Coming("project.id")+` coming on true
		where (
				`+core.ProjectWords+` @@ websearch_to_tsquery('english', folded(@words))
				or `+core.ProjectWords+` @@ to_tsquery('english', folded(@prefixes))
			)
			and (`+core.ProjectShown+` or project.proposed_by = @viewer)
		order by ts_rank(`+core.ProjectWords+`, websearch_to_tsquery('english', folded(@words))) desc, folded(project.title), project.id
		limit 20`, pgx.NamedArgs{"words": words, "prefixes": core.Prefixes(words), "viewer": viewer})
	core.Collect(batch, &found.People, peopledb.PeopleSQL(peopledb.PeopleQuery{Words: words}), pgx.NamedArgs{
		"words": words, "prefixes": core.Prefixes(words), "circle": "", "skill": words,
		"name": "", "id": "", "today": today, "limit": 20,
	})
	if err := db.pool.SendBatch(ctx, batch).Close(); err != nil {
		return Found{}, fmt.Errorf("search: %w", err)
	}
	return found, nil
}
