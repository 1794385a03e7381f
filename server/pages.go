package server

import (
	"context"
	"net/http"

	"fangzhi/graph"
	"fangzhi/graph/query"
	"fangzhi/server/gqlhttp"
	"fangzhi/web"
)

// startPage says what is loaded and leads to the playground.
func (s *Server) startPage(w http.ResponseWriter, r *http.Request) {
	ctx, release, free := s.slot(r.Context())
	if !free {
		w.Header().Set("Retry-After", gqlhttp.RetryAfter)
		http.Error(w, "busy: try again in a second", http.StatusServiceUnavailable)
		return
	}
	defer release()
	summary, err := s.summary(ctx)
	if err != nil {
		s.config.Log.Error("start page", "request", requestID(r.Context()), "error", err)
		http.Error(w, "the graph cannot be read", http.StatusInternalServerError)
		return
	}
	web.SetHeaders(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := web.StartPage(w, summary); err != nil {
		s.config.Log.Warn("start page", "request", requestID(r.Context()), "error", err)
	}
}

// summary counts what the graph holds.
func (s *Server) summary(ctx context.Context) (web.Summary, error) {
	summary := web.Summary{FirstQuery: web.FirstQuery, Demo: s.config.Demo, Version: s.config.Version}
	snapshot, err := s.config.Store.Snapshot(ctx)
	if err != nil {
		return summary, err
	}
	defer snapshot.Close()
	if summary.Events, err = snapshot.Count(ctx, graph.Filter{}); err != nil {
		return summary, err
	}
	for kind, n := range map[graph.EntityKind]*int{
		graph.KindOfficial: &summary.Officials, graph.KindDepartment: &summary.Departments, graph.KindLocation: &summary.Locations,
	} {
		// Not an organ that only others imply, nor a place around others.
		found, err := snapshot.FindEntities(ctx, graph.EntityQuery{Kind: kind, Linked: true}, graph.EntityPage{})
		if err != nil {
			return summary, err
		}
		*n = found.Total
	}
	if err := firstAndLastDay(ctx, snapshot, &summary); err != nil {
		return summary, err
	}
	return summary, publicationLines(ctx, snapshot, &summary)
}

// firstAndLastDay reads the days that the dated events cover.
func firstAndLastDay(ctx context.Context, r graph.Reader, summary *web.Summary) error {
	days, err := query.Extent(ctx, r, graph.Filter{})
	summary.FirstDay, summary.LastDay = days.From.String(), days.To.String()
	return err
}

func publicationLines(ctx context.Context, r graph.Reader, summary *web.Summary) error {
	publications, err := r.Publications(ctx, nil)
	if err != nil {
		return err
	}
	for _, p := range publications {
		ids, err := r.IssueList(ctx, p.ID)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			continue
		}
		issues, err := r.Issues(ctx, []graph.ID{ids[0], ids[len(ids)-1]})
		if err != nil {
			return err
		}
		events, err := r.Count(ctx, graph.Filter{Publications: []graph.ID{p.ID}})
		if err != nil {
			return err
		}
		summary.Issues += len(ids)
		summary.Publications = append(summary.Publications, web.PublicationLine{
			Title: p.Title, Issues: len(ids), Events: events, FirstLabel: issues[0].Label, LastLabel: issues[1].Label,
		})
	}
	return nil
}
