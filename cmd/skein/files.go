package main

import "skein/internal/exchange"

// filesRead is a folder of CSV files that a command reads.
type filesRead struct {
	Dir      string `arg:"" type:"path" help:"The folder with the files, CSV or workbooks (.xlsx)."`
	Encoding string `placeholder:"NAME" help:"How files are encoded that do not say so themselves: windows-1252 where Excel on Windows saved them; also windows-1250 to 1254 and 1257, iso-8859-1, -2 and -15, macintosh, or utf-8, as without it."`

	how exchange.Option
}

// Validate is called by kong once the flags are read.
func (f *filesRead) Validate() (err error) {
	f.how, err = exchange.Encoded(f.Encoding)
	return err //nolint:wrapcheck // it is a sentence for whoever typed the name
}
