package bulk_test

import (
	"context"

	"fangzhi/graph"
)

// keeping is a store that keeps what tells whom a name means, and drops events: what is measured with it is not an engine.
type keeping struct {
	blocks       map[string]graph.Block
	entities     map[graph.ID]*graph.EntityData
	atoms        map[graph.ID]graph.ID
	issues       map[graph.ID]*graph.Issue
	last         map[graph.ID]graph.ID // the last issue by publication
	events, puts int
}

func newKeeping() *keeping {
	return &keeping{
		blocks: map[string]graph.Block{}, entities: map[graph.ID]*graph.EntityData{}, atoms: map[graph.ID]graph.ID{},
		issues: map[graph.ID]*graph.Issue{}, last: map[graph.ID]graph.ID{},
	}
}

func (k *keeping) Snapshot(context.Context) (graph.Snapshot, error) { return keepingReader{k: k}, nil }

func (k *keeping) Close() error { return nil }

func (k *keeping) Update(ctx context.Context, plan func(graph.Reader) (*graph.Batch, error)) error {
	b, err := plan(keepingReader{k: k})
	if err != nil || b == nil {
		return err
	}
	if err := b.Validate(); err != nil {
		return err
	}
	k.puts++
	for _, d := range b.Put {
		k.issues[d.Issue.ID] = &d.Issue
		k.last[d.Issue.PublicationID] = d.Issue.ID
		k.events += len(d.Events)
	}
	for _, block := range b.Blocks {
		k.blocks[block.Key] = block
	}
	for _, id := range b.DropEntities {
		delete(k.entities, id)
	}
	for i := range b.Entities {
		k.entities[b.Entities[i].ID] = &b.Entities[i]
	}
	for atom, id := range b.Atoms {
		k.atoms[atom] = id
	}
	return ctx.Err()
}

// keepingReader answers what an import asks; anything else panics.
type keepingReader struct {
	graph.Snapshot
	k *keeping
}

func (r keepingReader) Close() {}

func (r keepingReader) Blocks(_ context.Context, keys []string) ([]graph.Block, error) {
	out := make([]graph.Block, len(keys))
	for i, key := range keys {
		out[i] = r.k.blocks[key]
		out[i].Key = key
	}
	return out, nil
}

func (r keepingReader) Entities(_ context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
	out := make([]*graph.EntityData, len(ids))
	for i, id := range ids {
		out[i] = r.k.entities[r.k.atoms[id]]
	}
	return out, nil
}

func (r keepingReader) Issues(_ context.Context, ids []graph.ID) ([]*graph.Issue, error) {
	out := make([]*graph.Issue, len(ids))
	for i, id := range ids {
		out[i] = r.k.issues[id]
	}
	return out, nil
}

func (r keepingReader) LastIssue(_ context.Context, publication graph.ID, _ []graph.ID) (*graph.Issue, error) {
	return r.k.issues[r.k.last[publication]], nil
}

func (r keepingReader) Each(context.Context, graph.Filter, func(*graph.Event) error) error {
	return nil
}

func (r keepingReader) Count(context.Context, graph.Filter) (int, error) { return 0, nil }

func (r keepingReader) Reports(_ context.Context, ids []graph.ID) ([][]graph.ID, error) {
	return make([][]graph.ID, len(ids)), nil
}
