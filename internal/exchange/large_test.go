package exchange_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// TestTwoHundredMegabytesNeedLittleMemory reads three million rows twice. It takes some seconds:
// go test -short leaves it out.
func TestTwoHundredMegabytesNeedLittleMemory(t *testing.T) { //nolint:paralleltest // it measures memory
	if testing.Short() {
		t.Skip("a file of 200 MB takes some seconds; run without -short")
	}
	const people, size = 2000, 200 << 20
	dir := t.TempDir()
	rows := writeLarge(t, dir, people, size)
	peak := uint64(0)
	look := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapAlloc)
	}
	calls := 0
	f, report := exchange.Read(dir, folder.Known{}, func(string, int64, int64) {
		if calls++; calls%50 == 0 {
			look()
		}
	})
	if !report.OK() {
		t.Fatal(report)
	}
	look()
	n := 0
	for _, err := range f.Evidence {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%200000 == 0 {
			look()
		}
	}
	if n != rows {
		t.Errorf("%d rows of %d", n, rows)
	}
	const most = 150 << 20
	t.Logf("%d rows, at most %d MB of heap", n, peak>>20)
	if peak > most {
		t.Errorf("%d MB of heap for %d rows", peak>>20, rows)
	}
}

// writeLarge writes people.csv and an evidence.csv of about so many bytes.
func writeLarge(t *testing.T, dir string, people, size int) (rows int) {
	t.Helper()
	for name, write := range map[string]func(*bufio.Writer){
		"people.csv": func(w *bufio.Writer) {
			fmt.Fprintln(w, "id,name")
			for i := range people {
				fmt.Fprintf(w, "p-%06d,Person %d\n", i, i)
			}
		},
		"evidence.csv": func(w *bufio.Writer) {
			written, _ := fmt.Fprintln(w, "person,skill,kind,level,observed_on,source")
			for ; written < size; rows++ {
				n, _ := fmt.Fprintf(w, "p-%06d,skill-%03d,outcome,%d,20%02d-%02d-%02d,release-team:v1.%d\n",
					rows%people, rows%499, rows%5+1, rows/3%26, rows/7%12+1, rows/11%28+1, rows)
				written += n
			}
		},
	} {
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		w := bufio.NewWriterSize(file, 1<<20)
		write(w)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}
