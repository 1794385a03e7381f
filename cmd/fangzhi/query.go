package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fangzhi/server"
	"fangzhi/server/gqlhttp"
)

type queryCommand struct {
	database
	Variables string `placeholder:"JSON" help:"The operation's variables."`
	Query     string `arg:"" help:"The operation, @FILE for one in a file, or - for standard input."`
}

// Help is the example that --help shows.
func (queryCommand) Help() string {
	return "Examples:\n" +
		`  fangzhi query '{ timeline(first: 5) { nodes { title date { edtf } citation } } }'` + "\n" +
		`  fangzhi query --variables '{"name": "沈知秋"}' @official.graphql`
}

// Run prints the answer; one with errors fails.
func (c *queryCommand) Run(ctx context.Context, io *console) (err error) {
	text, err := c.text(io.in)
	if err != nil {
		return err
	}
	variables, err := gqlhttp.Object([]byte(c.Variables))
	if err != nil {
		return wrong("--variables is no JSON object: %v", err)
	}
	store, err := c.open(true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	answer, failed, err := server.New(server.Config{Store: store}).Execute(ctx, text, variables)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, answer, "", "  "); err != nil {
		return fmt.Errorf("print the answer: %w", err)
	}
	fmt.Fprintln(io.out, indented.String())
	if failed {
		return errReported
	}
	return nil
}

func (c *queryCommand) text(in io.Reader) (string, error) {
	if c.Query == "-" {
		text, err := io.ReadAll(in)
		return string(text), err
	}
	if name, ok := strings.CutPrefix(c.Query, "@"); ok {
		text, err := os.ReadFile(name)
		if err != nil {
			return "", unreadable(name, err)
		}
		return string(text), nil
	}
	return c.Query, nil
}
