package ingest

// What tests outside the package compare with.
var (
	LeadGrams = leadGrams
	Alike     = alike
)

// ReportDays is the longest event of which reports are told.
const ReportDays = reportDays

var ChangedBy = changedBy
