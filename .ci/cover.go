//go:build ignore

// Runs every test and prints how much of each room they run: a room's own tests and those of the
// rooms above it. Below the least for a room of internal/ it fails; what only tests use is printed
// alone. Run it with make cover.
package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

const (
	least = 85 // percent
	house = "skein/"
)

var ofTests = []string{"internal/browser", "internal/postgres/pgtest"}

func main() {
	dir, err := os.MkdirTemp("", "skein-cover-")
	if err != nil {
		fail(err)
	}
	profile := filepath.Join(dir, "profile")
	tests := exec.Command("go", "test", "-coverpkg=./internal/...,./web/...", "-coverprofile="+profile, "./...")
	tests.Stdout, tests.Stderr = os.Stdout, os.Stderr
	failed := tests.Run()
	rooms, err := read(profile)
	_ = os.RemoveAll(dir)
	if err != nil {
		fail(err)
	}
	thin := show(rooms)
	if failed != nil {
		fail(failed)
	}
	if thin > 0 {
		fail(fmt.Errorf("%d of internal/ below %d %%", thin, least))
	}
}

// share is how many statements there are, and how many a test runs.
type share struct{ all, run int }

func (s share) percent() float64 { return 100 * float64(s.run) / float64(s.all) }

// read adds up a profile by room. A block stands in it once for every test binary, and counts as run
// when one of them ran it. What templ generated is nobody's to test.
func read(profile string) (map[string]share, error) {
	file, err := os.Open(profile)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	type block struct {
		size int
		run  bool
	}
	blocks := map[string]block{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		at, counts, _ := strings.Cut(lines.Text(), " ")
		name, _, _ := strings.Cut(at, ":")
		size, times, ok := strings.Cut(counts, " ")
		if !ok || name == "mode" || strings.HasSuffix(name, "_templ.go") {
			continue
		}
		n, err := strconv.Atoi(size)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", lines.Text(), err)
		}
		blocks[at] = block{n, blocks[at].run || times != "0"}
	}
	rooms := map[string]share{}
	for at, b := range blocks {
		name, _, _ := strings.Cut(at, ":")
		room := path.Dir(strings.TrimPrefix(name, house))
		s := rooms[room]
		s.all += b.size
		if b.run {
			s.run += b.size
		}
		rooms[room] = s
	}
	return rooms, lines.Err()
}

// show prints a line for each room and returns how many of internal/ have too little.
func show(rooms map[string]share) (thin int) {
	for _, room := range slices.Sorted(maps.Keys(rooms)) {
		s, note := rooms[room], ""
		if s.percent() < least && strings.HasPrefix(room, "internal/") && !slices.Contains(ofTests, room) {
			thin++
			note = fmt.Sprintf("  below %d", least)
		}
		fmt.Printf("%6.1f %%  %5d statements  %s%s\n", s.percent(), s.all, room, note)
	}
	return thin
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "cover:", err)
	os.Exit(1)
}
