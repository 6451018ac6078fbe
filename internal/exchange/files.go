package exchange

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// files is a folder of files to read.
type files struct {
	dir     string
	charset charset           // of those that do not say
	names   map[string]string // as they stand in the folder, by the names of FileNames
}

// opened is a file that is being read.
type opened struct {
	*source
	text      io.Reader // in UTF-8
	converted bool      // see charset.text
}

// open opens one of FileNames. The error is a *flaw where its text cannot be read, else one to open the
// file, fs.ErrNotExist where there is none.
func (f *files) open(file string, told func(done, total int64)) (*opened, error) {
	s, err := openSource(filepath.Join(f.dir, f.name(file)), told)
	if err != nil {
		return nil, err
	}
	o := &opened{source: s}
	if o.text, o.converted, err = f.charset.text(s); err != nil {
		_ = s.Close() // it was only read
		return nil, err
	}
	return o, nil
}

// name is how a file is called in the folder.
func (f *files) name(file string) string {
	if name, there := f.names[file]; there {
		return name
	}
	return file
}

// survey looks at what is in the folder at all. Names count in any case.
func (r *reader) survey() bool {
	entries, err := os.ReadDir(r.files.dir)
	if err != nil {
		r.report.add(Problem{r.files.dir, 1, 1, "", "This folder cannot be read: " + reason(err) + "."})
		return false
	}
	for _, e := range entries {
		name, file := e.Name(), strings.ToLower(e.Name())
		other, twice := r.files.names[file]
		switch {
		case twice:
			r.report.add(Problem{name, 1, 1, "", "The folder has " + other + " too, which differs by case only. Leave one of the two."})
		case slices.Contains(FileNames, file):
			r.files.names[file] = name
		case filepath.Ext(file) == ".csv":
			r.report.note("%s is not one of the files that Skein reads, and is left alone.", name)
		}
	}
	if len(r.files.names) == 0 {
		r.report.add(Problem{r.files.dir, 1, 1, "", "There is nothing to read here. Skein looks for " +
			strings.Join(FileNames, ", ") + "."})
	}
	return len(r.files.names) > 0
}
