package intake

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	bulkdb "skein/internal/postgres/bulk"
	"skein/internal/skein"
)

// ErrOver says that files which were handed in are gone.
var ErrOver = errors.New("the files are gone")

// lay puts the files of an intake into a folder, which is to be removed whatever the error.
func (n *Intake) lay(ctx context.Context, in bulkdb.Intake) (dir string, err error) {
	if dir, err = os.MkdirTemp("", folders); err != nil {
		return "", err
	}
	room := int64(MaxUnfolded)
	for i, part := range in.Parts {
		same := func(p bulkdb.IntakePart) bool { return string(p.SHA256) == string(part.SHA256) }
		if slices.ContainsFunc(in.Parts[:i], same) {
			continue
		}
		content, err := n.DB.Bulk.Handed(ctx, part.SHA256)
		if errors.Is(err, skein.ErrNotFound) {
			err = ErrOver
		}
		if err != nil {
			return dir, err
		}
		found, err := unfold(firstName(part), content, &room)
		if err != nil {
			return dir, err
		}
		for _, p := range in.Parts[i:] {
			at := slices.IndexFunc(found, func(f file) bool { return f.inside == p.Inside })
			switch {
			case !same(p):
				continue
			case at < 0:
				return dir, ErrOver
			}
			if err := os.WriteFile(filepath.Join(dir, p.Name), found[at].bytes, 0o600); err != nil {
				return dir, err
			}
		}
	}
	return dir, nil
}

// firstName is a name by which a part's file is unpacked as it was when it was handed in.
func firstName(p bulkdb.IntakePart) string {
	if p.Inside != "" {
		return "handed-in.zip"
	}
	return p.Name
}
