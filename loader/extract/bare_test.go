package extract_test

import "testing"

// Names without any post, as chronicles have them.
func TestBareNames(t *testing.T) {
	for _, tt := range []struct {
		name   string
		region []string // nil: 广东省肇江市青石县
		body   string
		want   string
	}{
		{"behind a date", nil, "16日  林远舟到张集镇调研农村环境整治。", "林远舟|||INSPECT"},
		{"behind a marker", nil, "△ 林远舟赴省城参加会议。", "林远舟|||ATTEND"},
		{"a list", nil, "3月2日，沈知秋、李牧原到白塘镇检查春耕生产。", `
			沈知秋|||INSPECT
			李牧原|||INSPECT`},
		{"the chair, the list and the speech", nil, "会议由李牧原主持，沈知秋、周衡出席，贺小满讲话。", `
			李牧原|||CHAIR
			沈知秋|||ATTEND
			周衡|||ATTEND
			贺小满|||SPEAK`},
		{"with 同志", nil, "李牧原同志到柳河村走访。", "李牧原|||INSPECT"},
		{"an adverb is no third character", nil, "李牧原、周衡一同调研。县委书记高翔立即赶到现场，县长李明一同前往。", `
			李牧原|||INSPECT ATTEND
			周衡|||INSPECT ATTEND
			高翔|县委书记|中共肇江市青石县委员会|OTHER
			李明|县长|肇江市青石县人民政府|ATTEND`},
		{"a word that is a name", nil, "县委书记高原专程到会祝贺，县长方正随后讲话。", `
			高原|县委书记|中共肇江市青石县委员会|ATTEND
			方正|县长|肇江市青石县人民政府|SPEAK`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.region == nil {
				tt.region = []string{"广东省", "肇江市", "青石县"}
			}
			checkPeople(t, jurisdiction(tt.region...), tt.body, tt.want)
		})
	}
}
