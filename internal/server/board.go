package server

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
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
	found, err := standings.Page(r.Context(), asks.query(v))
	if err != nil {
		return err
	}
	view := boardView{Viewer: v, asks: asks, standings: standings, clock: page.Clock{Now: v.Now, Zone: v.Now.Location()}}
	data := view.data(found)
	if found.Next != nil {
		data.Next = path.With(path.Leads, asks.with("after", asks.after(*found.Next)))
	}
	return s.render(w, r, http.StatusOK, page.Board(s.frame(r, "Open leads", path.Leads), data))
}

// asks is what the address asks of the board; what it does not know is left out.
type asks map[string]string

// boardAsks reads an address.
func boardAsks(values url.Values) asks {
	a := asks{}
	for _, name := range []string{"team", "priority", "hours", "closing", "like", "sort", "q", "after", "why"} {
		if value := values.Get(name); value != "" && len(value) <= 200 {
			a[name] = value
		}
	}
	return a
}

// with is the address's query with one more or another value, and without the page it was on.
func (a asks) with(name, value string) url.Values {
	values := url.Values{}
	for key, had := range a {
		if key != "after" && key != "why" {
			values.Set(key, had)
		}
	}
	values.Set(name, value)
	return values
}

// query is what the address asks, as the store understands it.
func (a asks) query(v view.Viewer) board.Query {
	q := board.Query{
		Circle: skein.CircleID(a["team"]), Priority: skein.PriorityID(a["priority"]),
		Text: a["q"], Sort: board.Sort(a["sort"]), Limit: boardPage, Today: v.Today(),
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
	if a.sortsBySuit() {
		q.Sort, q.After.ID = board.BySuits, skein.ProjectID(a["after"])
		return q
	}
	if at := firstSpace(a["after"]); at > 0 {
		q.After = board.Key{Value: a["after"][:at], ID: skein.ProjectID(a["after"][at+1:])}
	}
	return q
}

// after is where the next page begins, as the address says it.
func (a asks) after(key board.Key) string {
	if a.sortsBySuit() {
		return string(key.ID)
	}
	return key.Value + " " + string(key.ID)
}

func (a asks) sortsBySuit() bool {
	return !slices.Contains([]board.Sort{board.ByClosing, board.ByPriority, board.ByNewest}, board.Sort(a["sort"]))
}

// firstSpace parts a sorting value, which has none, from an id, which may have any.
func firstSpace(text string) int {
	for i := range len(text) {
		if text[i] == ' ' {
			return i
		}
	}
	return -1
}
