package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// completeLinks makes the library links that the npm packages list in
// pg-symlinks.json, because npm's archives hold none and its install scripts
// do not run here. A folder without that list needs nothing.
func completeLinks(native string) error {
	list, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(list, &links); err != nil {
		return fmt.Errorf("pg-symlinks.json: %w", err)
	}
	for _, l := range links {
		if err := completeLink(native, l.Source, l.Target); err != nil {
			return err
		}
	}
	return nil
}

func completeLink(native, source, target string) error {
	source, okSource := strings.CutPrefix(source, "native/")
	target, okTarget := strings.CutPrefix(target, "native/")
	if !okSource || !okTarget || !filepath.IsLocal(source) || !filepath.IsLocal(target) {
		return fmt.Errorf("pg-symlinks.json: %q -> %q leaves the package", target, source)
	}
	path := filepath.Join(native, target)
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	rel, err := filepath.Rel(filepath.Dir(path), filepath.Join(native, source))
	if err != nil {
		return err
	}
	// Several test processes may do this at the same moment.
	if err := os.Symlink(rel, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
