package graph

import (
	"slices"

	"fangzhi/edtf"
)

// OfficialRole is what a text shows an official do at an event.
type OfficialRole string

// The roles of officials, in the order in which the first of several becomes EventOfficial.Role.
const (
	RoleChair     OfficialRole = "CHAIR"
	RoleHost      OfficialRole = "HOST"
	RoleLead      OfficialRole = "LEAD"
	RoleSpeak     OfficialRole = "SPEAK"
	RoleLecture   OfficialRole = "LECTURE"
	RoleInspect   OfficialRole = "INSPECT"
	RoleAttend    OfficialRole = "ATTEND"
	RoleAccompany OfficialRole = "ACCOMPANY"
	RoleOther     OfficialRole = "OTHER"
	RoleSubject   OfficialRole = "SUBJECT"
	RoleMentioned OfficialRole = "MENTIONED"
)

// OfficialRoles lists the roles in the contract's order.
var OfficialRoles = []OfficialRole{
	RoleChair, RoleHost, RoleLead, RoleSpeak, RoleLecture, RoleInspect, RoleAttend, RoleAccompany, RoleOther, RoleSubject, RoleMentioned,
}

// Presence tells whether the role says that the official was there: SUBJECT and MENTIONED do not.
func (r OfficialRole) Presence() bool { return r != RoleSubject && r != RoleMentioned }

// SortRoles orders roles as the contract does and drops repeats; it changes roles in place.
func SortRoles(roles []OfficialRole) []OfficialRole {
	slices.SortFunc(roles, func(a, b OfficialRole) int {
		return slices.Index(OfficialRoles, a) - slices.Index(OfficialRoles, b)
	})
	return slices.Compact(roles)
}

// DepartmentRole is what a text shows an organ do at an event.
type DepartmentRole string

// The roles of departments.
const (
	DeptHost        DepartmentRole = "HOST"
	DeptOrganizer   DepartmentRole = "ORGANIZER"
	DeptCoOrganizer DepartmentRole = "CO_ORGANIZER"
	DeptGuide       DepartmentRole = "GUIDE"
	DeptParticipant DepartmentRole = "PARTICIPANT"
	DeptInspector   DepartmentRole = "INSPECTOR"
	DeptInspected   DepartmentRole = "INSPECTED"
	DeptAwarder     DepartmentRole = "AWARDER"
	DeptAwarded     DepartmentRole = "AWARDED"
	DeptIssuer      DepartmentRole = "ISSUER"
	DeptMentioned   DepartmentRole = "MENTIONED"
)

// DepartmentRoles lists the roles in the contract's order.
var DepartmentRoles = []DepartmentRole{
	DeptHost, DeptOrganizer, DeptCoOrganizer, DeptGuide, DeptParticipant, DeptInspector, DeptInspected, DeptAwarder, DeptAwarded, DeptIssuer, DeptMentioned,
}

// Presence tells whether the role says that the organ took part.
func (r DepartmentRole) Presence() bool { return r != DeptMentioned }

// EventOfficial is one official at one event.
type EventOfficial struct {
	// Event is the event that it belongs to; a Reader sets it, no engine stores it.
	Event *Event `cbor:"-"`
	// Atom resolves to the official (Reader.Entities).
	Atom ID `cbor:"1,keyasint"`
	// Roles is all that the text shows the official do here, in the contract's order; never empty.
	Roles []OfficialRole `cbor:"2,keyasint"`
	// Title is the posts as written, organ included (区委常委、副区长); "" where none is given.
	Title string `cbor:"3,keyasint,omitempty"`
	// Posts is the same one by one.
	Posts []Post `cbor:"4,keyasint,omitempty"`
	// DepartmentAtom resolves to the organ of the post of most substance; "" for none.
	DepartmentAtom ID         `cbor:"5,keyasint,omitempty"`
	Evidence       []Evidence `cbor:"6,keyasint"`
}

// Role returns the first of the roles.
func (o EventOfficial) Role() OfficialRole { return o.Roles[0] }

// Present tells whether any of the roles is presence.
func (o EventOfficial) Present() bool { return slices.ContainsFunc(o.Roles, OfficialRole.Presence) }

// Post is one post of an official as one text gives it. Text is as written (中原区区委常委), Title without the organ (常委).
type Post struct {
	Title string `cbor:"1,keyasint"`
	// DepartmentAtom resolves to the post's organ; "" where the text does not tell it.
	DepartmentAtom ID     `cbor:"2,keyasint,omitempty"`
	Text           string `cbor:"3,keyasint"`
	// Attests says what the text bears witness to; "" attests nothing (原局长, 曾任, a mere mention).
	Attests AttestationKind `cbor:"4,keyasint,omitempty"`
	// Rank orders posts in a list of office-holders, lower first; 0 is unknown and comes last.
	Rank int `cbor:"5,keyasint,omitempty"`
	// Single marks a post that one person holds at a time (区长, 书记), so that another holder ends a tenure.
	Single bool `cbor:"6,keyasint,omitempty"`
	// From and To are bounds of the term that the text states beside the post (6月任, 至5月); zero for none.
	From edtf.Date `cbor:"7,keyasint,omitzero"`
	To   edtf.Date `cbor:"8,keyasint,omitzero"`
}

// EventDepartment is one organ at one event.
type EventDepartment struct {
	// Atom resolves to the department.
	Atom ID             `cbor:"1,keyasint"`
	Role DepartmentRole `cbor:"2,keyasint"`
	// Above holds the atoms of the organs it belongs to, nearest first.
	Above    []ID       `cbor:"3,keyasint,omitempty"`
	Evidence []Evidence `cbor:"4,keyasint"`
}

// EventLocation is one place that an event names.
type EventLocation struct {
	// Atom resolves to the location.
	Atom ID `cbor:"1,keyasint"`
	// IsPlace: the event took place there.
	IsPlace bool `cbor:"2,keyasint,omitempty"`
	// Above holds the atoms of the places around it, nearest first, up to the province.
	Above    []ID       `cbor:"3,keyasint,omitempty"`
	Evidence []Evidence `cbor:"4,keyasint"`
}
