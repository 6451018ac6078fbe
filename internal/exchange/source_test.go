package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"skein/internal/exchange"
	"skein/internal/folder"
)

// Each file of a folder is a file of bytes, or a link to one. Anything else is refused in a sentence
// and never waited for.
func TestRegularFilesAloneAreRead(t *testing.T) {
	t.Parallel()
	elsewhere := filepath.Join(t.TempDir(), "elsewhere.csv")
	if err := os.WriteFile(elsewhere, []byte(people), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		put  func(at string) error
		want string
	}{
		"pipe":    {func(at string) error { return syscall.Mkfifo(at, 0o600) }, "named pipe"},
		"to pipe": {func(at string) error { _ = syscall.Mkfifo(at+".pipe", 0o600); return os.Symlink(at+".pipe", at) }, "named pipe"},
		"folder":  {func(at string) error { return os.Mkdir(at, 0o700) }, "it is a folder"},
		"device":  {func(at string) error { return os.Symlink("/dev/zero", at) }, "it is a device"},
		"loop":    {func(at string) error { return os.Symlink(at, at) }, "leads back to itself"},
		"nowhere": {func(at string) error { return os.Symlink(at+".none", at) }, "a file that does not exist"},
		"link":    {func(at string) error { return os.Symlink(elsewhere, at) }, "ok"},
	} {
		for _, file := range exchange.FileNames {
			dir := t.TempDir()
			if err := c.put(filepath.Join(dir, file)); err != nil {
				t.Fatal(err)
			}
			read := make(chan *exchange.Report, 1)
			go func() {
				_, report := exchange.Read(dir, folder.Known{}, nil)
				read <- report
			}()
			select {
			case report := <-read:
				said := report.String()
				fine := strings.HasPrefix(said, file+":1:1: The file cannot be read: ") && strings.Contains(said, c.want)
				if c.want == "ok" {
					fine = report.OK() || file != exchange.PeopleFile
				}
				if !fine {
					t.Errorf("%s as %s: %s", file, name, said)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%s as %s is waited for", file, name)
			}
		}
	}
}
