package server

// Resolver answers the schema's fields; it holds nothing, because everything belongs to a request (see lookup).
type Resolver struct{}
