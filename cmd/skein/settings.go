package main

import (
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// asSet names what is wrong as it was set: by its variable, where no flag was typed.
func asSet(text string, flags []*kong.Flag, args []string) string {
	for _, flag := range flags {
		typed := slices.ContainsFunc(args, func(arg string) bool {
			return arg == "--"+flag.Name || strings.HasPrefix(arg, "--"+flag.Name+"=")
		})
		for _, env := range flag.Envs {
			if typed || os.Getenv(env) == "" && os.Getenv(env+"_FILE") == "" {
				continue
			}
			named := regexp.MustCompile(`--` + regexp.QuoteMeta(flag.Name) + `([^-\w]|$)`)
			text = named.ReplaceAllString(text, env+"$1")
		}
	}
	return text
}

// unknown are variables that have Skein's name and are no setting: a mistyped one would go unnoticed.
func unknown(flags []*kong.Flag, environ []string) (names []string) {
	known := map[string]bool{}
	for _, flag := range flags {
		for _, env := range flag.Envs {
			known[env], known[env+"_FILE"] = true, true
		}
	}
	for _, set := range environ {
		name, _, _ := strings.Cut(set, "=")
		if strings.HasPrefix(name, "SKEIN_") && !strings.HasPrefix(name, "SKEIN_TEST_") && !known[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
