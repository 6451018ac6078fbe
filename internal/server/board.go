package server

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"skein/internal/chooser"
	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

// boardPage is how many leads a page of the board shows.
const boardPage = 20

// showBoard is the board: open leads, and how each stands with the viewer.
func (s *server) showBoard(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	asks := boardAsks(queryOf(r))
	sight, err := s.chooser.Sight(r.Context(), v.Person.ID, v.Today())
	if err != nil {
		return err
	}
	board, err := sight.Board(r.Context(), asks.query(v))
	if err != nil {
		return err
	}
	view := boardView{Viewer: v, asks: asks, sight: sight, clock: page.Clock{Now: v.Now, Zone: v.Now.Location()}}
	data := view.data(board)
	if board.Next != nil {
		data.Next = path.With(path.Leads, asks.with("after", asks.after(*board.Next)))
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
func (a asks) query(v Viewer) chooser.BoardQuery {
	q := chooser.BoardQuery{
		Circle: skein.CircleID(a["team"]), Priority: skein.PriorityID(a["priority"]),
		Text: a["q"], Sort: chooser.BoardSort(a["sort"]), Limit: boardPage, Today: v.Today(),
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
		q.Sort, q.After.ID = chooser.BySuits, skein.ProjectID(a["after"])
		return q
	}
	if at := firstSpace(a["after"]); at > 0 {
		q.After = chooser.BoardKey{Value: a["after"][:at], ID: skein.ProjectID(a["after"][at+1:])}
	}
	return q
}

// after is where the next page begins, as the address says it.
func (a asks) after(key chooser.BoardKey) string {
	if a.sortsBySuit() {
		return string(key.ID)
	}
	return key.Value + " " + string(key.ID)
}

func (a asks) sortsBySuit() bool {
	return !slices.Contains([]chooser.BoardSort{chooser.ByClosing, chooser.ByPriority, chooser.ByNewest}, chooser.BoardSort(a["sort"]))
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
