package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"skein/internal/password"
	doordb "skein/internal/postgres/door"
	"skein/internal/server"
	"skein/internal/skein"
)

type userCommand struct {
	Add    userAddCommand    `cmd:"" help:"Make an account, or give an imported person one."`
	Rename userRenameCommand `cmd:"" help:"Give a person another id; all that is theirs follows."`
	Merge  userMergeCommand  `cmd:"" help:"Make one of two people who are one; all that is theirs follows."`
	Second userSecondCommand `cmd:"" name:"second-factor" help:"What somebody shows beside their password: passkeys and recovery codes."`
}

type userAddCommand struct {
	Email         string   `arg:"" help:"The address they sign in with."`
	Name          string   `placeholder:"NAME" help:"Their name; an imported person has one already."`
	Person        string   `placeholder:"ID" help:"The imported person whose account it is."`
	Hat           []string `placeholder:"HAT" help:"staff, steward:CIRCLE, executive or administrator; more than one may be given."`
	PasswordStdin bool     `name:"password-stdin" help:"Read the password from standard input instead of asking."`
}

// Validate is called by kong once the flags are read.
func (c *userAddCommand) Validate() error {
	c.Name = skein.Composed(strings.TrimSpace(c.Name))
	if c.Person == "" && c.Name == "" {
		return errors.New("say who it is: --name for somebody new, --person for somebody imported")
	}
	if err := (skein.Person{Name: c.Name}).Check(); c.Name != "" && err != nil {
		return fmt.Errorf("--name %q: %w", c.Name, plain(err))
	}
	if skein.CheckEmail(c.Email) != nil {
		return fmt.Errorf("%q is not an e-mail address", c.Email)
	}
	_, err := hats(c.Hat)
	return err
}

// hats reads hats as they are typed: steward:CIRCLE, executive, administrator. Everybody is staff.
func hats(typed []string) ([]skein.Hat, error) {
	var all []skein.Hat
	for _, word := range typed {
		kind, circle, _ := strings.Cut(word, ":")
		if kind == string(skein.Staff) && circle == "" {
			continue
		}
		hat := skein.Hat{Kind: skein.HatKind(kind), Circle: skein.CircleID(circle)}
		if hat.Check() != nil {
			return nil, fmt.Errorf("--hat %s: a hat is staff, steward:CIRCLE, executive or administrator", word)
		}
		all = append(all, hat)
	}
	return all, nil
}

// Run makes the account.
func (c *userAddCommand) Run(ctx context.Context, con *console, cfg *config) error {
	wanted, err := hats(c.Hat)
	if err != nil {
		return err
	}
	return withDatabase(ctx, cfg, con, "user add", toUse, func(db *database) error {
		typed, err := c.password(con)
		if err != nil {
			return err
		}
		org, err := db.store.Gameboard.Organisation(ctx)
		if err != nil {
			return err
		}
		name, err := c.whose(ctx, db)
		if err != nil {
			return err
		}
		if err := password.Check(typed, name, c.Email, org.Name); err != nil {
			return plain(err)
		}
		hash, err := server.HashPassword(typed)
		if err != nil {
			return err
		}
		person, err := db.store.Door.CreateAccount(ctx, org.Itself(time.Now()), doordb.NewAccount{
			Person: skein.PersonID(c.Person), Name: c.Name, Email: c.Email, Password: hash, Hats: wanted,
		})
		if errors.Is(err, skein.ErrNotFound) {
			return c.nobody()
		}
		if err != nil {
			return plain(err)
		}
		made, err := db.store.Door.Account(ctx, person, time.Now())
		if err != nil {
			return err
		}
		if !made.ByPassword {
			fmt.Fprintf(con.out, "%s has an account from now on (person %s), but passwords are switched off: this one opens nothing while they are.\n", c.Email, person)
			return nil
		}
		fmt.Fprintf(con.out, "%s signs in from now on (person %s)\n", c.Email, person)
		return nil
	})
}

// whose is the name of whom the account is for.
func (c *userAddCommand) whose(ctx context.Context, db *database) (string, error) {
	if c.Person == "" {
		there, err := db.store.Door.Addressee(ctx, c.Email)
		if err == nil && !there.Account {
			return "", fmt.Errorf("%s has this e-mail address: if it is their account, use --person %s in place of --name", there.Name, there.ID)
		}
		if err != nil && !errors.Is(err, skein.ErrNotFound) {
			return "", err
		}
		return strings.TrimSpace(c.Name), nil
	}
	person, err := db.store.Door.PersonAccess(ctx, skein.PersonID(c.Person), time.Now())
	if errors.Is(err, skein.ErrNotFound) {
		return "", c.nobody()
	}
	return person.Name, err
}

func (c *userAddCommand) nobody() error {
	return fmt.Errorf("there is no person %q who may come in", c.Person)
}

// password is read from standard input, or asked for twice where somebody can be asked.
func (c *userAddCommand) password(con *console) (string, error) {
	file, asked := con.terminal()
	if c.PasswordStdin || !asked {
		if !c.PasswordStdin {
			return "", usageError{errors.New("there is nobody to ask for a password: use --password-stdin")}
		}
		line, _ := bufio.NewReader(con.in).ReadString('\n') // the last line may end without one
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			return "", errors.New("no password came in")
		}
		return line, nil
	}
	first, err := ask(con, file, "Password: ")
	if err != nil {
		return "", err
	}
	again, err := ask(con, file, "Once more: ")
	if err == nil && first != again {
		err = errors.New("the two passwords differ")
	}
	return first, err
}

func ask(con *console, file *os.File, prompt string) (string, error) {
	fmt.Fprint(con.err, prompt)
	typed, err := term.ReadPassword(int(file.Fd()))
	fmt.Fprintln(con.err)
	return string(typed), err
}

// plain says what is wrong without the names of form fields.
func plain(err error) error {
	var invalid skein.Invalid
	if !errors.As(err, &invalid) {
		return err
	}
	var says []string
	for _, f := range invalid {
		says = append(says, f.Message)
	}
	return errors.New(strings.Join(says, " "))
}
