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
	id, err := findIssue(ctx, store, c.Issue)
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

// findIssue returns the issue that a name means: its id, its file or its label; none or several is an error that lists what there is.
func findIssue(ctx context.Context, store graph.Store, name string) (graph.ID, error) {
	snapshot, err := store.Snapshot(ctx)
	if err != nil {
		return "", err
	}
	defer snapshot.Close()
	if issues, err := snapshot.Issues(ctx, []graph.ID{graph.ID(name)}); err != nil || issues[0] != nil {
		if err != nil {
			return "", err
		}
		return issues[0].ID, nil
	}
	ids, err := snapshot.IssueList(ctx, "")
	if err != nil {
		return "", err
	}
	issues, err := snapshot.Issues(ctx, ids)
	if err != nil {
		return "", err
	}
	want := fold.String(name)
	var found, all []string
	var id graph.ID
	for _, is := range issues {
		line := fmt.Sprintf("%s  %s  %s", is.ID, is.Label, is.File)
		all = append(all, line)
		if is.File == name || fold.String(is.Label) == want {
			found = append(found, line)
			id = is.ID
		}
	}
	switch len(found) {
	case 1:
		return id, nil
	case 0:
		return "", hinted{fmt.Errorf("no issue %s", name), "the graph holds:\n  " + strings.Join(all, "\n  ")}
	default:
		return "", hinted{fmt.Errorf("%s means several issues", name), "give one of these ids:\n  " + strings.Join(found, "\n  ")}
	}
}
