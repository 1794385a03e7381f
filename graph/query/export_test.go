package query

// SetLimits bounds the work of every question by n until restore is called.
func SetLimits(n int) (restore func()) {
	old := limits
	limits.relations, limits.histogram, limits.search, limits.witnesses = n, n, n, n
	return func() { limits = old }
}

// SetFewEvents makes rankings of more than n events be counted by the engine until restore is called.
func SetFewEvents(n int) (restore func()) {
	old := limits
	limits.fewEvents = n
	return func() { limits = old }
}
