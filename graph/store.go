package graph

import (
	"context"
	"errors"

	"fangzhi/edtf"
)

// Errors that callers decide on. The API shows their code and sentence.
var (
	// ErrBadInput is returned for a question that makes no sense: no cursor, a day without its month.
	ErrBadInput = errors.New("bad input")
	// ErrNotFound is returned for an id that names no record.
	ErrNotFound = errors.New("not found")
	// ErrLimit is returned for a question that asks for more than the graph answers at once.
	ErrLimit = errors.New("limit exceeded")
	// ErrConflict is returned for an act that what the graph holds forbids.
	ErrConflict = errors.New("conflict")
	// ErrClosed is returned by a store, or a snapshot, that was closed.
	ErrClosed = errors.New("closed")
)

// Store keeps a graph. All methods may be called from several goroutines.
type Store interface {
	// Snapshot returns the graph as it stands; later updates do not change it. It must be closed.
	Snapshot(ctx context.Context) (Snapshot, error)
	// Update applies the batch that plan makes of the graph as it stands, whole or not at all, and synced to disk when
	// it returns nil. Updates are made one at a time; snapshots are never blocked by them. A nil batch changes nothing;
	// an error of plan is returned as it is and nothing is changed.
	Update(ctx context.Context, plan func(Reader) (*Batch, error)) error
	// Close releases the store; snapshots must be closed before.
	Close() error
}

// Snapshot is a Reader that holds resources until it is closed.
type Snapshot interface {
	Reader
	Close()
}

// Reader reads one state of a graph. Its methods may be called from several goroutines. Answers are values that nobody changes. Slices answer their arguments one by
// one: the result at i belongs to the id at i and is zero where there is none.
//
// A method is here because only an engine can do it well: what it reads grows with what it answers, or with the postings that
// its filter names, never with the graph. What can be had from other methods is a function of package graph/query.
type Reader interface {
	// Revision names the state. It changes with every batch that is applied, one that finds nothing to change included, and only then, and is
	// kept with the graph; no state has one that another had before. It tells history: equal graphs have different ones.
	Revision() string

	// Events returns the page of the filtered timeline, in order, without bodies. A page costs the page, wherever it begins.
	Events(ctx context.Context, f Filter, p Page) (EventPage, error)
	// Count returns how many events the filter leaves.
	Count(ctx context.Context, f Filter) (int, error)
	// Each visits the filtered events in ascending order until visit returns an error: ErrStop ends without one.
	Each(ctx context.Context, f Filter, visit func(*Event) error) error
	// Search returns the page of the filtered events that contain the text, which is folded and not "", the best first (HitKey).
	Search(ctx context.Context, f Filter, text string, p HitPage) (Hits, error)

	// CountSpans returns, for each of the spans, what Count says with it in place of f.Days. Spans are bounded on both sides,
	// ascending, and do not overlap.
	CountSpans(ctx context.Context, f Filter, spans []DayRange) ([]int, error)
	// Extent returns the first and the last day that the filtered events cover, both inclusive, zero where none is dated. A date that is
	// open on one side covers the day of the other.
	Extent(ctx context.Context, f Filter) (Span, error)
	// Values counts the filtered events by what a field says; values without an event are left out. In no order.
	Values(ctx context.Context, f Filter, field Facet) ([]ValueCount, error)
	// Tally counts the filtered events by the entities that links which count join them to, an event once an entity. In no order.
	Tally(ctx context.Context, f Filter, l Linking) ([]Tie, error)
	// Top counts as Tally does, and returns those that fewer than first others have more events than: the first of a ranking, and their
	// equals. First and Days of the ties are not looked for. In no order.
	Top(ctx context.Context, f Filter, l Linking, first int) ([]Tie, error)
	// Ties visits, for each of the entities in turn, those that share events with it: over the filtered events that a link
	// which counts joins to it, what links that count join them to besides, an event once a pair. The tie to itself is left
	// out. ties are in no order and valid during the call; i is the place in from, and each has its visit, NoRef too. ErrStop
	// ends it without an error.
	Ties(ctx context.Context, f Filter, l Linking, from []Ref, visit func(i int, ties []Tie) error) error

	// Between visits the ties between the entities of a and those of b, as Ties counts them whatever the kinds of l: t leads from
	// the one at place i of a to the one at place j of b. Each of the lists names an entity once; who stands in both has no tie to
	// itself. In no order. ErrStop ends it without an error. It costs no more than the ties of either side alone.
	Between(ctx context.Context, f Filter, l Linking, a, b []Ref, visit func(i, j int, t Tie) error) error
	// Degrees returns how many events have links to the entities, about: whether they count or not, and some that were removed since.
	// It tells what ties cost before they are asked for.
	Degrees(ctx context.Context, l Linking, refs []Ref) ([]int, error)

	// EventsByID returns events by their ids. One that goes by another id since its issue was read again is found by
	// the old one too (Document.Redirects).
	EventsByID(ctx context.Context, ids []ID) ([]*Event, error)
	// EventsAt returns the events that refs of this Reader name.
	EventsAt(ctx context.Context, refs []EventRef) ([]*Event, error)
	// Bodies returns the texts of events by their own ids, paragraphs separated by one line feed.
	Bodies(ctx context.Context, ids []ID) ([]string, error)
	// Reports returns, for each id of an event, the ids of all events that articles report in common with it, itself
	// included, in the order of a timeline; none for an event that one article alone reports.
	Reports(ctx context.Context, ids []ID) ([][]ID, error)

	// Entities returns entities by their ids or those of any of their atoms.
	Entities(ctx context.Context, ids []ID) ([]*EntityData, error)
	// Refs returns what this Reader calls the entities by; NoRef where an id names none.
	Refs(ctx context.Context, ids []ID) ([]Ref, error)
	// EntitiesAt returns the entities that refs of this Reader name.
	EntitiesAt(ctx context.Context, refs []Ref) ([]*EntityData, error)
	// FindEntities returns the page of the entities that the question leaves. A page costs the page and what its conditions leave,
	// wherever it begins: an engine has lists of entities by the terms of their names (NameMatcher.Candidates), by region, and in
	// both orders by kind.
	FindEntities(ctx context.Context, q EntityQuery, p EntityPage) (EntityHits, error)
	// EachEntity visits the entities of a kind ("" for all) in the order of their ids; ErrStop ends it. It reads the whole graph: it is
	// for copying and checking one, and no question asks it.
	EachEntity(ctx context.Context, kind EntityKind, visit func(*EntityData) error) error
	// Named returns the ids of the entities of a kind ("" for all) one of whose names or aliases folds to the folded
	// name, sorted.
	Named(ctx context.Context, kind EntityKind, folded string) ([]ID, error)
	// Children returns the ids of the entities whose parent is the entity, sorted.
	Children(ctx context.Context, id ID) ([]ID, error)

	// Publications returns publications by their ids; all, in the order of their keys, for nil ids.
	Publications(ctx context.Context, ids []ID) ([]*Publication, error)
	// Issues returns issues by their ids; like EventsByID also by earlier ones.
	Issues(ctx context.Context, ids []ID) ([]*Issue, error)
	// IssueList returns the ids of a publication's issues in their order; of all for "".
	IssueList(ctx context.Context, publication ID) ([]ID, error)
	// LastIssue returns the last of a publication's issues in their order but for some; nil where there is none.
	LastIssue(ctx context.Context, publication ID, without []ID) (*Issue, error)
	// Document returns what was kept of the document that an issue was read from; nil where there is none.
	Document(ctx context.Context, issue ID) (*Document, error)
	// Blocks returns the blocks of the keys; one without facts where nothing is known.
	Blocks(ctx context.Context, keys []string) ([]Block, error)
	// EachSame visits the pairs of a kind ("" for all) that blocks hold, each once, the best first, from behind the key on;
	// backward from before it on, the last first. "" is the end of the list where the walk begins. ErrStop ends it.
	EachSame(ctx context.Context, kind EntityKind, from SameKey, backward bool, visit func(*SamePair) error) error
}

