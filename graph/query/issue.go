package query

import (
	"context"
	"slices"

	"fangzhi/graph"
)

// Publications returns all publications, in the order of their keys.
func Publications(ctx context.Context, r graph.Reader) ([]*graph.Publication, error) {
	return r.Publications(ctx, nil)
}

// PublicationEventCount returns how many articles the issues of a publication have, of every kind.
func PublicationEventCount(ctx context.Context, r graph.Reader, publication graph.ID) (int, error) {
	return r.Count(ctx, graph.Filter{Publications: []graph.ID{publication}})
}

// IssueArgs asks for a list of issues.
type IssueArgs struct {
	// Publication is the id of one, "" for all.
	Publication graph.ID
	// Year is that of publication; nil for all, also those whose year is unknown.
	Year *int
	Page PageArgs
}

// Issues returns a page of the issues, in the order of publications and in that of each publication.
func Issues(ctx context.Context, r graph.Reader, a IssueArgs) (*IssueConnection, error) {
	ids, err := r.IssueList(ctx, a.Publication)
	if err != nil {
		return nil, err
	}
	found, err := r.Issues(ctx, ids)
	if err != nil {
		return nil, err
	}
	var items []item[*graph.Issue]
	for _, is := range found {
		if is != nil && (a.Year == nil || *a.Year == is.Year && is.Year != 0) {
			items = append(items, item[*graph.Issue]{sortKey("").text(is.Order).text(string(is.ID)), is})
		}
	}
	return pageOf(listIssues, items, a.Page, func(is *graph.Issue, cursor string) IssueEdge { return IssueEdge{cursor, is} })
}

// IssueEvents returns a page of the events of an issue.
func IssueEvents(ctx context.Context, r graph.Reader, issue graph.ID, a TimelineArgs) (*EventConnection, error) {
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	start, err := a.start()
	if err != nil {
		return nil, err
	}
	f.Nothing = f.Nothing || len(f.Issues) > 0 && !slices.Contains(f.Issues, issue)
	f.Issues = []graph.ID{issue}
	return events(ctx, r, f, a.Order, start, a.Page)
}
