package query

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// The sizes of a page.
const (
	// DefaultPage is the size of a page that is asked for without first and last.
	DefaultPage = 50
	// MaxPage is the largest page that is answered.
	MaxPage = 100
)

// PageArgs says which part of a list is asked for, in Relay's words. All nil: its first DefaultPage items.
// After and Before are cursors of the same list, and both may bound the page.
type PageArgs struct {
	First  *int
	After  *string
	Last   *int
	Before *string
	// Detail is how much of events is asked for. Of graph.Titles the edges between the first and the last have no cursors.
	Detail graph.Detail
}

// window is a PageArgs that makes sense: how many items, and from which end.
type window struct {
	items    int
	backward bool
}

// check returns the window: ErrBadInput for first together with last and for negative numbers, ErrLimit over MaxPage.
func (a PageArgs) check() (window, error) {
	if a.First != nil && a.Last != nil {
		return window{}, fmt.Errorf("%w: first together with last", graph.ErrBadInput)
	}
	if a.Last != nil {
		n, err := checkFirst("last", a.Last, 0, MaxPage)
		return window{n, true}, err
	}
	n, err := checkFirst("first", a.First, DefaultPage, MaxPage)
	return window{n, false}, err
}

// fromStart returns how many items a page has, at least one, that begins where its list does.
func (a PageArgs) fromStart() (items int, ok bool) {
	w, err := a.check()
	return w.items, err == nil && w.items > 0 && !w.backward && a.After == nil && a.Before == nil
}

// cut returns which of the items from one up to another are in the window.
func (w window) cut(from, to int) (int, int) {
	to = max(from, to)
	if w.backward {
		return max(from, to-w.items), to
	}
	return from, min(to, from+w.items)
}

// PageInfo tells whether the list goes on beyond either end of the page; cursors are "" for an empty page.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     string
	EndCursor       string
}

// Edge is one item of a page with the cursor that goes on behind it, or before it.
type Edge[N any] struct {
	Cursor string
	Node   N
}

func (e Edge[N]) cursor() string { return e.Cursor }
func (e Edge[N]) node() N        { return e.Node }

// edger is an Edge, a struct that embeds one, or an edge that makes its cursor when it is asked for.
type edger[N any] interface {
	cursor() string
	node() N
}

// Connection is a page of a list.
type Connection[E edger[N], N any] struct {
	Edges    []E
	PageInfo PageInfo

	total func(context.Context) (int, error)
}

// Nodes returns the nodes of the edges, never nil.
func (c *Connection[E, N]) Nodes() []N {
	nodes := make([]N, len(c.Edges))
	for i, e := range c.Edges {
		nodes[i] = e.node()
	}
	return nodes
}

// Info returns the page's PageInfo, which is not to be changed.
func (c *Connection[E, N]) Info() *PageInfo { return &c.PageInfo }

// TotalCount returns how many items the whole list has, whatever the page; it is computed when it is asked for.
func (c *Connection[E, N]) TotalCount(ctx context.Context) (int, error) { return c.total(ctx) }

// setCursors takes the ends of the page from its edges.
func (c *Connection[E, N]) setCursors() {
	if len(c.Edges) > 0 {
		c.PageInfo.StartCursor = c.Edges[0].cursor()
		c.PageInfo.EndCursor = c.Edges[len(c.Edges)-1].cursor()
	}
}

