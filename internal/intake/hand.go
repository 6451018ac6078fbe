package intake

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"skein/internal/exchange"
	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// Handing is files that somebody is handing in. End it with Done, and with Close in any case.
type Handing struct {
	intake *Intake
	dir    string // where they lie unpacked, to be looked at
	room   int64
	files  []handed
}

// handed is a file and the hash of what it came in.
type handed struct {
	file
	sha256 []byte
}

// Hand begins to take files in.
func (n *Intake) Hand() (*Handing, error) {
	dir, err := os.MkdirTemp("", folders)
	return &Handing{intake: n, dir: dir, room: MaxUnfolded}, err
}

// Close throws away what lies on the disk.
func (h *Handing) Close() { _ = os.RemoveAll(h.dir) }

// Add takes one more file, and keeps it in the database. The error is Refused where it is not taken.
func (h *Handing) Add(ctx context.Context, name string, content []byte) error {
	found, err := unfold(name, content, &h.room)
	if err != nil {
		return err
	}
	if len(h.files)+len(found) > maxFiles {
		return tooManyFiles()
	}
	sum, err := h.intake.DB.Bulk.KeepHanded(ctx, content, h.intake.Now())
	if err != nil {
		return err
	}
	from := len(h.files)
	all := make([]file, 0, from+len(found))
	for _, f := range h.files {
		all = append(all, f.file)
	}
	all = append(all, found...)
	apart(all)
	for _, f := range all[from:] {
		if err := os.WriteFile(filepath.Join(h.dir, f.name), f.bytes, 0o600); err != nil {
			return err
		}
		f.bytes = nil
		h.files = append(h.files, handed{f, sum})
	}
	return nil
}

// Done makes an intake of what was added, and says what each table is likely to be.
func (h *Handing) Done(ctx context.Context, person skein.PersonID) (id string, err error) {
	if len(h.files) == 0 {
		return "", refuse("Choose a file first.")
	}
	var parts []bulkdb.IntakePart
	for _, f := range h.files {
		tables, err := look(h.dir, f.name, "")
		if err != nil {
			return "", err
		}
		for _, seen := range tables {
			part := bulkdb.IntakePart{SHA256: f.sha256, Inside: f.inside, Name: f.name, Sheet: seen.Sheet}
			if err := h.intake.guess(ctx, &part, seen, ""); err != nil {
				return "", err
			}
			parts = append(parts, part)
		}
	}
	return h.intake.DB.Bulk.MakeIntake(ctx, person, "", parts, h.intake.Now())
}

// look finds the tables of a file. Sheets that hold nothing are none.
func look(dir, name, encoding string) ([]exchange.Seen, error) {
	how, err := exchange.Encoded(encoding)
	if err != nil {
		return nil, Refused(err.Error())
	}
	all, err := exchange.Look(filepath.Join(dir, name), how, limits(), exchange.Asking())
	if err != nil {
		return nil, Refused(err.Error()) // a sentence, by its contract
	}
	var tables []exchange.Seen
	for _, seen := range all {
		if seen.Sheet == "" || len(seen.Columns) > 0 || seen.Problem.Why != "" {
			tables = append(tables, seen)
		}
	}
	if len(tables) == 0 {
		return nil, refuse("%s has no sheet that holds anything.", name)
	}
	return tables, nil
}

func limits() exchange.Option {
	return exchange.Limited(exchange.Limits{Unfolded: MaxUnfolded, Rows: MaxRows})
}

// guess says what a table is, or with a kind what its columns are: by what they became before, by name and likeness.
func (n *Intake) guess(ctx context.Context, part *bulkdb.IntakePart, seen exchange.Seen, kind string) error {
	c := Choices{Headings: seen.Columns, Rows: seen.Rows, Hidden: seen.Hidden, Wrong: seen.Problem.Why}
	for i := range seen.Columns {
		var values []string
		for _, row := range seen.First {
			if i < len(row) && row[i] != "" && len(values) < mostExamples {
				values = append(values, shortened(row[i]))
			}
		}
		c.Examples = append(c.Examples, values)
	}
	if kind == "" && !seen.Hidden {
		name := seen.Sheet
		if name == "" || exchange.GuessKind(name, nil) == "" {
			name = part.Name + " " + name
		}
		if kind = seen.Kind; kind == "" {
			kind = exchange.GuessKindOf(name, seen.Columns, seen.First)
		}
	}
	part.File = kind
	if err := n.columns(ctx, &c, kind); err != nil {
		return err
	}
	Set(part, c)
	return nil
}

// columns says what the headings become in a kind of table.
func (n *Intake) columns(ctx context.Context, c *Choices, kind string) error {
	c.Columns = nil
	if kind == "" {
		return nil
	}
	kept, err := n.DB.Bulk.Meanings(ctx, kind)
	if err != nil {
		return err
	}
	c.Columns = exchange.GuessColumns(kind, c.Headings, kept)
	if kind == exchange.MatrixFile {
		exchange.GuessWho(c.Columns, c.Headings, c.firstRows(), kept)
	}
	return nil
}

// firstRows are the examples of the columns, by rows as far as none of them is blank.
func (c *Choices) firstRows() [][]string {
	rows := make([][]string, mostExamples)
	for at := range rows {
		for _, of := range c.Examples {
			value := ""
			if at < len(of) {
				value = of[at]
			}
			rows[at] = append(rows[at], value)
		}
	}
	return rows
}

// TakeFor reads a part as another kind of table, from what is known of such.
func (n *Intake) TakeFor(ctx context.Context, part *bulkdb.IntakePart, kind string) error {
	known := func(k exchange.Kind) bool { return k.File == kind }
	if kind != "" && !slices.ContainsFunc(exchange.Kinds(), known) {
		return refuse("Choose one of the kinds of files that there are.")
	}
	c := ChoicesOf(*part)
	part.File, c.Instead, c.Make, c.Said = kind, nil, nil, nil
	if err := n.columns(ctx, &c, kind); err != nil {
		return err
	}
	Set(part, c)
	return nil
}

// LookAgain looks at all tables of an intake in another encoding. What was chosen of them stays, but where nothing could
// be read before.
func (n *Intake) LookAgain(ctx context.Context, in *bulkdb.Intake, encoding string) error {
	dir, err := n.lay(ctx, *in)
	defer os.RemoveAll(dir)
	if err != nil {
		return err
	}
	in.Encoding = encoding
	for i := range in.Parts {
		part := &in.Parts[i]
		tables, err := look(dir, part.Name, encoding)
		if err != nil {
			return err
		}
		for _, seen := range tables {
			if seen.Sheet != part.Sheet {
				continue
			}
			before := ChoicesOf(*part)
			if err := n.guess(ctx, part, seen, part.File); err != nil {
				return err
			}
			if len(before.Headings) > 0 {
				now := ChoicesOf(*part)
				for key, becomes := range before.Columns {
					if _, there := now.Columns[key]; there {
						now.Columns[key] = becomes
					}
				}
				now.Instead, now.Make, now.Said = before.Instead, before.Make, before.Said
				Set(part, now)
			}
		}
	}
	return nil
}

// mostExamples is how many values of a column are kept to judge it by.
const mostExamples = 5

// mostShown is how many characters of a value are shown.
const mostShown = 40

func shortened(value string) string {
	if all := []rune(value); len(all) > mostShown {
		return string(all[:mostShown]) + "…"
	}
	return value
}
