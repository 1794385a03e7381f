package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"fangzhi/graph"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/loader/reading"
)

type rereadCommand struct {
	database
	DryRun bool     `help:"Read and report, change nothing."`
	Issues []string `arg:"" optional:"" name:"issue" help:"Issues: id, file or label (2021年1月（总第100期）). All where none is given."`
}

// Help is the example that --help shows.
func (rereadCommand) Help() string {
	return "Examples:\n  fangzhi reread --dry-run\n  fangzhi reread 2021-01.txt\n\n" +
		"Reads the texts that the graph has kept again with today's reader. Ids hold; an issue whose reading is the same is left as it is."
}

// Run reads the issues again one by one: those that fail leave the others read.
func (c *rereadCommand) Run(ctx context.Context, io *console) (err error) {
	readLean()
	store, err := c.open(true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	ids, err := c.issues(ctx, store)
	if err != nil {
		return err
	}
	in := ingest.Ingester{Store: store, Now: time.Now}
	bar := progress(io.errs, len(ids))
	var read, changed, failed int
	for _, id := range ids {
		if ctx.Err() != nil {
			break
		}
		changes, err := in.Reread(ctx, id, readKept, c.DryRun)
		_ = bar.Clear()
		if err != nil {
			failed++
			printError(io.errs, err)
		} else {
			read++
			if changes.Changed {
				changed++
			}
			printChanges(io.out, &changes)
		}
		_ = bar.Add(1)
	}
	_ = bar.Clear()
	fmt.Fprintf(io.out, "%d reread, %d changed, %d failed\n", read, changed, failed)
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted: the issue at hand and those after it are as they were")
	case failed > 0:
		return errReported
	}
	return nil
}

// issues returns the ids of those that are asked for, or of all.
func (c *rereadCommand) issues(ctx context.Context, store graph.Store) ([]graph.ID, error) {
	var ids []graph.ID
	for _, name := range c.Issues {
		id, err := findIssue(ctx, store, name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(ids) > 0 {
		return ids, nil
	}
	snapshot, err := store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer snapshot.Close()
	return snapshot.IssueList(ctx, "")
}

// readKept reads a text that the graph has kept: whatever the file was, it is plain text now.
func readKept(file, text string, o graph.LoadOptions) ([]reading.Document, error) {
	name := strings.TrimSuffix(file, filepath.Ext(file)) + ".txt"
	return loader.Read(name, []byte(text), loader.Options{Region: o.Region, Published: o.Published, Dialect: o.Dialect})
}

// printChanges says what reading an issue again changes: a line for the issue, and one for each event that shows it.
func printChanges(out io.Writer, c *ingest.Changes) {
	fmt.Fprintf(out, "%s：%s\n", strings.TrimSpace(c.After.Masthead.Title+" "+c.After.Label), summary(c))
	for _, title := range c.Added {
		fmt.Fprintf(out, "  新增：%s\n", title)
	}
	for _, title := range c.Removed {
		fmt.Fprintf(out, "  删去：%s\n", title)
	}
	for _, d := range c.Dates {
		fmt.Fprintf(out, "  日期：%s，%s → %s\n", d.Title, d.From, d.To)
	}
	for _, t := range c.Titles {
		fmt.Fprintf(out, "  标题：%s → %s\n", t.From, t.To)
	}
}

// summary is what changes, in one line.
func summary(c *ingest.Changes) string {
	if !c.Changed {
		return "未变"
	}
	var parts []string
	for _, count := range []struct {
		n    int
		what string
	}{{len(c.Added), "新增%d条"}, {len(c.Removed), "删去%d条"}, {len(c.Dates), "改日期%d条"}, {len(c.Titles), "改标题%d条"}} {
		if count.n > 0 {
			parts = append(parts, fmt.Sprintf(count.what, count.n))
		}
	}
	for _, kind := range []struct {
		kind graph.EntityKind
		what string
	}{{graph.KindOfficial, "人物"}, {graph.KindDepartment, "单位"}, {graph.KindLocation, "地点"}} {
		if n := c.Links[kind.kind]; n != (ingest.LinkChanges{}) {
			parts = append(parts, fmt.Sprintf("%s关联增%d删%d", kind.what, n.Added, n.Removed))
		}
	}
	if len(parts) == 0 {
		return "细节有改动"
	}
	return strings.Join(parts, "，")
}
