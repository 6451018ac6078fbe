package main

import "skein/internal/exchange"

// filesRead is a folder of CSV files that a command reads.
type filesRead struct {
	Dir      string `arg:"" type:"path" help:"The folder with the CSV files."`
	Encoding string `placeholder:"NAME" help:"How files are encoded that do not say so themselves, such as windows-1252 where Excel on Windows saved them; utf-8 otherwise."`

	how exchange.Option
}

// Validate is called by kong once the flags are read.
func (f *filesRead) Validate() (err error) {
	f.how, err = exchange.Encoded(f.Encoding)
	return err //nolint:wrapcheck // it is a sentence for whoever typed the name
}
