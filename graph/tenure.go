package graph

import "fangzhi/edtf"

// AttestationKind is how a text bears witness to a post.
type AttestationKind string

// The kinds of attestation.
const (
	AttestsHeld      AttestationKind = "HELD"
	AttestsAppointed AttestationKind = "APPOINTED"
	AttestsRemoved   AttestationKind = "REMOVED"
	AttestsRoster    AttestationKind = "ROSTER"
)

// Attestation is a post said of a person by one event.
type Attestation struct {
	Kind     AttestationKind
	Event    *Event
	Text     string
	Evidence []Evidence
}

// Tenure is a post held, derived from attestations and never stored as truth: the real term may be longer.
type Tenure struct {
	// OfficialID and DepartmentID are entity ids; DepartmentID is "" where no text tells the organ.
	OfficialID, DepartmentID ID
	Title                    string
	// FirstAttested and LastAttested are as precise as the texts; zero where all attestations are undated.
	FirstAttested, LastAttested edtf.Date
	// StatedFrom and StatedTo are bounds that a text itself states (任命, 免去); zero otherwise.
	StatedFrom, StatedTo edtf.Date
	// Attestations are in the order of their events.
	Attestations []Attestation
	// Rank and Single are those of the post.
	Rank   int
	Single bool
}

// Observations counts the attestations.
func (t *Tenure) Observations() int { return len(t.Attestations) }
