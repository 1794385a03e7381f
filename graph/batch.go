package graph

import (
	"fmt"
	"slices"
	"strings"
)

// Validate tells whether the batch makes sense by itself; what does not is ErrBadInput. Every engine asks it before it
// writes anything, so that all refuse the same.
func (b *Batch) Validate() error {
	if b.Put != nil {
		if err := b.Put.validate(); err != nil {
			return err
		}
	}
	for i := range b.Blocks {
		if b.Blocks[i].Key == "" {
			return fmt.Errorf("%w: a block without a key", ErrBadInput)
		}
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		if e.ID == "" || !slices.Contains(EntityKinds, e.Kind) {
			return fmt.Errorf("%w: entity %q is of the unknown kind %q", ErrBadInput, e.ID, e.Kind)
		}
	}
	for atom := range b.Atoms {
		if atom == "" {
			return fmt.Errorf("%w: an atom without an id", ErrBadInput)
		}
	}
	for i := range b.Publications {
		if b.Publications[i].ID == "" {
			return fmt.Errorf("%w: a publication without an id", ErrBadInput)
		}
	}
	return nil
}

func (d *IssueData) validate() error {
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
	seen := make(map[ID]bool, len(d.Events))
	for _, e := range d.Events {
		if e == nil || e.ID == "" || seen[e.ID] {
			return fmt.Errorf("%w: issue %s has an event without an id, or one twice", ErrBadInput, is.ID)
		}
		seen[e.ID] = true
		if e.IssueID != is.ID || e.PublicationID != is.PublicationID || e.IssueOrder != is.Order {
			return fmt.Errorf("%w: event %s is not of issue %s", ErrBadInput, e.ID, is.ID)
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
