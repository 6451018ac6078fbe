package embedded

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// place is everything decided before a start: where, by whom, with what.
type place struct {
	home string // holds the data, the lock and the log
	bin  binaries
	acct account
}

func (p place) file(suffix string) string {
	return filepath.Join(p.home, "pg"+strconv.Itoa(p.bin.major)+suffix)
}

func (p place) data() string { return p.file("") }

// settle finds the programs and a home that the account can reach. A checkout
// inside a folder that only root may enter has its data under /var/tmp.
func settle(ctx context.Context, cfg Config) (place, error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return place{}, err
	}
	acct, err := chooseAccount(dir)
	if err != nil {
		return place{}, err
	}
	if err := makeDir(dir, acct); err != nil {
		return place{}, fmt.Errorf("data directory: %w", err)
	}
	p := place{home: dir, acct: acct}
	if !acct.enters(dir) {
		if p.home, err = makeAside(dir, acct); err != nil {
			return place{}, err
		}
	}
	found, err := find(ctx, cfg.Roots, cfg.Major)
	if err != nil {
		return place{}, err
	}
	if p.bin, err = choose(found, p.home); err != nil {
		return place{}, err
	}
	if _, err := os.Stat(p.data()); err != nil && p.home != dir {
		cfg.Say(fmt.Sprintf("account %s cannot enter %s: its data go to %s", acct.name, dir, p.home))
	}
	if !acct.runs(p.bin) {
		if p.bin, err = copyBinaries(p.bin, acct); err != nil {
			return place{}, err
		}
	}
	return p, nil
}

// choose prefers the best programs, but never passes by data that only an
// older or newer version can read: that would look like an empty Skein.
func choose(found []binaries, home string) (binaries, error) {
	present := majorsWithData(home)
	if len(present) == 0 {
		return found[0], nil
	}
	for _, b := range found {
		if present[b.major] {
			return b, nil
		}
	}
	for major := range present {
		return binaries{}, fmt.Errorf("%s holds data of Postgres %d, but only Postgres %s was found",
			home, major, found[0].version)
	}
	return found[0], nil
}

var dataName = regexp.MustCompile(`^pg(\d+)$`)

func majorsWithData(home string) map[int]bool {
	present := map[int]bool{}
	entries, _ := os.ReadDir(home)
	for _, e := range entries {
		if m := dataName.FindStringSubmatch(e.Name()); m != nil && e.IsDir() {
			n, _ := strconv.Atoi(m[1])
			present[n] = true
		}
	}
	return present
}

// makeDir makes a missing data directory and gives it to the account only if
// its parent is the account's too.
func makeDir(dir string, acct account) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	uid, _, err := owner(dir)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if acct.other && uid == acct.uid {
		return acct.give(dir)
	}
	return nil
}

// aside is the directory below /var/tmp that stands in for a path which the account cannot enter.
func aside(path string) string { return filepath.Join("/var/tmp", "skein-"+hash(path)) }

// makeAside makes that directory. Anybody may write to /var/tmp, so one that is
// there already must be ours.
func makeAside(path string, acct account) (string, error) {
	dir := aside(path)
	if err := os.Mkdir(dir, 0o711); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	if err := isOurs(dir, os.Geteuid()); err != nil {
		return "", err
	}
	// Our umask may have closed it.
	if err := os.Chmod(dir, 0o711); err != nil {
		return "", err
	}
	if !acct.enters(dir) {
		return "", fmt.Errorf("account %s cannot enter %s: give another --data-dir", acct.name, dir)
	}
	return dir, nil
}

// isOurs wants a real directory that belongs to one of these accounts.
func isOurs(dir string, uids ...int) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || !slices.Contains(uids, int(st.Uid)) {
		return fmt.Errorf("%s is not ours: remove it, or give another --data-dir", dir)
	}
	return nil
}

// copyBinaries brings the programs where the account can run them, once for
// each checkout and version. Whoever comes while another process copies waits
// for it: else the second takes the first one's copy away under its initdb.
func copyBinaries(b binaries, acct account) (binaries, error) {
	home, err := makeAside(b.dir, acct)
	if err != nil {
		return b, err
	}
	target := filepath.Join(home, "postgres-"+b.version)
	copied := b
	copied.dir = filepath.Join(target, "bin")
	if acct.runs(copied) {
		return copied, nil
	}
	free, err := alone(filepath.Join(home, "copy.lock"))
	if err != nil {
		return b, err
	}
	defer free()
	if acct.runs(copied) { // another process made it meanwhile
		return copied, nil
	}
	temp, err := os.MkdirTemp(home, "copy-")
	if err != nil {
		return b, err
	}
	defer os.RemoveAll(temp)
	if err := os.CopyFS(filepath.Join(temp, "native"), os.DirFS(filepath.Dir(b.dir))); err != nil {
		return b, fmt.Errorf("copying Postgres to %s: %w", home, err)
	}
	if err := openUp(temp); err != nil {
		return b, err
	}
	if err := os.RemoveAll(target); err != nil { // what is there does not run
		return b, err
	}
	err = os.Rename(filepath.Join(temp, "native"), target)
	if !acct.runs(copied) {
		return b, errors.Join(fmt.Errorf("account %s cannot run %s", acct.name, copied.dir), err)
	}
	return copied, nil
}

// openUp lets everybody read the copy, whatever our umask or the original's
// modes are.
func openUp(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		mode := info.Mode().Perm() | 0o444
		if mode&0o100 != 0 {
			mode |= 0o111
		}
		return os.Chmod(path, mode)
	})
}

// socketDir is beside the data when the path is short and plain enough for a
// socket, else under /tmp.
func (p place) socketDir() string {
	dir := p.file(".sock")
	if len(dir) <= 80 && !strings.ContainsAny(dir, `,"'\ `) {
		return dir
	}
	return filepath.Join("/tmp", "skein-"+hash(dir))
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:6])
}
