package extract

import "fangzhi/loader/reading"

// Cited is to come.
func Cited(body, title string) []reading.CitedDocument { return nil }
