package demo

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// week is what leads have said of how their projects stand, lately and not so lately, what they are asked, where their
// work happens, and the steps of one plan.
func (s seed) week(ctx context.Context) error {
	b := &pgx.Batch{}
	s.words(b)
	s.questions(b)
	s.work(b)
	return s.send(ctx, b)
}

// words are of various age; Marta, who answers for *leaks down a quarter*, has not seen the last of Drought Desk.
func (s seed) words(b *pgx.Batch) {
	for _, w := range []struct {
		project, person, state, says, seen string
		day, due                           int
	}{
		{"drought-desk", "tomas-orr", "on_track", "The rota is half full, and nobody has called yet.", "marta-oyelaran", -25, 0},
		{"drought-desk", "tomas-orr", "on_track", "Nine streets on night pressure, no complaint.", "marta-oyelaran", -18, 0},
		{"drought-desk", "ines-calder", "at_risk", "The rota is full, the model is not.", "marta-oyelaran", -11, 0},
		{"drought-desk", "tomas-orr", "at_risk", "Two reservoirs fall faster than the plan.", "", -4, 3},
		{"pipe-bridge", "kwame-boateng", "at_risk", "The river is too high for the divers this week.", "", -3, 4},
		{"quarry-road", "dario-venn", "on_track", "Four of eleven valves are in.", "marta-oyelaran", -6, 8},
		{"mains-renewal", "yusuf-karan", "on_track", "Mill Lane is done a week early.", "marta-oyelaran", -19, -5},
		{"filter-four", "lachlan-frew", "off_track", "The media is still at the port, and nobody can say for how long.", "", -1, 13},
		{"bill-on-a-page", "hana-viteri", "on_track", "Twelve people read the new bill and asked nothing.", "maeve-sorley", -8, 6},
		{"one-login", "lorcan-steed", "on_hold", "We wait for the supplier’s audit.", "", -9, 5},
		{"riverfly-count", "mirren-tait", "on_track", "Forty-one counters at six weirs on Saturday.", "", -2, 12},
	} {
		b.Queue(`
			insert into week_word (project_id, term_id, person_id, day, state, says, said_at, seen_by, seen_at)
			select project_id, id, $2, $3, $4, $5, $6, nullif($7, ''), case when $7 <> '' then $6::timestamptz + interval '5 hours' end
			from term
			where project_id = $1 and role = 'primary' and state = 'live'`,
			w.project, w.person, s.day(w.day), w.state, w.says, s.at(w.day, 9, 40), w.seen)
		if w.due != 0 {
			b.Queue(`update term set word_due = $2 where project_id = $1 and role = 'primary' and state = 'live'`, w.project, s.day(w.due))
		}
	}
}

// questions: one was answered, and one waits for Tomas.
func (s seed) questions(b *pgx.Batch) {
	ask := `insert into question (project_id, asked_by, asked_at, says, answer, answered_by, answered_at) values ($1, $2, $3, $4, $5, nullif($6, ''), $7)`
	b.Queue(ask, "drought-desk", "bram-hollis", s.at(-10, 14, 5), "Can the crews still flush mains?",
		"Not above Weir Lane until it rains. Below it, ask me street by street; I answer the same day.", "tomas-orr", s.at(-9, 8, 50))
	b.Queue(ask, "drought-desk", "bram-hollis", s.at(-3, 16, 30), "Are hosepipes next?", "", "", nil)
	b.Queue(ask, "quarry-road", "petra-lind", s.at(-5, 10, 15), "Which valve comes after the school?",
		"The one at the chapel, on the first dry Tuesday.", "dario-venn", s.at(-5, 17, 40))
}

func (s seed) work(b *pgx.Batch) {
	link := `insert into project_link (project_id, label, url, added_at) values ($1, $2, $3, $4)`
	b.Queue(link, "drought-desk", "The daily note", "https://notes.corriemere.example/drought", s.at(-60, 9, 0))
	b.Queue(link, "drought-desk", "The channel", "https://talk.corriemere.example/drought-desk", s.at(-60, 9, 5))
	step := `insert into step (project_id, says, due_on, added_at, done_by, done_at) values ($1, $2, $3, $4, nullif($5, ''), $6)`
	b.Queue(step, "drought-desk", "Fill the night rota", s.day(-12), s.at(-60, 9, 10), "marisol-keane", s.at(-13, 15, 0))
	b.Queue(step, "drought-desk", "Finish the reservoir model", s.day(9), s.at(-60, 9, 12), "", nil)
	b.Queue(step, "drought-desk", "Look back with the team, half way", s.day(30), s.at(-60, 9, 14), "", nil)
}
