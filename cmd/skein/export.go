package main

import (
	"context"
	"fmt"
	"strings"

	"skein/internal/exchange"
	"skein/internal/folder"
)

type exportCommand struct {
	Dir             string `arg:"" type:"path" help:"The folder to write to; it is made when it is not there."`
	XLSX            bool   `name:"xlsx" xor:"form" help:"Write one workbook, skein.xlsx, with a sheet a file, in which every cell is a text. It can be imported again, and changes nothing."`
	ForSpreadsheets bool   `name:"for-spreadsheets" xor:"form" help:"For people who open the files in a spreadsheet: what that would run as a formula gets an apostrophe in front. Such files are not for importing again."`
}

// Help is shown beneath the usage.
func (c *exportCommand) Help() string {
	return "Writes " + strings.Join(exchange.FileNames, ", ") + " over those that are there. " +
		"Drafts, cancelled projects and evidence that somebody hides stay behind."
}

// Run writes the folder.
func (c *exportCommand) Run(ctx context.Context, con *console, cfg *config) error {
	return withDatabase(ctx, cfg, con, "export", toUse, func(db *database) error {
		var files []folder.File
		err := db.store.Bulk.Export(ctx, func(f *folder.Folder) (err error) {
			write := exchange.Write
			switch {
			case c.ForSpreadsheets:
				write = exchange.WriteForSpreadsheets
			case c.XLSX:
				write = exchange.WriteWorkbook
			}
			files, err = write(c.Dir, f)
			return err
		})
		if err != nil {
			return err
		}
		for _, f := range files {
			fmt.Fprintf(con.out, "%-15s %9d\n", f.Name, f.Rows)
		}
		return nil
	})
}
