// Command skein is the whole of Skein: the web server and its tools. Each
// command is one file here; this one reads the command line and knows what an
// error looks like to whoever typed it.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"skein/internal/postgres"

	"github.com/alecthomas/kong"
	"golang.org/x/term"
)

// Exit codes that scripts may rely on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// commands is the command line: a field for each command, and the flags that
// all of them share.
type commands struct {
	config

	Serve     serveCommand     `cmd:"" help:"Start the web server."`
	User      userCommand      `cmd:"" help:"Accounts."`
	Mail      mailCommand      `cmd:"" help:"Try the mail."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database's schema up to date, take steps back, or show where it is."`
	Audit     auditCommand     `cmd:"" help:"The log of who did what."`
	Backup    backupCommand    `cmd:"" help:"Write all that is in the database into one file."`
	Restore   restoreCommand   `cmd:"" help:"Fill an empty database from such a file."`
	Import    importCommand    `cmd:"" help:"Load a folder of CSV files, all of it or nothing."`
	Export    exportCommand    `cmd:"" help:"Write the same files back."`
	Match     matchCommand     `cmd:"" help:"Rank who could lead a project, with the reasons."`
	Evaluate  evaluateCommand  `cmd:"" help:"Measure the ranking on an organisation's own past."`
	Calibrate calibrateCommand `cmd:"" help:"Propose half-life, w0 and rotation from an organisation's own past."`
	Bench     benchCommand     `cmd:"" help:"Measure Skein at a given size, beside what others know."`
	Version   versionCommand   `cmd:"" help:"Which program this is: version, commit, and the schema that it knows."`
}

// console is what a command has of the terminal.
type console struct {
	in       io.Reader
	out, err io.Writer
	json     bool // all that is said is one JSON object a line: serve's, where that is wanted
}

// terminal is where somebody can be asked something; false where nobody can.
func (c *console) terminal() (*os.File, bool) {
	file, ok := c.in.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

// usageError is wrong use that only shows once a command runs.
type usageError struct{ error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal ends ctx, which stops in order; a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], &console{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}

// run is main without the process around it.
func run(ctx context.Context, args []string, con *console) (code int) {
	con = &console{in: con.in, out: &printable{to: con.out}, err: &printable{to: con.err}, json: wantsJSON(args)}
	defer con.broke(&code)
	var cli commands
	if len(args) > 0 && args[0] == "help" {
		args = append(slices.Clone(args[1:]), "--help")
	}
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("skein"),
		kong.Description("Skein assigns the lead of each project by situation, and passes it on."),
		kong.Writers(con.out, con.err),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(con, &cli.config),
		kong.Vars{"usual_conns": strconv.Itoa(postgres.UsualConns), "other_conns": strconv.Itoa(postgres.OtherConns)},
	)
	if err != nil {
		return fail(con, exitFailed, err)
	}
	flags := flagsOf(parser.Model.Node)
	if err := kong.Resolvers(fromFile(flags)).Apply(parser); err != nil {
		return fail(con, exitFailed, err)
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited >= 0: // help was asked for and given
		return exited
	case err != nil:
		return fail(con, exitUsage, errors.New(asSet(err.Error(), flags, args)+" (see skein --help)"))
	}
	con.json = parsed.Command() == "serve" && cli.Serve.Log.Format == asJSON
	if parsed.Command() == "serve" {
		for _, name := range unknown(flags, os.Environ()) {
			con.say(name + " is set, and Skein has no such setting")
		}
	}
	err = parsed.Run()
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage):
		return fail(con, exitUsage, errors.New(asSet(err.Error(), flags, args)))
	default:
		return fail(con, exitFailed, err)
	}
}

// fail prints one plain line, however many an error has.
func fail(con *console, code int, err error) int {
	con.complain(strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; "))
	return code
}
