package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	bulkdb "skein/internal/postgres/bulk"
)

// The most that is taken in at once.
const (
	MaxFile     = bulkdb.MaxHanded
	MaxUnfolded = 200 << 20 // bytes of all files, once they are out of their zips
	MaxRows     = 1_000_000 // of all tables
	maxFiles    = 50
)

// file is one file to be read: as it was handed in, or out of a zip.
type file struct {
	name   string
	inside string // where in the zip it lies
	bytes  []byte
}

// Refused is a sentence for whoever handed something in that is not taken.
type Refused string

func (r Refused) Error() string { return string(r) }

func refuse(format string, args ...any) error { return Refused(fmt.Sprintf(format, args...)) }

// forms are what files begin with that are no tables, and what would do.
var forms = []struct{ begins, says string }{
	{"%PDF", "is a PDF, which has no rows. Save the table that it was made from as CSV or as a workbook (.xlsx)."},
	{"\xd0\xcf\x11\xe0", "is a workbook of the old form (.xls), or has a password. Save it as a workbook (.xlsx) without one, or as CSV."},
	{"\x1f\x8b", "is packed in another way than a zip (gzip). Unpack it first."},
	{"7z\xbc\xaf", "is packed in another way than a zip (7z). Unpack it first."},
	{"Rar!", "is packed in another way than a zip (rar). Unpack it first."},
	{"\x89PNG", "is a picture. Skein reads CSV, workbooks (.xlsx) and zips of these."},
	{"\xff\xd8\xff", "is a picture. Skein reads CSV, workbooks (.xlsx) and zips of these."},
	{"GIF8", "is a picture. Skein reads CSV, workbooks (.xlsx) and zips of these."},
	{"{\\rtf", "is a text document. Skein reads CSV, workbooks (.xlsx) and zips of these."},
}

// unfold gives the files that a file holds: itself, or those of a zip. Room is how many bytes may come out of it;
// what is unpacked is counted while it is, whatever the zip says of it. The error is Refused where somebody else
// could do something about it.
func unfold(name string, content []byte, room *int64) ([]file, error) {
	name = plainName(name)
	switch {
	case len(content) == 0:
		return nil, refuse("%s is empty.", name)
	case len(content) > MaxFile:
		return nil, tooLarge(name)
	}
	for _, form := range forms {
		if bytes.HasPrefix(content, []byte(form.begins)) {
			return nil, refuse("%s %s", name, form.says)
		}
	}
	if ext := extension(name); ext != ".zip" || !bytes.HasPrefix(content, []byte("PK")) {
		*room -= int64(len(content))
		return one(name, ext, content, *room)
	}
	packed, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, refuse("%s is a damaged zip. Make it anew.", name)
	}
	return unpack(name, packed, room)
}

func one(name, ext string, content []byte, room int64) ([]file, error) {
	switch {
	case room < 0:
		return nil, tooMuch()
	case ext == ".xlsx", ext == ".csv":
		return []file{{name: name, bytes: content}}, nil
	case ext == ".zip":
		return nil, refuse("%s is no zip, whatever its name says. Make it anew.", name)
	}
	return nil, refuse("%s is neither CSV nor a workbook (.xlsx) nor a zip of these. Save it as one of them.", name)
}

// unpack reads the tables of a zip. What systems put beside them is passed over.
func unpack(name string, packed *zip.Reader, room *int64) ([]file, error) {
	var found []file
	for _, entry := range packed.File {
		inside := strings.ReplaceAll(entry.Name, `\`, "/")
		base := plainName(inside)
		switch ext := extension(base); {
		case path.IsAbs(inside), slices.Contains(strings.Split(inside, "/"), ".."):
			return nil, refuse("%s holds a file that wants to lie outside of its folder (%s). Make the zip anew.", name, plainText(entry.Name))
		case entry.FileInfo().IsDir(), strings.HasPrefix(base, "."), strings.HasPrefix(base, "~$"), strings.HasPrefix(inside, "__MACOSX/"):
			continue
		case entry.Flags&1 != 0:
			return nil, refuse("%s has a password. Make it anew without one.", name)
		case ext == ".zip":
			return nil, refuse("%s holds another zip (%s). Unpack that one first.", name, base)
		case ext != ".csv" && ext != ".xlsx":
			continue
		case len(found) == maxFiles:
			return nil, tooManyFiles()
		}
		content, err := contentOf(name, entry, room)
		if err != nil {
			return nil, err
		}
		if len(content) > 0 {
			found = append(found, file{name: base, inside: entry.Name, bytes: content})
		}
	}
	if len(found) == 0 {
		return nil, refuse("%s holds neither CSV nor a workbook (.xlsx).", name)
	}
	return found, nil
}

// contentOf unpacks one file, no further than there is room.
func contentOf(name string, entry *zip.File, room *int64) ([]byte, error) {
	damaged := refuse("%s is a damaged zip (%s cannot be unpacked). Make it anew.", name, plainName(entry.Name))
	in, err := entry.Open()
	if err != nil {
		return nil, damaged
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, *room+1))
	if int64(len(content)) > *room {
		return nil, tooMuch()
	}
	*room -= int64(len(content))
	if err != nil {
		return nil, damaged
	}
	return content, nil
}

func tooMuch() error {
	return refuse("Unpacked it is more than %d MB. Bring it in several goes, or let whoever runs Skein use skein import.", MaxUnfolded>>20)
}

func tooManyFiles() error {
	return refuse("These are more than %d files. Bring them in several goes.", maxFiles)
}

func tooLarge(name string) error {
	return refuse("%s is larger than %d MB. Zip it, bring it in parts, or let whoever runs Skein use skein import.", plainName(name), MaxFile>>20)
}

func extension(name string) string { return strings.ToLower(path.Ext(name)) }

// mostName is how many characters of a file's name are kept.
const mostName = 120

// plainName is a file's own name, whatever folders stand before it, as it may be shown and lie in a folder.
func plainName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	name = plainText(name[strings.LastIndexByte(name, '/')+1:])
	if utf8.RuneCountInString(name) > mostName {
		ext := path.Ext(name)
		name = string([]rune(name)[:mostName]) + ext[:min(len(ext), 8)]
	}
	if strings.Trim(name, ". ") == "" {
		return "file"
	}
	return name
}

// plainText is text without what cannot be seen of it.
func plainText(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r == ':' || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// apart gives files of one name others, so that they lie in one folder and messages tell them apart.
func apart(files []file) {
	seen := map[string]bool{}
	for i := range files {
		ext := path.Ext(files[i].name)
		stem := strings.TrimSuffix(files[i].name, ext)
		for n := 2; seen[strings.ToLower(files[i].name)]; n++ {
			files[i].name = stem + " (" + strconv.Itoa(n) + ")" + ext
		}
		seen[strings.ToLower(files[i].name)] = true
	}
}
