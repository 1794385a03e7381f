package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// A placeDiv is the name of a division in a text, with what it means.
type placeDiv struct {
	placeSpan
	at reading.Jurisdiction // ends with the division itself
	// bare: without 省 or 市.
	bare       bool
	successors []string
	country    bool
}

func (d *placeDiv) rule() string {
	if d.country {
		return "country"
	}
	return "division"
}

// countryAt returns what the name of a country or region stands for.
func countryAt(w lexicon.PlaceWord, s placeSpan) placeDiv {
	p := reading.Place{Name: w.Word, Type: graph.LocOther}
	if w.Kind != "-" {
		p.Type, p.Code = graph.LocProvince, w.Kind
		switch w.Word {
		case "台湾":
			p.Name = "台湾省"
		case "香港", "澳门":
			p.Name += "特别行政区"
		}
	}
	return placeDiv{placeSpan: s, at: reading.Jurisdiction{Chain: []reading.Place{p}}, bare: true, country: true}
}

// setRegion prepares what the names of divisions are looked up with.
func (f *placeFinder) setRegion(region reading.Jurisdiction) {
	f.region = region
	self := region.Self()
	for _, unit := range []string{"市", "区", "县", "旗"} {
		if bare, ok := strings.CutSuffix(self.Name, unit); ok && utf8.RuneCountInString(bare) > 1 {
			f.bare = bare
		}
	}
	for _, p := range slices.Backward(region.Chain) {
		if p.Code != "" {
			f.near = p.Code
			break
		}
	}
	if self.Code == "" || self.Type != graph.LocCounty && self.Type != graph.LocCity {
		return
	}
	f.towns = []string{self.Code}
	d, ok := lexicon.DivisionInYear(self.Code, f.year)
	if !ok {
		d, ok = lexicon.DivisionByCode(self.Code)
	}
	if ok && !d.InForce(0) {
		f.towns = nil
		for _, h := range d.Heirs() {
			f.towns = append(f.towns, h.Code)
		}
	}
}

// own finds the names of the document's own chain at i, in a row: 河南省澜州市云河区.
func (f *placeFinder) ownDivisions(t *placeText, i int) (divs []placeDiv, length int) {
	for from := 0; from < len(f.region.Chain); {
		next := -1
		for k := from; k < len(f.region.Chain); k++ {
			if name := f.region.Chain[k].Name; name != "" && t.has(i+length, name) {
				next = k
				break
			}
		}
		if next < 0 {
			break
		}
		n := len([]rune(f.region.Chain[next].Name))
		divs = append(divs, placeDiv{
			placeSpan: placeSpan{i + length, i + length + n}, at: reading.Jurisdiction{Chain: f.region.Chain[:next+1]},
		})
		length += n
		from = next + 1
	}
	return divs, length
}

// ownBare finds the name of the document's own jurisdiction without its unit: 云河. It must be two characters at least.
func (f *placeFinder) ownBare(t *placeText, i int) ([]placeDiv, int) {
	if f.bare == "" || !t.has(i, f.bare) {
		return nil, 0
	}
	n := utf8.RuneCountInString(f.bare)
	return []placeDiv{{placeSpan: placeSpan{i, i + n}, at: f.region, bare: true}}, n
}

// placeAfterUnit are characters that make a word of the unit before them: 市场, 区域, 县级.
var placeAfterUnit = map[rune]string{
	'市': "场民级容政面值况价委直属长集井会",
	'区': "域间位划别块分委直属长级号",
	'县': "域级委直属长衙",
	'省': "级委直属长略心份",
	'旗': "帜袍舰委长",
	'州': "委长",
	'镇': "长村级域政",
	'乡': "长村级镇亲愁",
}

// wordFollows reports whether the unit before i belongs to the word that goes on there.
func (t *placeText) wordFollows(i int) bool {
	r := t.at(i)
	if r == '长' && strings.ContainsRune("江安城春沙兴乐宁征虹青寿丰", t.at(i+1)) {
		return false // 云河区长江路
	}
	return r != 0 && strings.ContainsRune(placeAfterUnit[t.at(i-1)], r)
}

// divisionsAt finds the divisions named at i, a chain included, and the code points that they take; 0 for none.
func (f *placeFinder) divisionsAt(t *placeText, i int) ([]placeDiv, int) {
	if !f.mayName(t.at(i)) {
		return nil, 0
	}
	own, ownLength := f.ownDivisions(t, i)
	s := t.runes[i:min(len(t.runes), i+40)]
	var best lexicon.DivisionMatch
	withins := f.towns
	if len(withins) == 0 {
		withins = []string{""} // without a county, a street of this name may be anyone's
	}
	for _, within := range withins {
		if m, ok := lexicon.MatchDivision(s, within); ok && m.Length > best.Length {
			best = m
		}
	}
	if best.Length > ownLength {
		if divs := f.tableDivisions(t, i, best); divs != nil {
			return divs, best.Length
		}
	}
	if ownLength > 0 && t.wordFollows(i+ownLength) && len(own) == 1 && !f.organFollows(t, i+ownLength, nil) {
		return nil, 0
	}
	if ownLength == 0 {
		return f.ownBare(t, i)
	}
	return own, ownLength
}

