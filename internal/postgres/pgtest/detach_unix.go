//go:build unix

package pgtest

import (
	"os/exec"
	"syscall"
)

// detach keeps a signal for the tests' process group from the command.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
}
