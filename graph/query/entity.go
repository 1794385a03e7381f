package query

// EntityOrder is the order of a list of entities.
type EntityOrder string

// The orders.
const (
	// OrderBest: best match first, without a query most events first.
	OrderBest EntityOrder = "BEST"
	// OrderName: by pinyin.
	OrderName EntityOrder = "NAME"
)
