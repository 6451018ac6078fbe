package demo

import (
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// story is a row of stories.csv: what a project's page says beyond what an import brings.
type story struct {
	project, judged                  string
	ends                             int // days from today
	decides, asks, notYours, gets, t string
}

// stories gives each current project its remit, what its lead gets, and its team.
func (s seed) stories(ctx context.Context) error {
	file, err := files.Open("stories.csv")
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return err
	}
	b := &pgx.Batch{}
	for _, row := range rows[1:] {
		ends, err := strconv.Atoi(row[1])
		if err != nil {
			return fmt.Errorf("stories.csv, %s: %w", row[0], err)
		}
		s.story(b, story{row[0], row[2], ends, row[3], row[4], row[5], row[6], row[7]})
	}
	b.Queue(`update project set published_at = start_on + time '09:00', proposed_by = coalesce(proposed_by, (
		select hat.person_id from hat where hat.circle_id = project.circle_id and hat.kind = 'steward' order by hat.person_id limit 1))`)
	return s.send(ctx, b)
}

func (s seed) story(b *pgx.Batch, t story) {
	b.Queue(`update project set judged_by = $2, end_on = $3 where id = $1`, t.project, t.judged, s.day(t.ends))
	b.Queue(`update term set ends_on = $2 where project_id = $1 and state = 'live'`, t.project, s.day(t.ends))
	place := 0
	remit := func(level, area, with string) {
		place++
		b.Queue(`insert into remit (project_id, area, level, with_whom, place) values ($1, $2, $3, $4, $5)`,
			t.project, area, level, with, place)
	}
	for _, area := range sentences(t.decides) {
		remit("alone", area, "")
	}
	for _, ask := range strings.Split(t.asks, ";") {
		area, with, _ := strings.Cut(strings.TrimSpace(ask), "@")
		remit("after_advice", area, with)
	}
	for _, area := range sentences(t.notYours) {
		remit("propose", area, "")
	}
	for i, need := range strings.Split(t.gets, ";") {
		f := strings.Split(strings.TrimSpace(need), ":")
		s.need(b, t, i, f[0], f[1], f[2] == "granted", f[3])
	}
	for i, member := range strings.Split(t.t, ";") {
		who, brings, _ := strings.Cut(strings.TrimSpace(member), ":")
		b.Queue(`insert into member (project_id, person_id, joined_at, brings) values ($1, $2, $3, $4)`,
			t.project, who, s.at(-30+i, 10, 0), brings)
	}
}

// need is one thing that the lead gets; what is not granted yet has somebody who is asked, and a day.
func (s seed) need(b *pgx.Batch, t story, place int, kind, what string, granted bool, by string) {
	if granted {
		b.Queue(`insert into need (project_id, kind, what, place, asked_of, granted_by, granted_at, granted_until)
			values ($1, $2, $3, $4, $5, $5, $6, $7)`, t.project, kind, what, place, by, s.at(-45, 14, 0), s.day(t.ends))
		return
	}
	answerBy := s.at(3+place, 17, 0)
	if t.project == "meter-letters" {
		answerBy = s.at(-13, 17, 0)
	}
	b.Queue(`insert into need (project_id, kind, what, place, asked_of, answer_by) values ($1, $2, $3, $4, $5, $6)`,
		t.project, kind, what, place, by, answerBy)
}

// sentences splits "Which streets. Up to £10,000." into its sentences, without their full stops.
func sentences(text string) []string {
	var list []string
	for _, sentence := range strings.Split(text, ". ") {
		if sentence = strings.TrimSuffix(strings.TrimSpace(sentence), "."); sentence != "" {
			list = append(list, sentence)
		}
	}
	return list
}
