package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/ingest"
)

type removeCommand struct {
	database
	Issue string `arg:"" help:"The issue: its id, its file, or its label (2021年1月（总第100期）)."`
}

// Help is the example that --help shows.
func (removeCommand) Help() string {
	return "Examples:\n  fangzhi remove 2021-01.txt\n  fangzhi remove i3g0v8yq2rkn1tz7c"
}

// Run takes the issue out.
func (c *removeCommand) Run(ctx context.Context, io *console) (err error) {
	store, err := c.open(true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	id, err := c.find(ctx, store)
	if err != nil {
		return err
	}
	in := ingest.Ingester{Store: store, Now: time.Now}
	removed, err := in.Remove(ctx, id)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "removed %s (%s): %d events\n", removed.Label, removed.ID, removed.EventCount)
	return nil
}

// find returns the issue that the argument names; none or several is an error that lists what there is.
func (c *removeCommand) find(ctx context.Context, store graph.Store) (graph.ID, error) {
	snapshot, err := store.Snapshot(ctx)
	if err != nil {
		return "", err
	}
	defer snapshot.Close()
	ids, err := snapshot.IssueList(ctx, "")
	if err != nil {
		return "", err
	}
	issues, err := snapshot.Issues(ctx, ids)
	if err != nil {
		return "", err
	}
	want := fold.String(c.Issue)
	var found, all []string
	var id graph.ID
	for _, is := range issues {
		line := fmt.Sprintf("%s  %s  %s", is.ID, is.Label, is.File)
		all = append(all, line)
		if string(is.ID) == c.Issue || is.File == c.Issue || fold.String(is.Label) == want {
			found = append(found, line)
			id = is.ID
		}
	}
	switch len(found) {
	case 1:
		return id, nil
	case 0:
		return "", hinted{fmt.Errorf("no issue %s", c.Issue), "the graph holds:\n  " + strings.Join(all, "\n  ")}
	default:
		return "", hinted{fmt.Errorf("%s means several issues", c.Issue), "give one of these ids:\n  " + strings.Join(found, "\n  ")}
	}
}
