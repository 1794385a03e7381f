package query

// SetLimits bounds the work of every question by n until restore is called.
func SetLimits(n int) (restore func()) {
	old := limits
	limits.ties, limits.witnesses = n, n
	return func() { limits = old }
}
