package graph

// EntityData is what the graph keeps of an official, a department or a location: one connected component of atoms.
type EntityData struct {
	// ID is the id of the first of Atoms.
	ID   ID         `cbor:"1,keyasint"`
	Kind EntityKind `cbor:"2,keyasint"`
	// Name is the canonical name, the fullest form known.
	Name string `cbor:"3,keyasint"`
	// Label tells namesakes apart: 王磊（河南省林业局野保处副处长）.
	Label string `cbor:"4,keyasint"`
	// Aliases are the other surface forms that mean this entity wherever they stand, sorted by code points.
	Aliases []string `cbor:"5,keyasint,omitempty"`
	// Atoms are the ids of its atoms in the order of their keys; each resolves to this entity.
	Atoms []ID `cbor:"6,keyasint"`
	// EventCount counts the events linked to it, mentions included; a location counts its descendants.
	EventCount int `cbor:"7,keyasint"`
	// RegionAtom resolves to the division whose official or organ it is; "" where it is unknown. Locations have none.
	RegionAtom ID `cbor:"8,keyasint,omitempty"`
	// ParentAtom resolves to the organ or the place that it belongs to; "" for none.
	ParentAtom ID `cbor:"9,keyasint,omitempty"`
	// Type is a DepartmentKind or a LocationKind, "" for officials.
	Type string `cbor:"10,keyasint,omitempty"`
	// Code is a location's division code (six, nine or twelve digits), "" for none.
	Code string `cbor:"11,keyasint,omitempty"`
	// ValidFrom and ValidTo are the years in which Code was in force; 0 for none, or for still.
	ValidFrom int `cbor:"12,keyasint,omitempty"`
	ValidTo   int `cbor:"13,keyasint,omitempty"`
	// SuccessorAtoms are of what it was renamed to, merged or split into; those that the graph holds resolve.
	SuccessorAtoms []ID `cbor:"14,keyasint,omitempty"`
	// PredecessorAtoms are of what it came from; those that the graph holds resolve.
	PredecessorAtoms []ID `cbor:"15,keyasint,omitempty"`
	// SortName is Name in pinyin and then itself: the order of lists by name.
	SortName string `cbor:"16,keyasint,omitempty"`
	// Pinyin is how Name and, one by one, Aliases are read when they are folded, "" for what has no reading: syllables with a space
	// between them, and between the readings of a syllable a slash (chong/zhong an xian). Without tones, ü is v and also u; a Latin
	// letter or a digit is a syllable.
	Pinyin []string `cbor:"17,keyasint,omitempty"`
}

// Linked returns the condition that the events of the entity meet: those linked to one of its atoms, mentions
// included, and for a location those of its descendants too. EventCount counts these.
func (d *EntityData) Linked() LinkCondition {
	return LinkCondition{Kind: d.Kind, Atoms: d.Atoms, Below: d.Kind == KindLocation}
}

// Node is what every type with an id of its own implements.
type Node interface{ IsNode() }

// Entity is an *Official, a *Department or a *Location.
type Entity interface {
	Node
	IsEntity()
	// Data returns what all entities have; it is not to be changed.
	Data() *EntityData
}

// Official is a person whom events name.
type Official struct{ EntityData }

// Department is an organ whom events name, or one that such an organ belongs to.
type Department struct{ EntityData }

// Location is a place that events name, or an ancestor of one.
type Location struct{ EntityData }

// Data returns what all entities have.
func (d *EntityData) Data() *EntityData { return d }

// IsNode marks the types that have an id of their own.
func (*EntityData) IsNode() {}

// IsEntity marks the types that events are linked to.
func (*EntityData) IsEntity() {}

// IsNode marks the types that have an id of their own.
func (*Event) IsNode() {}

// IsNode marks the types that have an id of their own.
func (*Issue) IsNode() {}

// IsNode marks the types that have an id of their own.
func (*Publication) IsNode() {}

// Entity returns d as the type that its kind says.
func (d EntityData) Entity() Entity {
	switch d.Kind {
	case KindOfficial:
		return &Official{d}
	case KindDepartment:
		return &Department{d}
	case KindLocation:
		return &Location{d}
	}
	panic("graph: unknown entity kind " + string(d.Kind))
}

// DepartmentKind is what sort of organ a department is.
type DepartmentKind string

// The kinds of department, as the contract defines them.
const (
	DeptParty       DepartmentKind = "PARTY"
	DeptGovernment  DepartmentKind = "GOVERNMENT"
	DeptCongress    DepartmentKind = "CONGRESS"
	DeptCPPCC       DepartmentKind = "CPPCC"
	DeptJudicial    DepartmentKind = "JUDICIAL"
	DeptMilitary    DepartmentKind = "MILITARY"
	DeptMass        DepartmentKind = "MASS"
	DeptSubdistrict DepartmentKind = "SUBDISTRICT"
	DeptVillage     DepartmentKind = "VILLAGE"
	DeptInstitution DepartmentKind = "INSTITUTION"
	DeptSchool      DepartmentKind = "SCHOOL"
	DeptHospital    DepartmentKind = "HOSPITAL"
	DeptEnterprise  DepartmentKind = "ENTERPRISE"
	DeptTemporary   DepartmentKind = "TEMPORARY"
	DeptGroup       DepartmentKind = "GROUP"
	DeptOther       DepartmentKind = "OTHER"
)

// LocationKind is what sort of place a location is.
type LocationKind string

// The kinds of location.
const (
	LocProvince  LocationKind = "PROVINCE"
	LocCity      LocationKind = "CITY"
	LocCounty    LocationKind = "COUNTY"
	LocTownship  LocationKind = "TOWNSHIP"
	LocCommunity LocationKind = "COMMUNITY"
	LocRoad      LocationKind = "ROAD"
	LocAddress   LocationKind = "ADDRESS"
	LocVenue     LocationKind = "VENUE"
	LocOther     LocationKind = "OTHER"
)
