package server

import (
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"
)

// param is a part of the request's path. Ids come from imported files and may hold anything: where
// the path was sent escaped, chi hands out the escaped part.
func param(r *http.Request, name string) string {
	value := chi.URLParam(r, name)
	if r.URL.RawPath == "" {
		return value
	}
	if plain, err := url.PathUnescape(value); err == nil {
		return plain
	}
	return value
}
