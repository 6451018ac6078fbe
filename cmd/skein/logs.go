package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

// asJSON is the format in which each line is one JSON object.
const asJSON = "json"

// logFlags say how serve's log is written.
type logFlags struct {
	Format string `name:"log-format" env:"SKEIN_LOG_FORMAT" enum:"text,json" default:"text" placeholder:"text|json" help:"How the log is written: text, or one JSON object a line, and so all else that serve says (default ${default})."`
	Level  string `name:"log-level" env:"SKEIN_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" placeholder:"LEVEL" help:"The least that is logged: debug, info, warn or error (default ${default})."`
}

// log is the log of serve, and where anything that a library logs by itself goes too.
func (f *logFlags) log(con *console) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(f.Level)) // kong takes none but those that it knows
	options := &slog.HandlerOptions{Level: level}
	var handler slog.Handler = slog.NewTextHandler(con.err, options)
	if f.Format == asJSON {
		options.ReplaceAttr = inSeconds
		handler = slog.NewJSONHandler(con.err, options)
	}
	log := slog.New(onceAMinute(handler))
	slog.SetDefault(log)
	return log
}

// inSeconds writes how long something took as a number of seconds, as metrics have it.
func inSeconds(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		a.Value = slog.Float64Value(a.Value.Duration().Seconds())
	}
	return a
}

// wantsJSON tells from what was typed, before it is known to be right, whether serve would write JSON: what is wrong with it
// is then said so too.
func wantsJSON(args []string) bool {
	if !slices.Contains(args, "serve") {
		return false
	}
	for i, arg := range args {
		value, joined := strings.CutPrefix(arg, "--log-format=")
		if joined {
			return value == asJSON
		}
		if arg == "--log-format" {
			return i+1 < len(args) && args[i+1] == asJSON
		}
	}
	if set := os.Getenv("SKEIN_LOG_FORMAT"); set != "" {
		return set == asJSON
	}
	text, err := os.ReadFile(os.Getenv("SKEIN_LOG_FORMAT_FILE")) //nolint:gosec // the operator's choice
	return err == nil && strings.TrimSpace(string(text)) == asJSON
}

// say tells the person at the terminal something that is not the answer.
func (c *console) say(line string) {
	if c.json {
		record(c.err).Info(line)
		return
	}
	fmt.Fprintln(c.err, "skein: "+line)
}

// complain says why it ends, in one plain line.
func (c *console) complain(line string) {
	if c.json {
		record(c.err).Error(line)
		return
	}
	c.say(line)
}

// hand gives something of use, whatever the log's level: it comes once, and is lost where nobody reads it.
func (c *console) hand(says, what, value string) {
	if c.json {
		record(c.out).Info(says, what, value)
		return
	}
	fmt.Fprintf(c.out, "%s:\n%s\n", says, value)
}

// broke says that the program itself is at fault, where that would be printed in many lines. It is deferred.
func (c *console) broke(code *int) {
	if !c.json {
		return
	}
	if what := recover(); what != nil {
		record(c.err).Error("panic: "+fmt.Sprint(what), "stack", string(debug.Stack()))
		*code = exitFailed
	}
}

// record writes objects whatever their level: what serve says besides its log.
func record(to io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(to, nil)) }
