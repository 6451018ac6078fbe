package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"skein/internal/chooser"
	"skein/internal/match"
	"skein/internal/postgres"
	"skein/internal/skein"
	"skein/internal/words"
)

// matchCommand ranks who could lead a project.
type matchCommand struct {
	Project string `arg:"" help:"The project's id."`
	Top     int    `default:"20" placeholder:"N" help:"How many people to print (default ${default}; 0: all)."`
	AsOf    string `name:"as-of" placeholder:"DATE" help:"As things stood when that day began, as 2006-01-02. Without it, as they stand now."`
	JSON    bool   `name:"json" help:"Print one JSON object."`
}

// Validate is called by kong once the flags are read.
func (c *matchCommand) Validate() error {
	if c.Top < 0 {
		return errors.New("--top must be 0 or more")
	}
	if c.AsOf == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, c.AsOf); err != nil {
		return errors.New("--as-of must be a day, as 2006-01-02")
	}
	return nil
}

// Run ranks, and prints the ranking.
func (c *matchCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "match", toUse, func(db *database) error {
		day, err := c.day(ctx, db.store)
		if err != nil {
			return err
		}
		rank := chooser.New(db.store).Rank
		if c.AsOf != "" {
			rank = chooser.New(db.store).RankThen
		}
		ranking, err := rank(ctx, skein.ProjectID(c.Project), day)
		if errors.Is(err, skein.ErrNotFound) {
			return fmt.Errorf("there is no project %q", c.Project)
		}
		if err != nil {
			return err
		}
		printed := newMatched(c.Project, ranking, c.Top)
		if c.JSON {
			encoder := json.NewEncoder(con.out)
			encoder.SetEscapeHTML(false)
			return encoder.Encode(printed)
		}
		return printed.table(con.out, ranking, c.AsOf == "")
	})
}

// day is the day asked for; without one, everything until now counts.
func (c *matchCommand) day(ctx context.Context, db *postgres.DB) (skein.Date, error) {
	if c.AsOf != "" {
		return time.Parse(time.DateOnly, c.AsOf)
	}
	org, err := db.Gameboard.Organisation(ctx)
	return org.AsOf(time.Now()), err
}

// matched is what is printed: the fields of the contract, and nothing of the database's own.
type matched struct {
	Project    string             `json:"project"`
	AsOf       string             `json:"as_of"`
	Lens       int                `json:"lens"`
	Trust      skein.Trust        `json:"trust"`
	Candidates []matchedCandidate `json:"candidates"`
	// NewGround are all who are ready, may lead and never have, in their order: also those beyond the
	// candidates printed.
	NewGround []skein.PersonID `json:"new_ground"`
}

type matchedCandidate struct {
	Person        skein.PersonID       `json:"person"`
	Fit           float64              `json:"fit"`
	Zone          match.Zone           `json:"zone"`
	Band          int                  `json:"band"`
	Place         int                  `json:"place"`
	Order         float64              `json:"order"`
	Turn          float64              `json:"turn"`
	Gates         []match.Gate         `json:"gates"`
	Requirements  []matchedRequirement `json:"requirements"`
	NearestChange *match.Change        `json:"nearest_change"`

	whole match.Assessment // for the table, which says why
}

type matchedRequirement struct {
	Skill      skein.SkillID     `json:"skill"`
	Importance int               `json:"importance"`
	Level      int               `json:"level"`
	Must       bool              `json:"must"`
	Standing   match.Standing    `json:"standing"`
	Capability float64           `json:"capability"`
	Satisfied  float64           `json:"satisfied"`
	Rarity     float64           `json:"rarity"`
	Share      float64           `json:"share"`
	Evidence   []matchedEvidence `json:"evidence"`
}

type matchedEvidence struct {
	Kind    skein.EvidenceKind `json:"kind"`
	Level   int                `json:"level"`
	On      string             `json:"observed_on"`
	GivenBy skein.PersonID     `json:"given_by,omitempty"`
	Source  string             `json:"source,omitempty"`
}

