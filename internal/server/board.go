package server

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/web/page"
	"skein/web/path"
)

// How many leads a page of the board shows, how many are compared to find what suits somebody, and
// how many places beside a lead are named.
const (
	boardPage   = 20
	boardMost   = 400
	boardBeside = 4
)

// showBoard is the board: open leads, and how each stands with the viewer.
func (s *server) showBoard(w http.ResponseWriter, r *http.Request) error {
	v := viewer(r)
	asks := boardAsks(r.URL.Query())
	q := asks.query(v)
	board, err := s.db.Board(r.Context(), q, v.Today())
	if err != nil {
		return err
	}
	look, err := s.lookAt(r.Context(), v, board)
	if err != nil {
		return err
	}
	next := ""
	if q.Sort == postgres.BySuits {
		board.Open, next = suited(board.Open, look, asks["after"])
	} else if len(board.Open) > boardPage {
		board.Open = board.Open[:boardPage]
		last := board.Open[boardPage-1]
		next = last.SortKey + " " + string(last.ID)
	}
	board.Beside = besideFor(board.Beside, look)
	view := boardView{Viewer: v, asks: asks, look: look, clock: page.Clock{Now: v.Now, Zone: v.Now.Location()}}
	data := view.data(board)
	if next != "" {
		data.Next = path.With(path.Leads, asks.with("after", next))
	}
	return s.render(w, r, http.StatusOK, page.Board(s.frame(r, "Open leads", path.Leads), data))
}

// lookAt compares the viewer with everything that the board may show, in one round trip.
func (s *server) lookAt(ctx context.Context, v Viewer, b postgres.Board) (chooser.Look, error) {
	var projects []skein.ProjectID
	for _, rows := range [][]postgres.BoardRow{b.Open, b.Soon, b.Beside, b.Nearest} {
		for _, row := range rows {
			if !slices.Contains(projects, row.ID) {
				projects = append(projects, row.ID)
			}
		}
	}
	return s.chooser.Look(ctx, v.Person.ID, projects, v.Now)
}

// suited orders leads by what suits the viewer: ready before a stretch before not yet, then by fit,
// then by what closes first. It cuts out the page that follows a lead, and says where it ends.
func suited(rows []postgres.BoardRow, look chooser.Look, after string) (shown []postgres.BoardRow, next string) {
	bySuit(rows, look)
	if after != "" {
		at := slices.IndexFunc(rows, func(row postgres.BoardRow) bool { return string(row.ID) == after })
		rows = rows[at+1:]
	}
	if len(rows) <= boardPage {
		return rows, ""
	}
	return rows[:boardPage], string(rows[boardPage-1].ID)
}

// bySuit orders rows by zone, then by fit; what is equal stays as it was.
func bySuit(rows []postgres.BoardRow, look chooser.Look) {
	fits := make(map[skein.ProjectID]match.Assessment, len(rows))
	for _, row := range rows {
		fits[row.ID], _ = look.Fit(row.ID)
	}
	slices.SortStableFunc(rows, func(a, b postgres.BoardRow) int {
		x, y := fits[a.ID], fits[b.ID]
		if c := cmp.Compare(zoneRank(y.Zone), zoneRank(x.Zone)); c != 0 {
			return c
		}
		return cmp.Compare(y.Fit, x.Fit)
	})
}

func zoneRank(z match.Zone) int {
	switch z {
	case match.Ready:
		return 2
	case match.Stretch:
		return 1
	}
	return 0
}

// besideFor keeps the few places beside a lead that suit the viewer best.
func besideFor(rows []postgres.BoardRow, look chooser.Look) []postgres.BoardRow {
	rows = slices.DeleteFunc(rows, func(row postgres.BoardRow) bool { return row.CoLed && row.Shadowed })
	bySuit(rows, look)
	return rows[:min(len(rows), boardBeside)]
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
func (a asks) query(v Viewer) postgres.BoardQuery {
	q := postgres.BoardQuery{
		Person: v.Person.ID, Circle: skein.CircleID(a["team"]), Priority: skein.PriorityID(a["priority"]),
		Text: a["q"], Sort: postgres.BoardSort(a["sort"]), Limit: boardPage + 1,
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
	if q.Sort != postgres.ByClosing && q.Sort != postgres.ByPriority && q.Sort != postgres.ByNewest {
		q.Sort, q.Limit = postgres.BySuits, boardMost
		return q
	}
	if at := firstSpace(a["after"]); at > 0 {
		q.After = postgres.BoardKey{Value: a["after"][:at], ID: skein.ProjectID(a["after"][at+1:])}
	}
	return q
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
