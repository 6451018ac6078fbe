package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"skein/internal/exchange"
	"skein/internal/folder"
	"skein/internal/postgres"
)

type exportCommand struct {
	Dir string `arg:"" type:"path" help:"The folder to write to; it is made when it is not there."`
}

// Help is shown beneath the usage.
func (c *exportCommand) Help() string {
	return "Writes " + strings.Join(exchange.FileNames, ", ") + " over those that are there. " +
		"Drafts, cancelled projects and evidence that somebody hides stay behind."
}

// Run writes the folder.
func (c *exportCommand) Run(ctx context.Context, con *console, cfg *config) (err error) {
	db, err := openDatabase(ctx, cfg, con, "export", toUse)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close(ctx)) }()
	var files []folder.File
	err = postgres.New(db.pool).Bulk.Export(ctx, func(f *folder.Folder) (err error) {
		files, err = exchange.Write(c.Dir, f)
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(con.out, "%-15s %9d\n", f.Name, f.Rows)
	}
	return nil
}
