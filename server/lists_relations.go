package server

import (
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// addRelations fills the tables of what joins entities.
func (t *typeTables) addRelations() {
	t.possibleSame.columns = map[string]column[query.PossibleSame]{
		"a":       oneEntity(func(p *query.PossibleSame) graph.Entity { return p.A }, &t.entity),
		"b":       oneEntity(func(p *query.PossibleSame) graph.Entity { return p.B }, &t.entity),
		"score":   float(func(p *query.PossibleSame) float64 { return p.Score }),
		"reasons": texts(func(p *query.PossibleSame) []string { return p.Reasons }),
	}
	t.pathStep.columns = map[string]column[query.PathStep]{
		"from":         oneEntity(func(s *query.PathStep) graph.Entity { return s.From }, &t.entity),
		"event":        within(func(s *query.PathStep) *graph.Event { return s.Event }, &t.event),
		"to":           oneEntity(func(s *query.PathStep) graph.Entity { return s.To }, &t.entity),
		"sharedEvents": integer(func(s *query.PathStep) int { return s.SharedEvents }),
	}
	t.eventPath.columns = map[string]column[query.EventPath]{
		"length": integer(func(p *query.EventPath) int { return p.Length() }),
		"steps":  list(func(p *query.EventPath) []query.PathStep { return p.Steps }, &t.pathStep),
	}
	t.subgraphLink.columns = map[string]column[query.SubgraphLink]{
		"source":       text(func(l *query.SubgraphLink) graph.ID { return l.Source }),
		"target":       text(func(l *query.SubgraphLink) graph.ID { return l.Target }),
		"sharedEvents": integer(func(l *query.SubgraphLink) int { return l.SharedEvents }),
	}
}
