package graph

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Validate tells whether the batch makes sense by itself; what does not is ErrBadInput. Every engine asks it before it
// writes anything, so that all refuse the same.
func (b *Batch) Validate() error {
	if err := b.validateIssues(); err != nil {
		return err
	}
	if err := validateReports(b.DropReports, b.Reports); err != nil {
		return err
	}
	once := map[string]bool{"": true} // no key may be empty or come twice
	for i := range b.Blocks {
		if key := b.Blocks[i].Key; once[key] {
			return fmt.Errorf("%w: a block without a key, or twice: %q", ErrBadInput, key)
		} else {
			once[key] = true
		}
		if err := b.Blocks[i].validate(); err != nil {
			return err
		}
	}
	once = map[string]bool{"": true}
	for i := range b.Entities {
		e := &b.Entities[i]
		if once[string(e.ID)] || !slices.Contains(EntityKinds, e.Kind) || e.ID.Prefix() != e.Kind.prefix() {
			return fmt.Errorf("%w: an entity without an id, twice or of an unknown kind: %q, %q", ErrBadInput, e.ID, e.Kind)
		}
		once[string(e.ID)] = true
	}
	for atom := range b.Atoms {
		if atom == "" {
			return fmt.Errorf("%w: an atom without an id", ErrBadInput)
		}
	}
	once = map[string]bool{"": true}
	for i := range b.Publications {
		if id := string(b.Publications[i].ID); once[id] {
			return fmt.Errorf("%w: a publication without an id, or twice: %q", ErrBadInput, id)
		} else {
			once[id] = true
		}
	}
	return nil
}

func (b *Batch) validateIssues() error {
	issues, events := map[ID]bool{}, map[ID]bool{}
	for _, d := range b.Put {
		if d == nil || issues[d.Issue.ID] {
			return fmt.Errorf("%w: an issue that is none, or comes twice", ErrBadInput)
		}
		issues[d.Issue.ID] = true
		if err := d.validate(events); err != nil {
			return err
		}
		if err := validateFacts(d.Document.Facts); err != nil {
			return fmt.Errorf("the document of issue %s: %w", d.Issue.ID, err)
		}
	}
	return nil
}

// validate notes the ids of the events in seen, which holds those of the batch's other issues.
func (d *IssueData) validate(seen map[ID]bool) error {
	is := &d.Issue
	if is.ID == "" || is.PublicationID == "" {
		return fmt.Errorf("%w: an issue without its id or its publication's", ErrBadInput)
	}
	if strings.Contains(is.Order, "\x00") {
		return fmt.Errorf("%w: the order of issue %s holds a NUL", ErrBadInput, is.ID)
	}
	if len(d.Events) != len(d.Bodies) {
		return fmt.Errorf("%w: issue %s has %d events and %d bodies", ErrBadInput, is.ID, len(d.Events), len(d.Bodies))
	}
	for _, e := range d.Events {
		if e == nil || e.ID == "" || seen[e.ID] {
			return fmt.Errorf("%w: issue %s has an event without an id, or one twice", ErrBadInput, is.ID)
		}
		seen[e.ID] = true
		if e.IssueID != is.ID || e.PublicationID != is.PublicationID || e.IssueOrder != is.Order {
			return fmt.Errorf("%w: event %s is not of issue %s", ErrBadInput, e.ID, is.ID)
		}
		if e.Place < 0 || e.Place > math.MaxInt32 {
			return fmt.Errorf("%w: event %s stands at place %d of its issue", ErrBadInput, e.ID, e.Place)
		}
		if err := e.validateLinks(); err != nil {
			return err
		}
	}
	return nil
}

func (e *Event) validateLinks() error {
	for i := range e.Officials {
		l := &e.Officials[i]
		if l.Atom == "" || len(l.Roles) == 0 || slices.ContainsFunc(l.Roles, func(r OfficialRole) bool { return !slices.Contains(OfficialRoles, r) }) {
			return fmt.Errorf("%w: event %s links official %q in roles %q", ErrBadInput, e.ID, l.Atom, l.Roles)
		}
	}
	for i := range e.Departments {
		if l := &e.Departments[i]; l.Atom == "" || !slices.Contains(DepartmentRoles, l.Role) {
			return fmt.Errorf("%w: event %s links department %q in role %q", ErrBadInput, e.ID, l.Atom, l.Role)
		}
	}
	for i := range e.Locations {
		if e.Locations[i].Atom == "" {
			return fmt.Errorf("%w: event %s links a location without an id", ErrBadInput, e.ID)
		}
	}
	return nil
}
