package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who runs Postgres, which refuses to run as root.
type account struct {
	uid, gid int
	name     string
	other    bool // not who we are: we are root
}

// chooseAccount is ourselves, or for root the owner of the data directory, else
// postgres, else nobody.
func chooseAccount(dir string) (account, error) {
	if os.Geteuid() != 0 {
		return account{uid: os.Geteuid(), gid: os.Getegid()}, nil
	}
	uid, gid, err := owner(dir)
	if err != nil {
		return account{}, err
	}
	if uid != 0 {
		return account{uid: uid, gid: gid, name: strconv.Itoa(uid), other: true}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errU := strconv.Atoi(u.Uid)
		gid, errG := strconv.Atoi(u.Gid)
		if errU == nil && errG == nil && uid != 0 {
			return account{uid: uid, gid: gid, name: name, other: true}, nil
		}
	}
	return account{}, fmt.Errorf("running as root: Postgres will not, and there is no account postgres or nobody to run it")
}

// owner is that of the path or, as long as it is missing, of its parent.
func owner(path string) (uid, gid int, err error) {
	for {
		info, err := os.Stat(path)
		if err == nil {
			st, ok := info.Sys().(*syscall.Stat_t)
			if !ok {
				return 0, 0, fmt.Errorf("cannot tell who owns %s", path)
			}
			return int(st.Uid), int(st.Gid), nil
		}
		if !os.IsNotExist(err) || path == filepath.Dir(path) {
			return 0, 0, err
		}
		path = filepath.Dir(path)
	}
}

// command runs a program as the account, in its own process group, so that
// Ctrl-C reaches the app alone, and with nothing of our environment.
func (a account) command(dir, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if a.other {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
	}
	return cmd
}

// enters tells whether the account can work inside the directory. It is tried,
// not computed: modes, lists and mounts all have a say.
func (a account) enters(dir string) bool {
	return !a.other || a.command(dir, "/bin/sh", "-c", ":").Run() == nil
}

// runs tells whether the account can run these programs.
func (a account) runs(b binaries) bool {
	return !a.other || a.command("/", filepath.Join(b.dir, "initdb"), "--version").Run() == nil &&
		a.command("/", filepath.Join(b.dir, "postgres"), "--version").Run() == nil
}

// give makes the account the owner of a path that we made for it.
func (a account) give(path string) error {
	if !a.other {
		return nil
	}
	return os.Lchown(path, a.uid, a.gid)
}