// ErrStop ends a visit early and is not returned.
var ErrStop = errors.New("stop")

// Page is which part of a timeline is asked for. With Last > 0 it is the last ones before Before, else the first
// ones after After. Keys are "" for the ends of the timeline.
type Page struct {
	First, Last   int
	After, Before SortKey
	Order         TimelineOrder
	// Detail is how much of the events is asked for. Of Titles the first and the last are Heads: cursors are made of them.
	Detail Detail
}

// EventPage is a page of events in the asked order.
type EventPage struct {
	Events []*Event
	// HasNext and HasPrevious tell whether the filtered timeline goes on beyond either end of the page.
	HasNext, HasPrevious bool
}

// Document is the text that an issue was read from, normalised, and what it says of names.
type Document struct {
	Text  string `cbor:"1,keyasint"`
	Facts []Fact `cbor:"2,keyasint"`
	// Redirects leads from the ids that the issue and its events had in earlier readings of the same text to those that they have.
	Redirects map[ID]ID `cbor:"3,keyasint,omitempty"`
	// FirstLine is the 1-based line of the file that Text begins on, 0 for unknown.
	FirstLine int `cbor:"4,keyasint,omitempty"`
}

// Batch is one change of a graph, applied whole or not at all, in the order of its fields.
type Batch struct {
	// Remove takes issues out with their events, bodies and documents; ids of none are passed over.
	Remove []ID
	// Put adds issues; one of the same id must be in Remove or not be there, and so must their events: else ErrConflict.
	Put []*IssueData
	// DropReports take out the groups of reports whose ids these are; ids of none are passed over.
	DropReports []ID
	// Reports add groups; an event that stands in another one leaves it by DropReports.
	Reports []ReportGroup
	// Blocks replace those of their keys; one without facts goes.
	Blocks []Block
	// DropEntities go with the names and parents they are found by.
	DropEntities []ID
	// Entities replace those of their ids.
	Entities []EntityData
	// Atoms says which entity holds an atom; the zero ID takes the atom out.
	Atoms map[ID]ID
	// Publications replace those of their ids.
	Publications []Publication
	// DropPublications go.
	DropPublications []ID
}

// IssueData is an issue with all that was read from it. Bodies belong to Events one by one.
type IssueData struct {
	Issue    Issue
	Document Document
	Events   []*Event
	Bodies   []string
}

// DayRange is a span of days, both inclusive; the zero Day is open on that side.
type DayRange struct{ From, To edtf.Day }
