package bench

import (
	"bufio"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"skein/internal/comparison"
	"skein/internal/skein"
)

// Write writes the organisation as the files that skein import reads, with that many projects, and
// returns how many pieces of evidence there are.
func (o *Organisation) Write(dir string, projects int) (evidence int, err error) {
	err = table(dir, "people.csv", []string{"id", "name", "circle"}, func(write func(...string)) {
		for n := range o.People {
			id := string(Person(n))
			write(id, "Person "+id, "c"+strconv.Itoa(n%100))
		}
	})
	if err != nil {
		return 0, err
	}
	err = table(dir, "circles.csv", []string{"id", "name"}, func(write func(...string)) {
		for n := range 100 {
			write("c"+strconv.Itoa(n), "Circle "+strconv.Itoa(n))
		}
	})
	if err != nil {
		return 0, err
	}
	err = table(dir, "projects.csv", []string{"id", "title", "circle", "requirements"}, func(write func(...string)) {
		for n := range projects {
			q := o.Query(n, requirements, comparison.Population{People: o.People, Holders: func(skein.SkillID) int { return 1 }})
			asked := ""
			for _, r := range q.Requirements {
				asked += "|" + string(r.Skill) + ":" + strconv.Itoa(r.Importance) + ":" + strconv.Itoa(r.Level)
			}
			write("project"+strconv.Itoa(n), "Project "+strconv.Itoa(n), "c"+strconv.Itoa(n%100), asked[1:])
		}
	})
	if err != nil {
		return 0, err
	}
	header := []string{"person", "skill", "kind", "level", "observed_on", "expires_on", "given_by", "source"}
	err = table(dir, "evidence.csv", header, func(write func(...string)) {
		for f := range o.Everybody() {
			var keys []skein.Evidence
			for _, e := range f.Evidence {
				key := e.Evidence
				key.Level = 0
				if e.GivenBy == e.Person || slices.Contains(keys, key) {
					continue
				}
				keys = append(keys, key)
				expires := ""
				if !e.ExpiresOn.IsZero() {
					expires = e.ExpiresOn.Format(time.DateOnly)
				}
				write(string(e.Person), string(e.Skill), string(e.Kind), strconv.Itoa(e.Level),
					e.ObservedOn.Format(time.DateOnly), expires, string(e.GivenBy), e.Source)
				evidence++
			}
		}
	})
	return evidence, err
}

// table writes one file.
func table(dir, name string, header []string, rows func(write func(...string))) error {
	file, err := os.Create(filepath.Join(dir, name)) //nolint:gosec // in a folder of our own
	if err != nil {
		return err
	}
	buffer := bufio.NewWriterSize(file, 1<<20)
	w := csv.NewWriter(buffer)
	_ = w.Write(header) // an error stays until Error
	rows(func(fields ...string) { _ = w.Write(fields) })
	w.Flush()
	return errors.Join(w.Error(), buffer.Flush(), file.Close())
}
