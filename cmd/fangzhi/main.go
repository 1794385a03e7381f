// Command fangzhi turns local chronicles into an event knowledge graph and serves it over GraphQL.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"fangzhi/graph"
	"fangzhi/graph/open"
	"fangzhi/loader/source"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes of the contract.
const (
	exitDone   = 0
	exitFailed = 1
	exitWrong  = 2
)

// commands is the command line: one file a command.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the API at /graphql, the pages at / and the playground at /playground."`
	Load    loadCommand    `cmd:"" help:"Load chronicles into the graph."`
	Remove  removeCommand  `cmd:"" help:"Take a wrongly loaded issue out of the graph."`
	Reread  rereadCommand  `cmd:"" help:"Read the kept texts again with today's reader."`
	Parse   parseCommand   `cmd:"" help:"Read chronicles and print what they say as JSON, without a graph."`
	Eval    evalCommand    `cmd:"" help:"Measure what is read against a gold annotation: precision, recall, F1, and every miss."`
	Export  exportCommand  `cmd:"" help:"Write the events of the graph, or those that a filter leaves, in another form."`
	Import  importCommand  `cmd:"" help:"Bring events in the interchange form into the graph, in bulk."`
	Query   queryCommand   `cmd:"" help:"Run one GraphQL operation in process and print the answer."`
	Version versionCommand `cmd:"" help:"Print the versions of the program, its reader, its format and its tables."`
}

// console is what a command reads and writes.
type console struct {
	in   io.Reader
	out  io.Writer // answers
	errs io.Writer // everything else
}

// wrongCall is an error of the call itself: exit 2.
type wrongCall struct{ error }

func (w wrongCall) Unwrap() error { return w.error }

func wrong(format string, args ...any) error { return wrongCall{fmt.Errorf(format, args...)} }

// hinted is an error with what the user can do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// errReported ends a command that has already said what failed.
var errReported = errors.New("reported")

// exited is how kong's exit (after --help) leaves the parser.
type exited int

// run executes one command line and returns the exit code of the contract.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) (code int) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case exited:
			code = int(p)
		default:
			panic(p)
		}
	}()
	var cli commands
	parser := kong.Must(&cli,
		kong.Name("fangzhi"),
		kong.Description("fangzhi turns local chronicles (地方志: 大事月报, 大事记) into an event knowledge graph and serves it over GraphQL.\n\n"+
			"A first look:  fangzhi serve --demo"),
		kong.Writers(out, errs),
		kong.Exit(func(code int) { panic(exited(code)) }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&console{in, out, errs}),
	)
	command, err := parser.Parse(args)
	if err != nil {
		var parse *kong.ParseError
		if errors.As(err, &parse) {
			_ = parse.Context.PrintUsage(true)
		}
		return report(errs, wrongCall{err})
	}
	return report(errs, command.Run())
}

// report prints an error with its hint and returns the exit code.
func report(errs io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	if !errors.Is(err, errReported) {
		printError(errs, err)
	}
	var w wrongCall
	if errors.As(err, &w) {
		return exitWrong
	}
	return exitFailed
}

func printError(errs io.Writer, err error) {
	fmt.Fprintln(errs, "fangzhi: error:", err)
	var read *source.ReadError
	var h hinted
	switch {
	case errors.As(err, &read) && read.Hint != "":
		fmt.Fprintln(errs, "fangzhi: hint:", read.Hint)
	case errors.As(err, &h):
		fmt.Fprintln(errs, "fangzhi: hint:", h.hint)
	}
}

// database is the flag that all commands on a graph share.
type database struct {
	DB string `name:"db" env:"FANGZHI_DB" default:"./fangzhi.db" placeholder:"DIR" help:"Folder of the embedded graph (default ${default})."`
}

// isFolder tells whether the address is the path of a folder.
func isFolder(address string) bool {
	return address != open.Memory && !strings.Contains(address, "://")
}

// holdsGraph tells whether there is anything in the folder.
func holdsGraph(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && len(entries) > 0
}

// open opens the graph; one that must exist is not made.
func (d database) open(mustExist bool) (graph.Store, error) { return d.openBy(open.Open, mustExist) }

// openBulk is open for bringing in very much.
func (d database) openBulk() (graph.Store, error) { return d.openBy(open.Bulk, false) }

func (d database) openBy(way func(string) (graph.Store, error), mustExist bool) (graph.Store, error) {
	if mustExist && isFolder(d.DB) && !holdsGraph(d.DB) {
		return nil, hinted{fmt.Errorf("no graph at %s", d.DB), "load chronicles first: fangzhi load --db " + d.DB + " PATH..., or look at the samples: fangzhi serve --demo"}
	}
	if info, err := os.Stat(d.DB); err == nil && !info.IsDir() {
		return nil, wrong("%s is a file; --db names a folder", d.DB)
	}
	store, err := way(d.DB)
	if errors.Is(err, open.ErrScheme) {
		return nil, wrongCall{err}
	}
	return store, err
}
