package embedded

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// ownConf holds the settings of the door beside postgresql.conf, which reads it last.
const ownConf = "skein.conf"

// door is how the server is reached, as name=value: through a socket in a folder of ours, and by no
// network at all. Whoever reaches the socket is trusted, so nobody else may.
func door(sock string) []string {
	return []string{
		"listen_addresses=", "port=5432", "unix_socket_directories=" + sock, "unix_socket_permissions=0700",
	}
}

// localAlone is pg_hba.conf: nobody comes in by a network, whatever addresses the server listens on.
const localAlone = `# Written by Skein at each start. Only the socket lets anybody in.
# TYPE  DATABASE  USER  METHOD
local   all       all   trust
`

// configure writes the settings of the door into the data, so that whoever starts the server by hand
// opens no other. Data made by an earlier version get them too. Each file is whole at any moment.
func (p place) configure(sock string) error {
	main := filepath.Join(p.data(), "postgresql.conf")
	is, err := os.ReadFile(main) //nolint:gosec // in the data folder
	if err != nil {
		return err
	}
	own := "# Written by Skein at each start.\n"
	for _, setting := range door(sock) {
		name, value, _ := strings.Cut(setting, "=")
		own += name + " = " + quoted(value) + "\n"
	}
	// What the conf names is there before it is named.
	if err := p.put(filepath.Join(p.data(), ownConf), own); err != nil {
		return err
	}
	if err := p.put(main, lastIncluded(is)); err != nil {
		return err
	}
	return p.put(filepath.Join(p.data(), "pg_hba.conf"), localAlone)
}

// lastIncluded is a postgresql.conf that reads ours after everything else, once.
func lastIncluded(conf []byte) string {
	const include = "include '" + ownConf + "'"
	var kept []string
	for line := range bytes.Lines(conf) {
		if strings.TrimSpace(string(line)) != include {
			kept = append(kept, strings.TrimRight(string(line), "\n"))
		}
	}
	return strings.TrimRight(strings.Join(kept, "\n"), "\n") + "\n" + include + "\n"
}

// quoted is a value as a conf has it.
func quoted(value string) string {
	return "'" + strings.NewReplacer(`'`, `''`, `\`, `\\`).Replace(value) + "'"
}

// put writes a file of the data, where it says something else, in one step.
func (p place) put(path, text string) error {
	if is, err := os.ReadFile(path); err == nil && string(is) == text { //nolint:gosec // in the data folder
		return nil
	}
	temp := path + ".new"
	file, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // as above
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := p.acct.give(temp); err != nil {
		return err
	}
	return os.Rename(temp, path)
}
