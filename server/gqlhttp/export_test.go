package gqlhttp

// What tests look at.
const (
	KeptBytes   = keptBytes
	LargestKept = largestKept
)
