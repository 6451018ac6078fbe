package server

import "github.com/go-chi/chi/v5"

// personRoutes are what everybody signed in may see of people and say of themselves.
func (s *server) personRoutes(chi.Router) {}

// howRoutes are the page that says what is compared: open to everybody, claimants or not.
func (s *server) howRoutes(chi.Router) {}
