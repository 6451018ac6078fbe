package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// fromFile reads a flag from the file that its variable with _FILE behind it names, where neither the flag nor the
// variable is given: what is secret then stands in no environment.
func fromFile(flags []*kong.Flag) kong.Resolver {
	own := map[string]bool{} // that have a flag of their own
	for _, flag := range flags {
		for _, env := range flag.Envs {
			own[env] = true
		}
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		for _, env := range flag.Envs {
			file := env + "_FILE"
			at := os.Getenv(file)
			if os.Getenv(env) != "" || at == "" || own[file] {
				continue
			}
			text, err := os.ReadFile(at) //nolint:gosec // the operator's choice
			if err != nil {
				return nil, fmt.Errorf("%s cannot be read: %w", file, err)
			}
			value := strings.TrimSpace(string(text))
			if value == "" {
				return nil, fmt.Errorf("%s is empty", file)
			}
			return value, nil
		}
		return nil, nil //nolint:nilnil // no file was named
	})
}

// flagsOf are all flags of a command and of those below it.
func flagsOf(node *kong.Node) []*kong.Flag {
	all := slices.Clone(node.Flags)
	for _, child := range node.Children {
		all = append(all, flagsOf(child)...)
	}
	return all
}