// tableDivisions says what a match of the table means; nil where that cannot be told, or where the letters are a word.
func (f *placeFinder) tableDivisions(t *placeText, i int, m lexicon.DivisionMatch) []placeDiv {
	name := string(t.runes[i+m.Last : i+m.Length])
	if !m.Bare && t.wordFollows(i+m.Length) && m.Last == 0 {
		return nil
	}
	if m.Last == 0 && m.Length == 2 && m.Divisions[0].Level == lexicon.LevelCounty && !strings.HasSuffix(name, "县") {
		return nil // 东区, 郊区: words first
	}
	d, ok := f.nearest(m.Divisions, m.Last > 0)
	if !ok || m.Last == 0 && f.innerDistrictNamed(name, d) {
		return nil
	}
	div := placeDiv{
		placeSpan: placeSpan{i + m.Last, i + m.Length}, at: placeChain(d), bare: m.Bare, successors: d.Successors(),
	}
	if f.year != 0 && f.year < 1981 && d.From > 1981 && d.Level != lexicon.LevelTownship {
		// made after the year, and the table does not know what bore the name before it: a code would be a false one
		div.at, div.successors = reading.Jurisdiction{Chain: []reading.Place{{Name: d.Name, Type: placeLevel(d.Level)}}}, nil
		return []placeDiv{div}
	}
	if m.Last == 0 {
		return []placeDiv{div}
	}
	above := placeDiv{placeSpan: placeSpan{i, i + m.Last}, at: div.at.Parent()}
	return []placeDiv{above, div}
}

// nearest returns the division that a name means: in the document's own prefecture or above it, else the only one of the
// country; a chain needs no more than one that is left.
func (f *placeFinder) nearest(candidates []lexicon.Division, chain bool) (lexicon.Division, bool) {
	d, ok := lexicon.Nearest(candidates, f.near, f.year)
	if !ok {
		return lexicon.Division{}, false
	}
	if chain || d.Level != lexicon.LevelCounty || len(f.near) >= 4 && f.near[2:4] != "00" && d.Code[:4] == f.near[:4] {
		return d, true
	}
	one, ok := lexicon.Nearest(candidates, "", f.year)
	return one, ok
}

// placeChain is the chain of a division of the table.
func placeChain(d lexicon.Division) reading.Jurisdiction {
	var j reading.Jurisdiction
	above := ""
	for _, p := range d.Path() {
		name := p.Name
		if p.Level == lexicon.LevelTownship {
			name = strings.TrimPrefix(name, above) // 王屋镇, which the table calls 济源市王屋镇
		}
		above = p.Name
		j.Chain = append(j.Chain, reading.Place{Name: name, Type: placeLevel(p.Level), Code: p.Code, ValidFrom: p.From, ValidTo: p.To})
	}
	return j
}

func placeLevel(l lexicon.Level) graph.LocationKind {
	switch l {
	case lexicon.LevelProvince:
		return graph.LocProvince
	case lexicon.LevelCity:
		return graph.LocCity
	case lexicon.LevelCounty:
		return graph.LocCounty
	case lexicon.LevelTownship:
		return graph.LocTownship
	}
	return graph.LocOther
}

// township finds the code of a street or town by its name below a jurisdiction; without one it stands there uncoded.
func (f *placeFinder) township(name string, above reading.Jurisdiction) (reading.Jurisdiction, []string) {
	codes := []string{above.Self().Code}
	if above.Key() == f.region.Key() {
		codes = f.towns
	}
	if above.Self().Type == graph.LocCounty || above.Self().Type == graph.LocCity {
		if d, ok := placeTown(codes, name); ok {
			return placeChain(d), d.Successors()
		}
	}
	var successors []string
	for _, unit := range []string{"镇", "乡", "民族乡"} { // a town that has become a street, or a 乡 a 镇, under its old name
		stem, ok := strings.CutSuffix(name, unit)
		if !ok {
			continue
		}
		for _, now := range []string{"街道", "镇"} {
			if d, ok := placeTown(codes, stem+now); ok && len(successors) == 0 && d.Name == stem+now {
				successors = []string{d.Code}
			}
		}
	}
	return placeBelow(above, reading.Place{Name: name, Type: graph.LocTownship}), successors
}

// placeTown returns the one township of the name below the codes.
func placeTown(codes []string, name string) (lexicon.Division, bool) {
	var found []lexicon.Division
	for _, code := range codes {
		if code == "" {
			continue
		}
		for _, d := range lexicon.DivisionsWithin(code, name) {
			if d.Level == lexicon.LevelTownship {
				found = append(found, d)
			}
		}
	}
	if len(found) != 1 {
		return lexicon.Division{}, false
	}
	return found[0], true
}

func placeBelow(above reading.Jurisdiction, p reading.Place) reading.Jurisdiction {
	return reading.Jurisdiction{Chain: append(slices.Clone(above.Chain), p)}
}

// mayName tells whether the name of a division may begin with r: one of the table's, or of the document's own.
func (f *placeFinder) mayName(r rune) bool {
	if lexicon.MayBeginDivision(r, "") {
		return true
	}
	for _, within := range f.towns {
		if lexicon.MayBeginDivision(r, within) {
			return true
		}
	}
	for i := range f.region.Chain {
		if first, _ := utf8.DecodeRuneInString(f.region.Chain[i].Name); first == r {
			return true
		}
	}
	return false
}
