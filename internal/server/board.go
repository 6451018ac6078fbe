package server

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"skein/internal/board"
	"skein/internal/skein"
	"skein/internal/view"
	"skein/web/page"
	"skein/web/path"
)

// boardPage is how many leads a page of the board shows.
const boardPage = 20

// showBoard is the board: open leads, and how each stands with the viewer.
func (s *server) showBoard(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	asks := boardAsks(queryOf(r))
	standings, err := s.board.Standings(r.Context(), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	query := boardQuery(v, asks)
	found, err := standings.Page(r.Context(), query)
	if err != nil {
		return err
	}
	d := view.Board(v, asks, query, found, standings)
	return s.render(w, r, http.StatusOK, page.Board(s.frame(r, "Open leads", path.Leads), d))
}

// boardAsks reads an address.
func boardAsks(values url.Values) view.Asks {
	a := view.Asks{}
	for _, name := range []string{"team", "priority", "hours", "closing", "like", "sort", "q", "after", "why"} {
		if value := values.Get(name); value != "" && len(value) <= 200 {
			a[name] = value
		}
	}
	return a
}

// boardQuery is what the address asks, as the store understands it.
func boardQuery(v view.Viewer, a view.Asks) board.Query {
	q := board.Query{
		Circle: skein.CircleID(a["team"]), Priority: skein.PriorityID(a["priority"]),
		Text: a["q"], Sort: board.Sort(a["sort"]), Limit: boardPage, Today: v.Today(), Now: v.Now,
	}
	if hours, err := strconv.ParseFloat(a["hours"], 64); err == nil && hours > 0 {
		q.MostHours = &hours
	}
	today := v.Today()
	midnight := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, v.Now.Location())
	switch a["closing"] {
	case "today":
		q.ClosesBy = midnight.AddDate(0, 0, 1)
	case "week":
		q.ClosesBy = midnight.AddDate(0, 0, 8)
	case "taken":
		q.OpenEnded = true
	}
	switch like := a["like"]; like {
	case "undo":
		q.LeastStakes = 4
	case "teams":
		q.LeastReach = 4
	default:
		if slices.Contains(skein.Uncertainties, skein.Uncertainty(like)) {
			q.Uncertainty = skein.Uncertainty(like)
		}
	}
	if a.SortsBySuit() {
		q.Sort, q.After.ID = board.BySuits, skein.ProjectID(a["after"])
		return q
	}
	// A sorting value has no space; an id may have any.
	if value, id, ok := strings.Cut(a["after"], " "); ok && value != "" {
		q.After = board.Key{Value: value, ID: skein.ProjectID(id)}
	}
	return q
}