// newMatched explains the first so many of a ranking.
func newMatched(project string, r chooser.Ranking, top int) matched {
	out := matched{
		Project: project, AsOf: r.Query.AsOf.Format(time.DateOnly), Lens: r.Query.Policy.Version,
		Trust: r.Query.Trust, Candidates: []matchedCandidate{}, NewGround: []skein.PersonID{},
	}
	for _, ranked := range match.NewGround(r.Ranked) {
		out.NewGround = append(out.NewGround, ranked.Person)
	}
	people := make(map[skein.PersonID]match.Candidate, len(r.Candidates))
	for _, c := range r.Candidates {
		people[c.Person] = c
	}
	for i, ranked := range r.Ranked {
		if top > 0 && i == top {
			break
		}
		whole := match.Assess(r.Query, people[ranked.Person])
		out.Candidates = append(out.Candidates, newMatchedCandidate(ranked, whole))
	}
	return out
}

func newMatchedCandidate(ranked match.Ranked, whole match.Assessment) matchedCandidate {
	c := matchedCandidate{
		Person: ranked.Person, Fit: whole.Fit, Zone: whole.Zone, Band: ranked.Band, Place: ranked.Place,
		Order: ranked.Order, Turn: whole.Turn, Gates: whole.Gates, NearestChange: whole.Nearest,
		Requirements: make([]matchedRequirement, len(whole.Met)), whole: whole,
	}
	if c.Turn == 0 {
		c.Turn = 0 // never the negative zero, which prints as -0
	}
	for i, m := range whole.Met {
		c.Requirements[i] = matchedRequirement{
			Skill: m.Skill, Importance: m.Importance, Level: m.Level, Must: m.Must, Standing: m.Standing,
			Capability: m.Capability, Satisfied: m.Satisfied, Rarity: m.Rarity, Share: m.Share,
			Evidence: []matchedEvidence{},
		}
		for _, w := range m.Witnesses {
			c.Requirements[i].Evidence = append(c.Requirements[i].Evidence, matchedEvidence{
				Kind: w.Kind, Level: w.Level, On: w.On.Format(time.DateOnly), GivenBy: w.Person, Source: w.Source,
			})
		}
	}
	return c
}

// table prints the ranking for people: a line each, and what would change it.
func (m matched) table(out io.Writer, r chooser.Ranking, now bool) error {
	known := "by what is known now"
	if !now {
		known = "by what was known before " + m.AsOf
	}
	fmt.Fprintf(out, "%s, %s: %s (version %d of the published tables)\n", m.Project, known, m.Trust.Words(), m.Lens)
	if len(m.Candidates) == 0 {
		fmt.Fprintln(out, "Nobody has any evidence by then.")
		return nil
	}
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "place\tband\tperson\tname\tfit\twhy")
	for _, c := range m.Candidates {
		x := match.Explain(c.whole, r.Names)
		why := []string{x.State}
		for _, line := range x.Lines {
			why = append(why, line.Text)
		}
		why = append(why, x.Bars...)
		fmt.Fprintf(table, "%d\t%d\t%s\t%s\t%.3f\t%s\n", c.Place, c.Band, c.Person, words.Bare(r.Names.Person(c.Person)), c.Fit, words.Bare(strings.Join(why, " ")))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, "\nPlaces go by fit (0 to 1) and by whose turn it is; people in one band are equally placed. Who may claim is another matter,"+
		"\nand of those who claim, the ready come before a stretch.")
	if len(m.NewGround) == 0 {
		return nil
	}
	names := make([]string, len(m.NewGround))
	for i, person := range m.NewGround {
		names[i] = fmt.Sprintf("%s (%s)", words.Bare(r.Names.Person(person)), person)
	}
	_, err := fmt.Fprintln(out, "\nReady, and has never led: "+strings.Join(names, ", ")+".")
	return err
}
