package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"skein/internal/jobs"
	"skein/internal/mail"
	"skein/internal/skein"
)

// mailFlags say where mail is handed over, and from whom it is.
type mailFlags struct {
	SMTPURL  string `name:"smtp-url" env:"SKEIN_SMTP_URL" placeholder:"URL" help:"Mail server, as smtp://user:password@mail.example.org:587 or smtps://; without one no mail is sent."`
	MailFrom string `name:"mail-from" env:"SKEIN_MAIL_FROM" placeholder:"ADDRESS" help:"Whom mail is from, as 'Skein <skein@example.org>' (default: skein@ the mail server's host)."`
}

// Validate is called by kong once the flags are read.
func (f *mailFlags) Validate() error {
	_, err := f.server()
	return err
}

// server is the mail server; nil where none is named.
func (f *mailFlags) server() (*mail.Server, error) {
	if f.SMTPURL == "" {
		return nil, nil //nolint:nilnil // none was named
	}
	return mail.ParseURL(f.SMTPURL, f.MailFrom)
}

// post is what sends this server's mail, and notes for all programs whether mail is sent. A demo sends none: its people
// are invented, and somebody may have their addresses.
func (c *serveCommand) post(ctx context.Context, db *database, log *slog.Logger, secret []byte) (*mail.Post, error) {
	server, err := c.Mail.server()
	if err != nil {
		return nil, err
	}
	sends := server != nil && !c.Demo
	if err := db.store.Mail.SetSending(ctx, sends); err != nil {
		return nil, err
	}
	if !sends {
		return nil, nil //nolint:nilnil // none is sent
	}
	log.Info("mail goes out", "server", server.String())
	return &mail.Post{DB: db.conns.JobStore(), Sender: server, BaseURL: c.BaseURL, Stops: mail.NewStops(secret), Links: mail.NewLinks(secret), Now: time.Now}, nil
}

// mailer is what jobs send mail by; nil where none is sent, and not a pointer that is nil.
func mailer(post *mail.Post) jobs.Mailer {
	if post == nil {
		return nil
	}
	return post
}

// sender is the same for pages.
func sender(post *mail.Post) mail.Sender {
	if post == nil {
		return nil
	}
	return post.Sender
}

// mailCommand is what can be done about mail.
type mailCommand struct {
	Test mailTestCommand `cmd:"" help:"Send one mail with the settings in force, and say what the mail server answered."`
}

// mailTestCommand tries the mail.
type mailTestCommand struct {
	Address string    `arg:"" help:"To whom."`
	BaseURL string    `name:"base-url" env:"SKEIN_BASE_URL" default:"http://localhost:8080" placeholder:"URL" help:"Where browsers reach Skein: the mail links there (default ${default})."`
	Mail    mailFlags `embed:""`
}

// Run sends one mail. It needs no database, so that it can be tried before there is one.
func (c *mailTestCommand) Run(ctx context.Context, con *console) error {
	if err := skein.CheckEmail(c.Address); err != nil {
		return fmt.Errorf("%q is no e-mail address", c.Address)
	}
	server, err := c.Mail.server()
	if err != nil {
		return err
	}
	if server == nil {
		return errors.New("no mail server is named: set SKEIN_SMTP_URL, such as smtp://user:password@mail.example.org:587")
	}
	if err := mail.Test(ctx, server, skein.Organisation{}, c.BaseURL, c.Address, time.Now()); err != nil {
		return err
	}
	fmt.Fprintf(con.out, "The mail server %s took a mail to %s. Look whether it arrives.\n", server, c.Address)
	return nil
}