// The pages of the schema, with its names.
type (
	// EventConnection is a page of a timeline.
	EventConnection = Connection[EventEdge, *graph.Event]
	// AppearanceConnection is a page of an official's appearances.
	AppearanceConnection = Connection[AppearanceEdge, *graph.EventOfficial]
	// TenureEdge is a post held.
	TenureEdge = Edge[*graph.Tenure]
	// TenureConnection is a page of posts held.
	TenureConnection = Connection[TenureEdge, *graph.Tenure]
	// AttestationEdge is a witness to a post.
	AttestationEdge = Edge[*graph.Attestation]
	// AttestationConnection is a page of witnesses.
	AttestationConnection = Connection[AttestationEdge, *graph.Attestation]
	// IssueEdge is an issue.
	IssueEdge = Edge[*graph.Issue]
	// IssueConnection is a page of issues.
	IssueConnection = Connection[IssueEdge, *graph.Issue]
	// RelatedConnection is a page of entities that share events with another.
	RelatedConnection = Connection[RelatedEdge, graph.Entity]
	// EntityConnection is a page of entities.
	EntityConnection = Connection[EntityEdge, graph.Entity]
	// PossibleSameEdge is a pair of entities that may be one.
	PossibleSameEdge = Edge[*PossibleSame]
	// PossibleSameConnection is a page of such pairs.
	PossibleSameConnection = Connection[PossibleSameEdge, *PossibleSame]
	// SearchConnection is a page of the events that contain a string.
	SearchConnection = Connection[SearchEdge, *graph.Event]
)

// EventEdge is an event of a timeline. Its cursor is made when it is asked for: most who list events ask for none.
type EventEdge struct{ Node *graph.Event }

// Cursor returns the event's place in the order of events.
func (e EventEdge) Cursor() string { return e.Node.SortKey().Cursor() }

func (e EventEdge) cursor() string     { return e.Cursor() }
func (e EventEdge) node() *graph.Event { return e.Node }

// AppearanceEdge is what one event says of an official; its cursor is the event's.
type AppearanceEdge struct{ Node *graph.EventOfficial }

// Cursor returns the event's place in the order of events.
func (e AppearanceEdge) Cursor() string { return e.Node.Event.SortKey().Cursor() }

func (e AppearanceEdge) cursor() string             { return e.Cursor() }
func (e AppearanceEdge) node() *graph.EventOfficial { return e.Node }

// RelatedEdge is an entity that shares events with another. FirstShared and LastShared are the first day of the earliest
// and the last day of the latest dated event that they share; none where no date states it.
type RelatedEdge struct {
	Edge[graph.Entity]
	SharedEvents            int
	FirstShared, LastShared edtf.Day
}

// EntityEdge is an entity and the form of its name that the query matched, "" where nothing was asked for.
type EntityEdge struct {
	Edge[graph.Entity]
	Matched string
}

// SearchEdge is an event that contains the string; Score, from 0 to 1, falls from the first to the last.
type SearchEdge struct {
	Edge[*graph.Event]
	Score float64

	query string
}

// Passages returns those of the event with what was searched for in them, at most SearchPassages; see Highlights.
func (e SearchEdge) Passages(body string) []Highlight {
	return highlights(e.Node, body, e.query, SearchPassages)
}

// events returns a page of the filtered timeline. start, where it is not "", stands in for args.After.
func events(ctx context.Context, r graph.Reader, f graph.Filter, order graph.TimelineOrder, start graph.SortKey, args PageArgs) (*EventConnection, error) {
	page, found, err := readEvents(ctx, r, f, order, start, args)
	if err != nil {
		return nil, err
	}
	c := &EventConnection{
		Edges:    make([]EventEdge, len(found)),
		PageInfo: page,
		total:    func(ctx context.Context) (int, error) { return r.Count(ctx, f) },
	}
	for i, e := range found {
		c.Edges[i] = EventEdge{e}
	}
	c.setCursors()
	return c, nil
}

