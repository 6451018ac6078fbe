package web

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"sort"
	"strings"

	address "skein/web/path"
)

// Assets is a set of static files, each known by its plain name and by an
// address with a hash in it.
type Assets struct {
	files map[string]*file  // by plain name: css/skein.css
	names map[string]string // from the hashed name to the plain one
}

type file struct {
	hashed string
	kind   string
	body   []byte
	packed []byte // gzip, nil when it would not help
}

// Load reads all files and works out their addresses. A style sheet's own
// addresses are rewritten to the hashed ones, and a font face whose file is
// missing is dropped, so that no browser asks for it in vain.
func Load(files fs.FS) (*Assets, error) {
	a := &Assets{files: map[string]*file{}, names: map[string]string{}}
	var sheets []string
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return nil
		case path.Ext(name) == ".css":
			sheets = append(sheets, name) // last: they need the others' addresses
			return nil
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return a.add(name, body)
	})
	if err != nil {
		return nil, fmt.Errorf("read static files: %w", err)
	}
	sort.Strings(sheets)
	for _, name := range sheets {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read static files: %w", err)
		}
		if err := a.add(name, a.rewrite(name, body)); err != nil {
			return nil, err
		}
	}
	return a, nil
}

var (
	fontFace = regexp.MustCompile(`@font-face\s*\{[^}]*\}\s*`)
	cssURL   = regexp.MustCompile(`url\(([^)]+)\)`)
)

func (a *Assets) rewrite(sheet string, body []byte) []byte {
	resolve := func(reference []byte) string {
		plain := strings.Trim(string(cssURL.FindSubmatch(reference)[1]), `"' `)
		return path.Join(path.Dir(sheet), plain)
	}
	body = fontFace.ReplaceAllFunc(body, func(rule []byte) []byte {
		for _, reference := range cssURL.FindAll(rule, -1) {
			if !a.Has(resolve(reference)) {
				return nil
			}
		}
		return rule
	})
	return cssURL.ReplaceAllFunc(body, func(reference []byte) []byte {
		if name := resolve(reference); a.Has(name) {
			return []byte("url(" + a.URL(name) + ")")
		}
		return reference
	})
}

// kinds are the media types for which the machine's own table is not asked: it may have others.
var kinds = map[string]string{
	".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2",
}

func (a *Assets) add(name string, body []byte) error {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	f := &file{
		hashed: strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext,
		kind:   cmp.Or(kinds[ext], mime.TypeByExtension(ext), "application/octet-stream"),
		body:   body,
	}
	if ext == ".css" || ext == ".js" || ext == ".svg" {
		packed, err := pack(body)
		if err != nil {
			return fmt.Errorf("compress %s: %w", name, err)
		}
		if len(packed) < len(body) {
			f.packed = packed
		}
	}
	a.files[name], a.names[f.hashed] = f, name
	return nil
}

func pack(body []byte) ([]byte, error) {
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// URL is the hashed address of a file.
func (a *Assets) URL(name string) string {
	if f, ok := a.files[name]; ok {
		return address.StaticPrefix + f.hashed
	}
	return address.StaticPrefix + name
}

// Has tells whether the file is there.
func (a *Assets) Has(name string) bool {
	_, ok := a.files[name]
	return ok
}

// ServeHTTP answers below /static/. A hashed address may be kept for ever; a
// plain one is asked for again each time.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	asked := strings.TrimPrefix(r.URL.Path, address.StaticPrefix)
	name, forever := a.names[asked]
	if !forever {
		name = asked
	}
	f, ok := a.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	tag := `"` + f.hashed + `"`
	header.Set("ETag", tag)
	header.Set("Vary", "Accept-Encoding")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-cache")
	if forever {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := f.body
	if f.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		body = f.packed
	}
	header.Set("Content-Type", f.kind)
	header.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the browser may have gone
	}
}
