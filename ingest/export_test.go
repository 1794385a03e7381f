package ingest

// What tests outside the package compare with.
var (
	LeadGrams = leadGrams
	Alike     = alike
)

// ReportDays is the longest event of which reports are told.
const ReportDays = reportDays

// What a load goes by.
var (
	ChangedBy = changedBy
	Equal     = equal
)