func readEvents(ctx context.Context, r graph.Reader, f graph.Filter, order graph.TimelineOrder, start graph.SortKey, args PageArgs) (PageInfo, []*graph.Event, error) {
	w, err := args.check()
	if err != nil {
		return PageInfo{}, nil, err
	}
	p := graph.Page{After: start, Order: cmp.Or(order, graph.Ascending), Detail: args.Detail}
	if args.After != nil {
		if p.After, err = graph.ParseCursor(*args.After); err != nil {
			return PageInfo{}, nil, err
		}
	}
	if args.Before != nil {
		if p.Before, err = graph.ParseCursor(*args.Before); err != nil {
			return PageInfo{}, nil, err
		}
	}
	// An empty page asks for one event, to tell whether the list goes on, and drops it.
	if w.backward {
		p.Last = max(w.items, 1)
	} else {
		p.First = max(w.items, 1)
	}
	found, err := r.Events(ctx, f, p)
	if err != nil {
		return PageInfo{}, nil, err
	}
	info := PageInfo{HasNextPage: found.HasNext, HasPreviousPage: found.HasPrevious}
	if w.items == 0 && len(found.Events) > 0 {
		info.HasNextPage = info.HasNextPage || !w.backward
		info.HasPreviousPage = info.HasPreviousPage || w.backward
		found.Events = nil
	}
	return info, found.Events, nil
}

// The lists that are computed whole; the letter begins their cursors, so that the cursor of another list is refused.
// A timeline's cursors begin with 0 or 1 (graph.SortKey).
const (
	listRelated     = 'r'
	listEntities    = 'e'
	listChildren    = 'c'
	listRoots       = 'o'
	listTenures     = 't'
	listAttestation = 'a'
	listIssues      = 'i'
)

// item is one of a list that is computed whole. The list is in the order of the keys, and a key is the item's own, so
// a cursor made of it goes on where it stood whatever was loaded since.
type item[T any] struct {
	key   sortKey
	value T
}

// pageOf sorts the items and returns the page that is asked for.
func pageOf[E edger[N], N, T any](list byte, items []item[T], args PageArgs, edge func(T, string) E) (*Connection[E, N], error) {
	w, err := args.check()
	if err != nil {
		return nil, err
	}
	slices.SortFunc(items, func(a, b item[T]) int { return cmp.Compare(a.key, b.key) })
	from, to := 0, len(items)
	if args.After != nil {
		key, err := parseKey(list, *args.After)
		if err != nil {
			return nil, err
		}
		from, _ = slices.BinarySearchFunc(items, key, func(it item[T], key sortKey) int { // the first after key
			if it.key <= key {
				return -1
			}
			return 1
		})
	}
	if args.Before != nil {
		key, err := parseKey(list, *args.Before)
		if err != nil {
			return nil, err
		}
		to, _ = slices.BinarySearchFunc(items, key, func(it item[T], key sortKey) int { return cmp.Compare(it.key, key) })
	}
	from, to = w.cut(from, to)
	n := len(items)
	c := &Connection[E, N]{
		Edges:    make([]E, 0, to-from),
		PageInfo: PageInfo{HasNextPage: to < n, HasPreviousPage: from > 0},
		total:    func(context.Context) (int, error) { return n, nil },
	}
	for _, it := range items[from:to] {
		c.Edges = append(c.Edges, edge(it.value, it.key.cursor(list)))
	}
	c.setCursors()
	return c, nil
}

// sortKey is a string whose bytes order a list: its parts one after the other.
type sortKey string

// up adds a number, the smaller first.
func (k sortKey) up(n int) sortKey {
	return sortKey(binary.BigEndian.AppendUint32([]byte(k), uint32(n)))
}

// down adds a number, the greater first.
func (k sortKey) down(n int) sortKey { return k.up(math.MaxUint32 - n) }

// text adds a string, which has no NUL.
func (k sortKey) text(s string) sortKey { return k + sortKey(s) + "\x00" }

// named adds the place of an entity in a list by name: its pinyin, its name, its id.
func (k sortKey) named(d *graph.EntityData) sortKey {
	return k + sortKey(d.NameKey())
}

func (k sortKey) cursor(list byte) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte{list}, k...))
}

func parseKey(list byte, cursor string) (sortKey, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) < 2 || b[0] != list {
		return "", fmt.Errorf("%w: %q is no cursor of this list", graph.ErrBadInput, cursor)
	}
	return sortKey(b[1:]), nil
}
