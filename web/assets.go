// Package web carries the files that browsers fetch: our own style sheet,
// script and drawings, and beside them what make fetched from npm. Pages name a
// file by URL, which carries a hash of its content, so that browsers may keep
// it for ever.
package web

import (
	"embed"
	"io/fs"
)

//go:embed static
var static embed.FS

// Built once: the files cannot change while the program runs.
var assets = mustLoad()

func mustLoad() *Assets {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		panic(err)
	}
	loaded, err := Load(sub)
	if err != nil {
		panic(err)
	}
	return loaded
}

// URL is the address of a file below static/, such as "css/skein.css". A file
// that is not there keeps its plain address and answers 404.
func URL(name string) string { return assets.URL(name) }

// Has tells whether a file is there. Those below vendor/ may be missing: pages
// then leave them out.
func Has(name string) bool { return assets.Has(name) }

// Default is the set of files built into the program.
func Default() *Assets { return assets }

// VendorMissing lists the third-party files that make has not fetched yet.
// Pages work without them, only plainer.
func VendorMissing() []string {
	var missing []string
	for _, name := range Vendor {
		if !assets.Has(name) {
			missing = append(missing, name)
		}
	}
	return missing
}

// Vendor names the third-party files that pages use at first view.
var Vendor = []string{
	"vendor/htmx.min.js",
	"vendor/d3-hierarchy.min.js", // the map of teams alone
	"vendor/fonts/newsreader-latin-400-normal.woff2",
	"vendor/fonts/newsreader-latin-400-italic.woff2",
	"vendor/fonts/hanken-grotesk-latin-400-normal.woff2",
	"vendor/fonts/hanken-grotesk-latin-500-normal.woff2",
}
