package extract_test

import (
	"testing"

	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// What gazetteers of 1949 to 1985 name as everybody in the county knows it; the county is 凤阳县.
func TestPlacesByTheirNeighbours(t *testing.T) {
	for _, tt := range []struct {
		name string
		year int
		body string
		want string
	}{
		{"towns without their unit", 1958, "先锋人民公社在武店成立，武店、殷涧一带歉收。", "先锋人民公社 TOWNSHIP; *武店镇 TOWNSHIP 341126102; *殷涧镇 TOWNSHIP 341126107"},
		{"the same words outside a frame", 1958, "受到武店人民欢迎，武店好。", ""},
		{"waters by what they do", 1954, "濠河大水，青东湖被迫开闸蓄洪，民工开赴青西湖蓄洪工程工地。", "*濠河 OTHER; *青东湖 OTHER; *青西湖 OTHER"},
		{"waters by what is done to them", 1971, "疏浚濠河，治理板桥河，横渡长江，根治淮河。", "*濠河 OTHER; *板桥河 OTHER; *长江 OTHER; *淮河 OTHER"},
		{"no waters", 1971, "疏浚河道，一条小河决口，各河猛涨，修建水渠，长江大学师生到县。", ""},
		{"a well-known river and its gauge", 1954, "淮河柳河集水位达27米。", "*淮河 OTHER; *柳河集 VENUE"},
		{"communes and brigades", 1974, "白石公社南楼大队遭冰雹袭击，红心公社、青山公社圩堤漫决。", "*南楼大队 COMMUNITY <白石公社>; *红心公社 TOWNSHIP; *青山公社 TOWNSHIP"},
		{"a brigade's office is none", 1974, "白石公社红旗大队党支部书记到会，各公社大队干部参加。", ""},
		{"a 区 of a county before 1990", 1951, "先在河口区、红心区试点，在山区、老区宣传。", "*河口区 TOWNSHIP; *红心区 TOWNSHIP"},
		{"no 区 of a county after 1990", 2001, "先在河口区、红心区试点。", "*河口区 COUNTY 370503 <山东省东营市>"},
		{"market towns", 1950, "在马集召开现场会，县长召集会议。", "*马集 VENUE"},
		{"the seat of the county", 1950, "各界人民代表会议在城关召开。", "*城关 OTHER"},
		{"young people of big cities", 1968, "首批上海、合肥知识青年到县插队。", "上海市 PROVINCE 310000; 合肥市 CITY 340100 <安徽省>"},
		{"old sites", 1966, "文庙古建筑被毁，重修学宫，文庙会开幕。", "*文庙 VENUE; *学宫 VENUE"},
		{"works", 1958, "青淮岗水利枢纽工程动工，水利工程开工。", "*青淮岗水利枢纽 VENUE"},
		{"who comes to the county", 2018, "副省长来凤阳调研，近年来凤阳发展很快。", "*凤阳县 COUNTY 341126"},
		{"a person whose name ends like a village", 1980, "选举梅竹村当选主席。", ""},
		{"children of the revolution in the street", 1966, "红卫兵上街“破旧”。", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			region := placeRegion(t, "341126")
			if got := say(region, mustPlaces(t, region, tt.year, "", tt.body)); got != tt.want {
				t.Errorf("places of %q = %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}

// What one event names with its unit another may name without it, behind a frame only.
func TestPlacesWrittenElsewhere(t *testing.T) {
	region := placeRegion(t, "341126")
	events := []reading.Event{{Body: "白石公社发生火灾。"}, {Body: "在白石召开现场会，白石、武店一带丰收。"}, {Body: "白石丰收，受到白石人民欢迎。"}}
	extract.Fill(region, events)
	for i, want := range []string{"*白石公社 TOWNSHIP", "*白石公社 TOWNSHIP; *武店镇 TOWNSHIP 341126102", ""} {
		if got := say(region, events[i].Locations); got != want {
			t.Errorf("places of %q = %q, want %q", events[i].Body, got, want)
		}
	}
}
